import * as z from 'zod';
import { evidenceKinds } from '../evidence/vocabulary/kinds.js';

/**
 * Where a command is typed. The Command Prompt and Windows PowerShell 5.1 read signs differently: a command names its shell,
 * and these rules refuse what that shell would misread.
 */
export const shells = ['cmd', 'powershell', 'both'] as const;
export type Shell = (typeof shells)[number];

interface ShellSign {
  pattern: RegExp;
  why: string;
}

/** Signs outside quotes that Windows PowerShell 5.1 does not understand. */
const promptOnly: ShellSign[] = [
  { pattern: /&&|\|\|/, why: '&& and || are signs of the Command Prompt' },
  { pattern: /[^\s&|;{(=]\s*&(?!&)/, why: '& between commands is a sign of the Command Prompt (PowerShell takes ;)' },
  {
    pattern: /^\s*(dir|del|copy|move|rd|rmdir|md)\b.*\s\/\w/i,
    why: 'dir, del and their like take no / switches in PowerShell',
  },
  { pattern: /^\s*(set \w+=|if (not )?exist\b|for \/)/i, why: 'set, if exist and for are words of the Command Prompt' },
  { pattern: /\d?>\s?nul\b/i, why: 'nul is a name of the Command Prompt (PowerShell takes $null)' },
  {
    pattern: /(^|[|;]\s*)(sc|curl|wget|where)\s/i,
    why: 'sc, curl, wget and where are aliases in PowerShell: write sc.exe, curl.exe, where.exe',
  },
  { pattern: /\^\s*$/m, why: '^ at the end of a line is a sign of the Command Prompt' },
];

/** Signs outside quotes that the Command Prompt does not understand. */
const powershellOnly: ShellSign[] = [
  { pattern: /(^|[|;({=]\s*)[A-Z][a-z]+-[A-Z]\w+/, why: 'a cmdlet needs PowerShell' },
  { pattern: /\$[\w({]/, why: '$ names a variable in PowerShell only' },
  { pattern: /^\s*&\s/, why: '& before a command is a sign of PowerShell' },
  { pattern: /\[[\w.]+\]::/, why: 'a .NET type needs PowerShell' },
];

/** Signs that PowerShell reads itself in the unquoted arguments of a program. */
const unquotedSign: ShellSign = {
  pattern: /[(){};,`]/,
  why: 'PowerShell reads ( ) { } ; and , itself: quote that argument',
};

/** A brace of a step, which will hold plain words. */
const brace = /\{[a-z][a-z0-9.-]*(?:\|[^{}|]+)*\}/g;

/**
 * Returns why a command is wrong for the shell it names; undefined for a right one.
 * @param command one or several lines, braces of the knowledge unfilled
 */
export function shellMistake(command: string, shell: Shell): string | undefined {
  for (const line of command.trimEnd().split('\n')) {
    const text = line.replace(brace, 'x').replace(/^\s*#.*/, '');
    const reason =
      (shell === 'cmd' ? undefined : wrongInPowershell(text, shell)) ??
      (shell === 'powershell' ? undefined : findReason(powershellOnly, withoutQuotes(text)));
    if (reason) return reason;
  }
  return undefined;
}

function wrongInPowershell(text: string, shell: Shell): string | undefined {
  const runsPrompt = /^\s*cmd(\.exe)? \/c /i.test(text);
  if (!runsPrompt && /%\w+%/.test(text)) return '%name% is filled in by the Command Prompt only';
  const callsPowershell = /^\s*powershell(\.exe)?\s/i.test(text);
  if (callsPowershell && /"[^"]*\$[\w({][^"]*"/.test(text))
    return 'PowerShell fills in $ within "…" before the inner PowerShell sees it';
  const bare = withoutQuotes(shell === 'powershell' ? text.replace(/'[^']*'/g, "''") : text);
  const isProgram =
    shell === 'both' || /^\s*[\w.:\\-]+(\.exe)?\s/.test(bare) ? !cmdlet.test(bare) && !script.test(bare) : false;
  return findReason(isProgram ? [...promptOnly, unquotedSign] : promptOnly, bare);
}

const cmdlet = /^\s*[A-Z][a-z]+-[A-Z]\w+/;
/** A line of a script rather than a program with its arguments. */
const script = /^\s*([$&@[({}]|(if|foreach|function|try|catch|throw|param)\b)|\|/;

function withoutQuotes(text: string): string {
  return text.replace(/"[^"]*"/g, '""');
}

function findReason(signs: readonly ShellSign[], text: string): string | undefined {
  return signs.find(({ pattern }) => pattern.test(text))?.why;
}

/**
 * Programs and places that refuse without elevation, or show less than they should. Where the parameters decide, a command
 * counts as one that needs elevation, because an elevated console does no harm to the others.
 */
const elevatedPrograms: RegExp[] = [
  /\b(appcmd|secedit|dism|iisreset|auditpol|aspnet_regiis|lodctr|takeown|ntrights|LGPO|accesschk|procdump)\b/i,
  /\bgpresult\b.*\/scope[: ]computer/i,
  /\bwevtutil\b.*(\bSecurity\b|\b(sl|cl)\b)|\bGet-WinEvent\b.*\bSecurity\b/i,
  /\bcertutil\b.*-(addstore|delstore|repairstore|importpfx)/i,
  /\bicacls\b.*(inetpub|\/(grant|deny|remove|reset|setowner|inheritance))/i,
  /\bnet (stop|start|localgroup\b.*\/add)\b|\bsc(\.exe)? (config|start|stop|privs|sidtype)\b|\b(Start|Stop|Restart)-Service\b/i,
  /\bnetsh (http (add|delete)|wfp|trace|advfirewall)\b|\breg(\.exe)? add "?HKLM/i,
  /\b(Install|Uninstall|Add|Enable|Disable)-Windows(Feature|OptionalFeature|Capability)\b/i,
  /\b[A-Z][a-z]+-(Web[A-Z]|IIS[A-Z])\w*|\bIIS:\\/,
  /\battrib [+-]|\bSet-Acl\b|\bCert:\\LocalMachine\b/i,
  /inetpub\\logs|LogFiles|inetsrv\\config/i,
];

/** True when the command needs a console that runs as administrator. */
export function needsElevation(command: string): boolean {
  return elevatedPrograms.some((pattern) => pattern.test(command));
}

/**
 * What a command prints: a kind of evidence that can be sent back, or nothing worth sending. Frebot can read the output of
 * every command it asks for: a test finds a reader for each.
 */
export const printsSchema = z.enum([...evidenceKinds, 'nothing']);

/** Checks a value with a command: the shell that it names must understand the command. */
export const rightForItsShell = (
  value: { command?: string | undefined; shell?: Shell | undefined; prints?: string | undefined },
  context: z.core.$RefinementCtx,
): void => {
  if (value.shell === undefined) {
    // What begins as XML is a text for a file.
    if (value.command !== undefined && !value.command.startsWith('<'))
      context.addIssue({
        code: 'custom',
        path: ['command'],
        message: 'a command says where it is typed: shell: cmd, powershell or both',
      });
    return;
  }
  if (value.command === undefined) {
    context.addIssue({
      code: 'custom',
      path: ['shell'],
      message: 'shell says where a command is typed: there is no command',
    });
    return;
  }
  if (value.prints === undefined)
    context.addIssue({
      code: 'custom',
      path: ['command'],
      message: 'a command says what it prints: prints: command-output, event-export, …, or nothing',
    });
  const mistake = shellMistake(value.command, value.shell);
  if (mistake)
    context.addIssue({ code: 'custom', path: ['command'], message: `shell is ${value.shell}, but ${mistake}` });
};

/** A command outside of a step: what is typed, and where. */
export const commandSchema = z
  .strictObject({
    command: z.string().min(2),
    shell: z.enum(shells).optional(),
    prints: printsSchema.optional(),
    note: z.string().optional(),
  })
  .superRefine(rightForItsShell);
