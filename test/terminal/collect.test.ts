import { afterAll, describe, expect, it } from 'vitest';
import { collectedServer } from '../generator/evidence/collection.js';
import { moduleStory } from '../generator/evidence/events.js';
import { eventLogFile } from '../generator/evidence/evtx.js';
import { zipOf } from '../intake/zips.js';
import { powershellMistakes } from '../powershell.js';
import { TerminalRun } from './driver.js';

const terminal = new TerminalRun();
afterAll(() => terminal.stop());

describe('frebot collect', () => {
  it('prints the script alone, for the site that is named', async () => {
    const { code, out } = await terminal.run(['collect', 'Default Web Site', '--script']);
    expect(code).toBe(0);
    expect(out).toContain("$site = 'Default Web Site'");
    expect(powershellMistakes(out)).toEqual([]);
  });

  it('says how to run it, what it takes and what it blanks', async () => {
    const { out } = await terminal.run(['collect']);
    expect(out).toContain('Drop that zip here');
    expect(out).toContain('blanked');
  });
});

describe('the zip of a collection', () => {
  it('is one answer: the cause, confirmed by the list and the identity of the pool', async () => {
    terminal.file('frebot-WEB03.zip', await zipOf(collectedServer()));
    const { code, out } = await terminal.run(['diagnose', 'frebot-WEB03.zip', '--json']);
    const { files, diagnosis, answer } = JSON.parse(out);
    expect(code).toBe(0);
    expect(files.map((file: { verdict: string }) => file.verdict)).not.toContain('unreadable');
    expect(diagnosis.findings).toMatchObject([
      { cause: 'impersonation-right-missing', confidence: 'confirmed', contradictedBy: [], missing: [] },
    ]);
    // Everything that proves it is in the zip: nothing is asked for again.
    expect(answer.parts.map(({ id }: { id: string }) => id)).not.toContain('next');
  });

  it('says what the collection could not take', async () => {
    terminal.file('frebot-WEB03.zip', await zipOf(collectedServer()));
    const { out } = await terminal.run(['diagnose', 'frebot-WEB03.zip', '--all']);
    expect(out.replace(/\s+/g, ' ')).toContain('The first thing that is missing: HTTPERR.');
  });

  it('is still read when half of it is missing, and then asks for the rest', async () => {
    const { 'manifest.txt': manifest, ...rest } = collectedServer();
    const traceAlone = Object.fromEntries(Object.entries(rest).filter(([name]) => name.startsWith('traces/')));
    terminal.file('half.zip', await zipOf({ 'manifest.txt': manifest!, ...traceAlone }));
    const { out } = await terminal.run(['diagnose', 'half.zip', '--json']);
    const [finding] = JSON.parse(out).diagnosis.findings;
    expect(finding).toMatchObject({ cause: 'impersonation-right-missing', confidence: 'likely' });
    expect(finding.missing).toEqual(expect.arrayContaining(['rights-export', 'pool-identity']));
  });

  it('is read as another collector packs it, with event logs and files that are no evidence', async () => {
    const { 'traces/W3SVC1/fr000012.xml': trace, 'config/applicationHost.config': config } = collectedServer();
    terminal.file(
      'support.zip',
      await zipOf({
        'Sites/1/FREB/fr000012.xml': trace!,
        'General/applicationHost.config': config!,
        'General/Application.evtx': eventLogFile(moduleStory),
        'General/ToolLog.log': Buffer.from('2026-06-08 Tool has finished running!\r\n'),
        'General/FilteredLogs.csv': Buffer.from('"Level","Product"\r\n"Site","IIS"\r\n'),
      }),
    );
    const { out } = await terminal.run(['diagnose', 'support.zip', '--json']);
    const { files, diagnosis } = JSON.parse(out);
    const kinds = Object.fromEntries(files.map((file: { name: string; kind: string }) => [file.name, file.kind]));
    expect(kinds['support.zip/General/Application.evtx']).toBe('event-export');
    // What is not evidence stands beside it without a word.
    expect(Object.keys(kinds)).toHaveLength(3);
    expect(diagnosis.findings[0]).toMatchObject({ cause: 'impersonation-right-missing' });
  });
});
