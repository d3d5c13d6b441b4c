import { z } from 'zod';
import { evidenceKinds } from '../evidence/vocabulary/kinds.js';

/**
 * Where a command is typed. The Command Prompt and Windows PowerShell 5.1 take different signs: a command names the one it
 * is right for, and these rules refuse what the other would misread.
 */
export const shells = ['cmd', 'powershell', 'both'] as const;
export type Shell = (typeof shells)[number];

interface Sign {
  pattern: RegExp;
  why: string;
}

/** What Windows PowerShell 5.1 does not understand, wherever it stands outside quotes. */
const promptOnly: Sign[] = [
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

/** What the Command Prompt does not understand, outside quotes. */
const powershellOnly: Sign[] = [
  { pattern: /(^|[|;({=]\s*)[A-Z][a-z]+-[A-Z]\w+/, why: 'a cmdlet needs PowerShell' },
  { pattern: /\$[\w({]/, why: '$ names a variable in PowerShell only' },
  { pattern: /^\s*&\s/, why: '& before a command is a sign of PowerShell' },
  { pattern: /\[[\w.]+\]::/, why: 'a .NET type needs PowerShell' },
];

/** What PowerShell reads into the arguments of a program that is not quoted. */
const unquoted: Sign = { pattern: /[(){};,`]/, why: 'PowerShell reads ( ) { } ; and , itself: quote that argument' };

/** What a step's braces will be filled with, as plain words. */
const brace = /\{[a-z][a-z0-9.-]*(?:\|[^{}|]+)*\}/g;

/**
 * Why a command is not right for the shell it names; undefined when nothing speaks against it.
 * @param command one or several lines, braces of the knowledge unfilled
 */
export function shellMistake(command: string, shell: Shell): string | undefined {
  for (const line of command.trimEnd().split('\n')) {
    const text = line.replace(brace, 'x').replace(/^\s*#.*/, '');
    const found =
      (shell === 'cmd' ? undefined : wrongInPowershell(text, shell)) ??
      (shell === 'powershell' ? undefined : firstOf(powershellOnly, withoutQuotes(text)));
    if (found) return found;
  }
  return undefined;
}

function wrongInPowershell(text: string, shell: Shell): string | undefined {
  const handedOver = /^\s*cmd(\.exe)? \/c /i.test(text);
  if (!handedOver && /%\w+%/.test(text)) return '%name% is filled in by the Command Prompt only';
  const outer = /^\s*powershell(\.exe)?\s/i.test(text);
  if (outer && /"[^"]*\$[\w({][^"]*"/.test(text))
    return 'PowerShell fills in $ within "…" before the inner PowerShell sees it';
  const bare = withoutQuotes(shell === 'powershell' ? text.replace(/'[^']*'/g, "''") : text);
  const program =
    shell === 'both' || /^\s*[\w.:\\-]+(\.exe)?\s/.test(bare) ? !cmdlet.test(bare) && !script.test(bare) : false;
  return firstOf(program ? [...promptOnly, unquoted] : promptOnly, bare);
}

const cmdlet = /^\s*[A-Z][a-z]+-[A-Z]\w+/;
/** A line of a script rather than a program with its arguments. */
const script = /^\s*([$&@[({}]|(if|foreach|function|try|catch|throw|param)\b)|\|/;

function withoutQuotes(text: string): string {
  return text.replace(/"[^"]*"/g, '""');
}

function firstOf(signs: readonly Sign[], text: string): string | undefined {
  return signs.find(({ pattern }) => pattern.test(text))?.why;
}

/**
 * Programs and places that refuse without elevation, or show less than they should. A console that is elevated does no harm
 * to a command that would not need it, so where the parameters decide the answer errs towards elevation.
 */
const elevated: RegExp[] = [
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
  return elevated.some((pattern) => pattern.test(command));
}

/**
 * What a command prints: a kind of evidence that can be sent back, or nothing that anybody would send. Whatever Frebot asks
 * people to run, it can read: a test finds a reader for each.
 */
export const printsSchema = z.enum([...evidenceKinds, 'nothing']);

/** A shape that has a command: the shell it names must understand it. */
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

/** A command by itself: what is typed, and where. */
export const commandSchema = z
  .strictObject({
    command: z.string().min(2),
    shell: z.enum(shells).optional(),
    prints: printsSchema.optional(),
    note: z.string().optional(),
  })
  .superRefine(rightForItsShell);
