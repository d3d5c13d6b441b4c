import type { Answer, Part, Text } from '../answer/answer.js';
import { clipText } from '../answer/parts.js';
import { countWords, listWords } from '../answer/wording.js';
import { createPost } from './say-post.js';

function healthPost(title: string, text: Text, more: Part[] = []): Answer {
  return createPost(title, [{ kind: 'text', id: 'health', keep: 'always', text }, ...more]);
}

/** Says that a folder cannot be read, so that silence about it means nothing. */
export function folderLostPost(folder: string, code: string): Answer {
  return healthPost(
    `I can't see new logs in ${clipText(folder, 120)}`,
    `${reasonOf(code)} Until I can read it again, my silence about it says nothing. I keep trying, and what arrives meanwhile I read then.`,
  );
}

function reasonOf(code: string): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'The folder is gone.';
  if (code === 'EACCES' || code === 'EPERM')
    return 'My account may not read the folder. It needs the permission Read & execute on the folder and what is in it, for a share on the share as well.';
  if (code === 'TIMEOUT') return "The folder doesn't answer: the share or its server hangs.";
  return `The system says ${code}.`;
}

/** Says that a folder can be read again. */
export function folderBackPost(folder: string): Answer {
  return healthPost(
    `I can read ${clipText(folder, 120)} again`,
    'What arrived meanwhile and is still there is read now.',
  );
}

/** Says that IIS removed logs before they were read. */
export function overwrittenPost(lost: readonly { folder: string; count: number }[]): Answer {
  const sum = lost.reduce((total, { count }) => total + count, 0);
  const where = listWords(lost.map(({ folder }) => folder || 'the folder'));
  return healthPost(
    `About ${countWords(sum, 'log')} came and went before I could read them`,
    `In ${clipText(where, 200)} the file numbers jumped. IIS keeps the newest 50 logs of a site and removes the others, so a burst of failures overwrites itself. What I count is too low. To keep more logs, raise the number for the site:`,
    [
      {
        kind: 'command',
        id: 'keep-more',
        keep: 'always',
        language: 'cmd',
        command:
          '%windir%\\system32\\inetsrv\\appcmd set site "<site name>" -traceFailedRequestsLogging.maxLogFiles:1000',
      },
    ],
  );
}

/** Says that tracing is off for sites, or that no rule is there: then no log can come. */
export function tracingOffPost(sites: readonly string[], hasRules: boolean): Answer {
  const off =
    sites.length > 0 ? `Failed Request Tracing is off for ${listWords(sites.map((id) => `site ${id}`))}. ` : '';
  const rules = hasRules
    ? ''
    : 'applicationHost.config has no tracing rule. Unless a web.config has one, no request fits, and nothing is recorded. ';
  const title =
    sites.length > 0 ? "Tracing is off: no news isn't good news" : "No tracing rule: no news isn't good news";
  return healthPost(
    title,
    `${off}${rules}Failures leave no log now, so I can't report them. To record failures again, elevated:`,
    [
      {
        kind: 'command',
        id: 'enable',
        keep: 'always',
        language: 'cmd',
        command: [
          ...(sites.length > 0
            ? ['%windir%\\system32\\inetsrv\\appcmd configure trace "<site name>" /enablesite']
            : []),
          ...(hasRules
            ? []
            : [
                '%windir%\\system32\\inetsrv\\appcmd configure trace "<site name>" /enable /path:* /statuscodes:400-999',
              ]),
        ].join('\n'),
      },
    ],
  );
}

/** Says that tracing runs again. */
export function tracingOnPost(): Answer {
  return healthPost('Tracing is on again', 'Failures are recorded again for every site that I watch.');
}
