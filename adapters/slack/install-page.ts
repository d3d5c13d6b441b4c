import type { ServerResponse } from 'node:http';
import { installPath } from './manifest.js';

/** An installation that Frebot refuses: its message is a sentence for the administrator who installs. */
export class RefusedInstallationError extends Error {
  override readonly name = 'RefusedInstallationError';
}

/** Sentences for what ends an installation, by the code of Slack's library or of Slack. */
const reasons: Record<string, string> = {
  slack_oauth_installer_authorization_error: 'The installation was cancelled in Slack, so nothing was installed.',
  slack_oauth_missing_state: 'This page was opened without the link that begins an installation.',
  slack_oauth_missing_code: 'Slack sent no code for an installation.',
  slack_oauth_invalid_state:
    'The link that began this installation is more than ten minutes old, or it began in another browser.',
};

/** Answers the redirect of an installation that failed with a page that says why, and where to begin again. */
export function showFailure(error: unknown, response: ServerResponse): void {
  const { status, sentence } = explain(error);
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Frebot was not installed</title>
<body><h1>Frebot was not installed</h1><p>${toHtml(sentence)}</p><p><a href="${installPath}">Begin again</a></p></body></html>`;
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(page);
}

function explain(error: unknown): { status: number; sentence: string } {
  const refused = findRefused(error);
  if (refused) return { status: 403, sentence: refused.message };
  const { code = '', data } = error as { code?: string; data?: { error?: string } };
  const known = reasons[code];
  if (known) return { status: 400, sentence: known };
  const reason = data?.error;
  const named = /^[a-z_]{1,60}$/.test(reason ?? '') ? ` Slack says: ${reason}.` : '';
  return { status: 500, sentence: `Slack did not complete the installation.${named}` };
}

/** The library wraps what the store throws. */
function findRefused(error: unknown): RefusedInstallationError | undefined {
  if (error instanceof RefusedInstallationError) return error;
  const inner = error as { original?: unknown; cause?: unknown } | undefined;
  const next = inner?.original ?? inner?.cause;
  return next === undefined ? undefined : findRefused(next);
}

const toHtml = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
