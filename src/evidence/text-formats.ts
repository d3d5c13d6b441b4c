import type { Refusal } from './evidence.js';

/** A kind of text that is refused by what is in its first characters. */
interface TextFormat {
  refusal: Refusal;
  what: string;
  begins: RegExp;
  /** What also stands there, in any order: a program writes the members of an object as it likes. */
  also?: RegExp;
}

/** Recordings and registries: they hold what no reader may see, whatever else is in them. */
const neverRead: readonly TextFormat[] = [
  {
    refusal: 'recording',
    what: 'a recording of a browser (.har)',
    begins: /^\s*\{\s*"log"\s*:\s*\{/,
    also: /"(?:entries|creator|browser|pages|startedDateTime)"\s*:/,
  },
  {
    refusal: 'recording',
    what: 'a network log of a browser',
    begins: /^\s*\{\s*"constants"\s*:\s*\{/,
    also: /"(?:logEventTypes|clientInfo|netError|activeFieldTrialGroups)"\s*:/,
  },
  {
    refusal: 'registry-file',
    what: 'an export of the registry (.reg)',
    begins: /^\s*(?:Windows Registry Editor Version \d\.\d\d|REGEDIT4)[ \t]*(?:[\r\n]|$)/,
  },
];

/** Files in which programs keep passwords and keys. An element in front may have a namespace. */
const secrets: readonly TextFormat[] = [
  {
    refusal: 'holds-secrets',
    what: 'a private key',
    begins: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----/,
  },
  { refusal: 'holds-secrets', what: 'a private key of PuTTY (.ppk)', begins: /^\s*PuTTY-User-Key-File-\d:/ },
  {
    refusal: 'holds-secrets',
    what: 'the settings of a VPN (.ovpn)',
    begins: /^(?:client|dev (?:tun|tap)\w*|remote \S+ \d+)[ \t]*\r?$/m,
    also: /^(?:<(?:key|tls-auth|tls-crypt|auth-user-pass)>|auth-user-pass|remote-cert-tls server)/m,
  },
  {
    refusal: 'holds-secrets',
    what: 'a publishing profile with its password',
    begins: /^[^<]{0,9}(?:<\?[^>]{0,200}>\s*)?<publishData[\s>]/,
  },
  {
    refusal: 'holds-secrets',
    what: 'a list of servers with their passwords',
    begins: /^[^<]{0,9}(?:<\?[^>]{0,200}>\s*)?<(?:FileZilla3|RDCMan|mrng:Connections|Connections Name=)/,
  },
  {
    refusal: 'holds-secrets',
    what: 'an answer file of Windows Setup (unattend.xml)',
    begins: /<unattend\s[^>]{0,200}urn:schemas-microsoft-com:unattend/,
  },
  { refusal: 'holds-secrets', what: 'a profile of a wireless network', begins: /<WLANProfile\s/ },
  {
    refusal: 'holds-secrets',
    what: 'credentials that PowerShell exported',
    begins: /<T>System\.Management\.Automation\.PSCredential<\/T>/,
  },
];

/** A mail as programs save it: lines of headers, some of which only mails have. */
const mail: TextFormat = {
  refusal: 'mail',
  what: 'a saved mail (.eml)',
  begins: /^\s*(?:[A-Z][\w-]{1,60}:[^\r\n]{0,1000}\r?\n(?:[ \t][^\r\n]{0,1000}\r?\n){0,50}){3}/,
  also: /^(?:Received|Return-Path|MIME-Version|Message-ID|X-MS-Exchange[\w-]{0,60}):/im,
};

/** Returns why a text is not even looked into; null for every other. */
export function refuseUnread(head: string): { refusal: Refusal; looksLike: string } | null {
  return refuseAs(neverRead, head);
}

/** Returns how a file of secrets is refused in which no reader finds anything; null for another text. */
export function refuseSecrets(head: string): { refusal: Refusal; looksLike: string } | null {
  return refuseAs(secrets, head);
}

/** Returns how a saved mail is refused in which no reader finds anything; null for another text. */
export function refuseMail(head: string): { refusal: Refusal; looksLike: string } | null {
  return refuseAs([mail], head);
}

function refuseAs(formats: readonly TextFormat[], head: string): { refusal: Refusal; looksLike: string } | null {
  const found = formats.find(({ begins, also }) => begins.test(head) && (also?.test(head) ?? true));
  return found ? { refusal: found.refusal, looksLike: found.what } : null;
}
