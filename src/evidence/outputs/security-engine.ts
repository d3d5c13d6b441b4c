import { impersonateRight } from '../rights/export.js';
import { nameOfSid } from '../sids.js';
import type { CommandOutput } from './output.js';

/** The engine's headings, which no other log has. */
const sign = /-{4}Configure User Rights\.{3}|-{4}Configuration engine was initialized/;
/** `Configure S-1-5-20.`: the rights below it are this account's. */
const accountLine = /^\s{0,20}Configure (\S.{0,200}?)\.?\s*$/;
const removedLine = /^\s{0,20}remove (Se[A-Za-z]{3,60})\.?\s*$/;
const keptLine = /^\s{0,20}(Se[A-Za-z]{3,60}) must be assigned to (.{1,100}?)\. This setting is adjusted/;
const errorLine = /^\s{0,20}Error \d{1,6}: (.{3,200})$/;

/** The log of the security engine (scesrv.log), which Group Policy, secedit and DSC let it write: who loses which right. */
export const securityEngineOutputs: readonly CommandOutput[] = [
  {
    command: 'scesrv.log',
    sign,
    kind: 'command-output',
    read(lines, gather) {
      let account: string | undefined;
      let found = false;
      for (const { text, number } of lines) {
        account = accountLine.exec(text)?.[1] ?? account;
        const removed = removedLine.exec(text)?.[1];
        if (removed !== undefined && account !== undefined) {
          const loser = nameOfSid(account) ?? account;
          const isImpersonate = removed.toLowerCase() === impersonateRight.toLowerCase();
          gather.add(isImpersonate ? 'engine.loser' : 'engine.removed', isImpersonate ? loser : removed, {
            event: number,
            field: 'remove',
            raw: text.trim(),
          });
          found = true;
        }
        const kept = keptLine.exec(text);
        if (kept?.[1] === impersonateRight)
          gather.add('engine.put-back', kept[2]!, { event: number, field: impersonateRight, raw: text.trim() });
        const error = errorLine.exec(text)?.[1];
        if (error) gather.add('engine.error', error, { event: number, field: 'Error' });
        found ||= kept !== null || error !== undefined;
      }
      return found;
    },
  },
];
