import { afterAll, describe, expect, it } from 'vitest';
import { collectedServer } from '../generator/evidence/collection.js';
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
    expect(out.replace(/\s+/g, ' ')).toContain('The first that is missing: HTTPERR.');
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
});
