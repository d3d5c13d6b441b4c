import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shortProvider } from '../../src/evidence/events/windows-event.js';
import { KnowledgeError, loadKnowledge } from '../../src/knowledge/load.js';
import { builtKnowledge } from '../built-knowledge.js';

const { events } = builtKnowledge();

/** Events that people post when IIS fails, by provider: each has a row in `knowledge/events.yaml`. */
const posted: Record<string, number[]> = {
  WAS: [
    5002, 5005, 5009, 5010, 5011, 5012, 5013, 5021, 5022, 5036, 5057, 5059, 5074, 5076, 5079, 5080, 5117, 5139, 5172,
    5186,
  ],
  W3SVC: [1004, 1007],
  'W3SVC-WP': [2214, 2216, 2219, 2220, 2268, 2274, 2276, 2280, 2282, 2297, 2299, 2303, 2307],
  'IIS-Configuration': [29],
  HttpEvent: [15005, 15016, 15021],
  'Service Control Manager': [7000, 7001, 7023, 7038, 7041],
  'ASP.NET': [1309, 1310, 1314, 1315, 1325],
  '.NET Runtime': [1000, 1022, 1023, 1025, 1026],
  'IIS AspNetCore Module': [1000, 1001],
  'IIS AspNetCore Module V2': Array.from({ length: 37 }, (_, i) => 1000 + i).filter(
    // These have no event of their own; the row for any number with a code answers them.
    (id) => ![1002, 1014, 1015, 1016, 1017, 1019, 1023].includes(id),
  ),
  'Application Error': [1000],
  'Windows Error Reporting': [1001],
  'Security-Auditing': [4704, 4705, 4717, 4718, 4672, 6144, 6145, 4625, 4740, 4771, 4776],
  SceCli: [1202, 1704],
  GroupPolicy: [4016, 5016, 5312, 7016, 1058, 1129],
  'DeviceManagement-Enterprise-Diagnostics-Provider': [813, 814],
  NTLM: [4001, 4002, 4003, 8001, 8002, 8003],
  NETLOGON: [5719],
  'Security-Kerberos': [4],
  'Kerberos-Key-Distribution-Center': [11],
  Schannel: [36870, 36871, 36874, 36887],
  MSSQLSERVER: [18456],
};

describe('the table of events', () => {
  it.each(Object.entries(posted))('%s has a row for each number that people post', (provider, ids) => {
    const rows = [...events.values()].filter((row) =>
      row.provider.some((name) => shortProvider(name) === shortProvider(provider)),
    );
    const known = rows.flatMap((row) => row.event ?? []);
    expect(ids.filter((id) => !known.includes(id))).toEqual([]);
  });

  it('every row says where it is from', () => {
    const sources = [...events.values()].map(({ source }) => ('url' in source ? source.url : source.experience));
    expect(sources.every((source) => source === true || /^https?:\/\/\S+$/.test(String(source)))).toBe(true);
  });
});

const card = `id: pool-stopped
title: The pool was stopped
verdict: failure
certainty: likely
signatures:
  - priority: 50
    all:
      - { observation: final-status, equals: 503 }
explanation: The pool was stopped, and no process answers.
fix:
  - do: Start the pool.
next: []
sources:
  - title: Seen by the author
    experience: true
`;
const row = `- provider: WAS
  event: 5002
  role: failure
  meaning: 'The pool {event.pool|of the event} was disabled'
  cause: pool-stopped
  source: { title: 'Seen by the author', experience: true }
`;

/** What the first mistake of a table of events is told as, with its line. */
function mistakeIn(events: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'knowledge-'));
  mkdirSync(join(folder, 'causes'));
  writeFileSync(join(folder, 'causes', 'pool-stopped.yaml'), card);
  writeFileSync(
    join(folder, 'evidence-requests.yaml'),
    '- id: event-log\n  title: the events\n  why: They name more.\n',
  );
  writeFileSync(join(folder, 'events.yaml'), events);
  try {
    loadKnowledge(folder);
    return 'none';
  } catch (error) {
    if (error instanceof KnowledgeError) return error.message;
    throw error;
  }
}

describe('a row of the table of events', () => {
  it('loads when written by hand, also of a provider without other rows', () => {
    expect(mistakeIn(row)).toBe('none');
    expect(mistakeIn(row.replace('provider: WAS', 'provider: Contoso Shop'))).toBe('none');
  });

  it.each([
    [
      'an unknown cause',
      row.replace('cause: pool-stopped', 'cause: pool-stoped'),
      /:5: no cause card "pool-stoped".*did you mean "pool-stopped"\?/,
    ],
    [
      'a provider nearly right',
      row.replace('WAS', 'Schanel'),
      /:1: no provider is called "Schanel"; did you mean "Schannel"\?/,
    ],
    ['a provider with its letters turned', row.replace('WAS', 'W3SCV'), /did you mean "W3SVC"\?/],
    ['a provider in its long form', row.replace('WAS', 'Microsoft-Windows-WAS'), /write "WAS"/],
    ['a field that no event has', row.replace('event.pool', 'event.pol'), /event\.pol.*event\.pool/],
    [
      'a field of a condition',
      row.replace('  role', '  when:\n    - { observation: event.cod, present: true }\n  role'),
      /event\.cod.*event\.code/,
    ],
    [
      'a number where a text is',
      row.replace('  role', '  when:\n    - { observation: event.code, equals: 5 }\n  role'),
      /event\.code is a string/,
    ],
    ['a key that is none', row.replace('  event:', '  events:'), /events: there is no such key/],
    ['a number that no event has', row.replace('5002', '70000'), /65535/],
    [
      'what to send next',
      row.replace('  source', '  next: [event-lock]\n  source'),
      /"event-lock".*did you mean "event-log"\?/,
    ],
    ['no number and no condition', row.replace('  event: 5002\n', ''), /names its events/],
    ['the same row twice', row + row, /already defined/],
  ])('tells a mistake in words: %s', (_name, events, expected) => {
    expect(mistakeIn(events)).toMatch(expected);
  });
});
