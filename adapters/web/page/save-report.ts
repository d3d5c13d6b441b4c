import type { LogTable } from '../../../src/answer/log-table.js';
import { postJson } from './post-json.js';
import { saveFile } from './save-file.js';
import type { AnsweredLogs, SentLog } from './sent-logs.js';
import { createButton } from './trace/dom.js';

/** Returns the button that saves the answer with its traces as one file. */
export function saveButton(
  id: string,
  logs: readonly SentLog[],
  parting: AnsweredLogs['parting'],
  table: LogTable | undefined,
): HTMLElement {
  return createButton('Save as a report', async () => {
    const path = `report/${encodeURIComponent(id)}`;
    if (table) return saveReport(await postJson(path, table));
    const form = new FormData();
    for (const { file } of logs) form.append('file', file, file.name);
    for (const { name } of logs) form.append('name', name);
    for (const event of parting ? [parting.bad, parting.good] : []) form.append('difference', String(event ?? ''));
    await saveReport(await fetch(path, logs.length > 0 ? { method: 'POST', body: form } : {}));
  });
}

async function saveReport(response: Response): Promise<void> {
  saveFile('frebot-report.html', await response.blob());
}
