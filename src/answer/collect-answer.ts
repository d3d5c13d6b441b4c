import type { Knowledge } from '../knowledge/knowledge.js';
import type { Answer } from './answer.js';
import { type CollectScope, collectScript } from './collect-script.js';

/** Returns how to collect everything a diagnosis needs in one zip, with the script for the case at hand. */
export function collectAnswer({ collect }: Knowledge, scope: CollectScope & { server?: string }): Answer {
  const where = scope.server ?? 'the web server';
  const about = scope.site === undefined ? 'every site' : `the site ${scope.site}`;
  return {
    title: 'One script collects what I need',
    summary: `Run the script on ${where} in an elevated PowerShell, then drop the zip here.`,
    parts: [
      {
        kind: 'steps',
        id: 'collect',
        keep: 'always',
        steps: [
          { text: `On ${where}, open Windows PowerShell as administrator.` },
          { text: 'Paste the script below, or save it as collect.ps1 and run it. It only reads, and writes one zip.' },
          { text: 'Drop that zip here. You get one answer about all of it.' },
        ],
      },
      {
        kind: 'command',
        id: 'script',
        heading: 'Script (not run by me)',
        keep: 'normal',
        language: 'powershell',
        command: collectScript(collect.values(), scope),
      },
      {
        kind: 'facts',
        id: 'takes',
        heading: `It takes, of ${about} and the last ${scope.hours} hours`,
        keep: 'normal',
        facts: [...collect.values()].map(({ title, takes }) => ({ label: title, value: takes })),
      },
      {
        kind: 'notice',
        id: 'masked',
        level: 'info',
        keep: 'normal',
        text: 'Cookies, authorisation, posted data, query values and passwords are blanked before the zip is written. Names of accounts on user rights stay, because they are what I judge. Check the zip before you share it.',
      },
    ],
    actions: [],
    sources: [
      {
        title: 'about_Language_Modes (PowerShell)',
        url: 'https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_language_modes',
      },
    ],
  };
}
