import { describe, expect, it } from 'vitest';
import { stepsWithUndo } from '../../src/answer/steps.js';
import { ReadingFacts } from '../../src/diagnosis/reading-facts.js';
import { readEvidence } from '../../src/evidence/read.js';
import { builtKnowledge } from '../built-knowledge.js';
import { failed } from '../generator/scenarios/cause-parts.js';
import { logBytes } from '../generator/scenarios/log.js';

const knowledge = builtKnowledge();

/** The commands of a card for a log of this URL. */
function commands(cause: string, status: string, url: string): string {
  const one = failed(status, 'StaticFileModule', 'EXECUTE_REQUEST_HANDLER', 0, { url });
  const facts = new ReadingFacts(readEvidence('fr000001.xml', logBytes(one)));
  const known = (name: string) =>
    name === 'outcome.status' ? status : facts.text(name as Parameters<ReadingFacts['text']>[0]);
  const steps = stepsWithUndo(knowledge.causes.get(cause)!.fix, known);
  return steps.map((step) => step.command ?? '').join('\n');
}

/** The cards whose step takes a protection away for an extension, with the status that shows them. */
const loosening = [
  ['mime-type-missing', '404.3'],
  ['request-filtered', '404.7'],
] as const;

describe('a command that takes a protection away', () => {
  it.each(
    loosening.flatMap(([cause, status]) =>
      [
        '.config',
        '.cs',
        '.mdb',
        '.php',
        '.aspx',
        '.cshtml',
        '.bak',
        '.json',
        '.sql',
        '.env',
        '.CONFIG',
        '.pfx',
        '.ps1',
      ].map((extension) => [cause, status, extension] as const),
    ),
  )('%s, %s: is not filled in for %s', (cause, status, extension) => {
    const shown = commands(cause, status, `http://shop.example:80/cart/web${extension}`);
    expect(shown.toLowerCase()).not.toContain(`'${extension.toLowerCase()}'`);
  });

  it.each(loosening.flatMap(([cause, status]) => ['.woff2', '.webp', '.PDF'].map((e) => [cause, status, e] as const)))(
    '%s, %s: is filled in for %s, which every visitor may read',
    (cause, status, extension) => {
      const shown = commands(cause, status, `http://shop.example:80/cart/file${extension}`);
      expect(shown).toContain(`'${extension.toLowerCase()}'`);
    },
  );

  it('comes after the step that says never to do it for a script', () => {
    const [first] = knowledge.causes.get('mime-type-missing')!.fix;
    expect(first!.command).toBeUndefined();
    expect(first!.do).toMatch(/never give it a MIME type/);
  });

  it.each([
    [
      'card mime-type-missing',
      knowledge.causes
        .get('mime-type-missing')!
        .fix.map((step) => step.do)
        .join(' '),
    ],
    ['status 404.3', knowledge.statuses.get('404.3')!.fix],
    ['status 404.7', knowledge.statuses.get('404.7')!.fix],
  ])('%s names the files that are never served', (_, text) => {
    expect(text).toMatch(/\bnever\b/i);
    for (const extension of ['.config', '.env', '.ps1', '.mdb', '.pfx']) expect(text).toContain(extension);
  });

  it('takes nothing from the request itself in any card, unless it is one of these files', () => {
    const loosens = /appcmd(\.exe)? set config|icacls .*\/grant/;
    for (const cause of knowledge.causes.values())
      for (const step of cause.fix)
        if (step.command && loosens.test(step.command))
          expect(step.command, cause.id).not.toMatch(/\{request\.(extension|url|verb)/);
  });
});

describe('a command that reads', () => {
  const lines = [
    ...[...knowledge.causes.values()].flatMap((cause) =>
      [...cause.fix, ...(cause.check ? [cause.check] : [])].map((step) => [cause.id, step.command ?? ''] as const),
    ),
    ...[...knowledge.evidenceRequests.values()].flatMap((r) => r.commands.map((c) => [r.id, c.command] as const)),
  ].flatMap(([where, command]) => command.split('\n').map((line) => [where, line] as const));

  /** Sections that hold passwords, keys or environment variables. */
  const secret =
    /fastCgi|webFarms|system\.web\/identity|anonymousAuthentication|applicationPools|\/sites\b|connectionStrings|machineKey|appSettings|aspNetCore/i;

  it('never prints a password', () => {
    for (const [where, line] of lines) {
      expect(line, where).not.toMatch(/\/text:\*|\/config\b(?!:)|\/config:\*|\/xml\b|password/i);
      if (!/appcmd\.exe list config/.test(line)) continue;
      expect(line, where).toMatch(/\/section:/);
      if (secret.test(line)) expect(line, where).toMatch(/\/text:\w/);
    }
  });

  it('says where it is typed', () => {
    const steps = [...knowledge.causes.values()].flatMap((c) =>
      [...c.fix, ...(c.check ? [c.check] : [])].map((step) => [c.id, step] as const),
    );
    const owned = steps.filter(([id, step]) => step.command && id !== 'impersonation-right-missing');
    expect(owned.filter(([, step]) => step.shell === undefined).map(([id]) => id)).toEqual([]);
    const requests = [...knowledge.evidenceRequests.values()];
    expect(requests.filter((r) => r.commands.some((c) => c.shell === undefined)).map((r) => r.id)).toEqual([]);
  });
});
