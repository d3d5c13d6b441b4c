import type { LogRow, LogTable } from '../../../../src/answer/log-table.js';
import { saveFile } from '../save-file.js';
import { create, createButton } from '../trace/dom.js';
import { logsCsv, logsJson } from './log-texts.js';

/** Returns the buttons that save logs as CSV and JSON. @param chosen returns the logs that are shown now */
export function downloadButtons(table: LogTable, chosen: () => LogRow[]): HTMLElement {
  return create(
    'p',
    { class: 'tools' },
    createButton('Download as CSV', () => save('frebot-logs.csv', 'text/csv', `\ufeff${logsCsv(table, chosen())}`)),
    createButton('Download as JSON', () => save('frebot-logs.json', 'application/json', logsJson(table, chosen()))),
  );
}

function save(name: string, type: string, text: string): void {
  saveFile(name, new Blob([text], { type: `${type};charset=utf-8` }));
}
