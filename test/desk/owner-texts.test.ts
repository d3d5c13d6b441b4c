import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answer/answer.js';
import { renderText } from '../../src/answer/text.js';
import type { Caller } from '../../src/desk/desk.js';
import { frebLog, rightsExport } from '../scenarios/logs.js';
import { world } from './support.js';

const here: Caller = { door: 'slack', thread: 'slack/T1/C1/owner', tenant: 'T1', who: 'U1' };
const elsewhere: Caller = { ...here, thread: 'slack/T1/C1/other' };
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (answer: Answer) => renderText(answer, { columns: 1000 });

/** The commands and what each text must say besides the change itself. */
const texts = [
  ['gpo-text', 'fix gpo-owner', 'every computer under that GPO'],
  ['ticket', 'fix ticket', 'Back out'],
  ['exception', 'fix exception', 'V-254503'],
] as const;

async function confirmedCase() {
  const { desk } = world();
  const pool = bytes(
    '<appcmd><APPPOOL APPPOOL.NAME="Portal"><add name="Portal"><processModel identityType="SpecificUser" userName="CONTOSO\\svc_portal" /></add></APPPOOL></appcmd>',
  );
  const files = [
    { name: 'fr000032.xml', bytes: frebLog() },
    { name: 'ur.inf', bytes: rightsExport() },
    { name: 'pools.xml', bytes: pool },
  ];
  const { answer } = await desk.diagnose(files, here);
  return { desk, answer };
}

describe('the texts for the owner of the policy', () => {
  it('are buttons of a confirmed case, filled from it', async () => {
    const { desk, answer } = await confirmedCase();
    expect(answer.title).toMatch(/^Confirmed/);
    for (const [action, , says] of texts) {
      expect(answer.actions.map(({ id }) => id)).toContain(action);
      const opened = text(await desk.press({ action, case: answer.case ?? '', ...here }));
      expect(opened).toContain('WEB03');
      expect(opened).toContain('*S-1-5-6,*S-1-5-32-568');
      expect(opened).toContain(says);
    }
  });

  it.each(texts)(
    '%s: the command "%s" fills it from the case of its thread, and asks for the rest elsewhere',
    async (_id, line, says) => {
      const { desk } = await confirmedCase();
      const filled = text((await desk.command(line, here)).answer);
      expect(filled).toContain('WEB03');
      expect(filled).toContain(says);
      const general = text((await desk.command(line, elsewhere)).answer);
      expect(general).not.toContain('WEB03');
      expect(general).toContain('<GPO>');
      // The general text was stored in its thread too, and must not take the place of the case.
      await desk.command(line, here);
      expect(text((await desk.command(line, here)).answer)).toContain('WEB03');
    },
  );

  it('each names what else the change touches, and none names a person or a wider group', async () => {
    const { answer } = await confirmedCase();
    for (const [id] of texts) {
      const part = answer.parts.find((one) => one.id === id)!;
      const words = text({ ...answer, title: '', parts: [{ ...part, keep: 'always' }], actions: [], sources: [] });
      expect(words, id).toMatch(/every computer under that GPO/i);
      expect(words, id).not.toMatch(/Everyone|Authenticated Users|LocalSystem|ada\b/);
    }
  });
});
