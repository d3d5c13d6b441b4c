import { hresult } from '../freb/codes.js';
import type { CommandOutput } from './output.js';

/** Four bytes of an event's data field, alone or behind its label. */
const bytes =
  /^(?:[^:=]{0,40}\bdata\b[^:=\d]{0,20}[:=]?\s{0,4}|0000: {1,4})?((?:[\da-f]{2}[ -]){3}[\da-f]{2})(?![\da-f])/i;

/** Bytes that are copied without their event stand with a label and a word or two, in lines and characters. */
const mostLines = 4;
const longestText = 160;

export const eventDataOutputs: readonly CommandOutput[] = [
  {
    command: 'event data',
    sign: /(?:[\da-f]{2}[ -]){3}[\da-f]{2}/i,
    kind: 'command-output',
    read(lines, gather) {
      const said = lines.filter(({ text }) => text.trim() !== '');
      if (said.length > mostLines || said.reduce((sum, { text }) => sum + text.length, 0) > longestText) return false;
      const line = said.find(({ text }) => bytes.test(text.trim()));
      const digits = line && bytes.exec(line.text.trim())![1]!;
      // The lowest byte comes first.
      const code = digits && hresult(`0x${digits.split(/[ -]/).reverse().join('')}`);
      if (!line || !code) return false;
      gather.add('code.seen', code, { event: line.number, field: 'Data', raw: digits });
      return true;
    },
  },
];
