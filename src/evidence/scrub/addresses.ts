import type { Rule, Withholder } from './rule.js';

const dot = '(?:\\.|\\[\\.\\]|\\(dot\\)|\\[dot\\]|\\s\\.\\s|%(?:25)*2e)';
/** Four numbers; a leading zero makes one octal. */
const address4 = new RegExp(`(?<![\\d.]|\\d\\.)(?:0?\\d{1,3}${dot}){3}0?\\d{1,3}(?!\\d|\\.\\d)`, 'gi');
/** The same with hyphens or underscores, as names of computers and files have it, or in hexadecimal numbers. */
const joinedAddress =
  /(?<![\w.-])(?:\d{1,3}([_-])\d{1,3}\1\d{1,3}\1\d{1,3}|(?:0x[0-9a-f]{1,2}\.){3}0x[0-9a-f]{1,2})(?![\w-])/gi;
/** One number, or two or three, in the place of the computer: `http://3405803853/`. */
const numberAsHost =
  /(?<=\/\/|@)(?:0x[0-9a-f]{6,8}|0?\d{8,12}|(?:(?:0x)?[0-9a-f]{1,4}\.){1,2}(?:0x[0-9a-f]{1,8}|\d{1,10}))(?=[:/?#\s"']|$)/gi;
/** A number behind the word for an address. */
const addressWord =
  /((?<![\p{L}])(?:client(?:[ _-]?(?:ip|addr(?:ess)?))?|remote[ _-]?(?:addr(?:ess)?|host|ip)|(?:ip|mac|source|peer|hardware|physical)(?:[ _-]?addr(?:ess)?)?|c-ip|x-forwarded-for|peer)\s{0,4}[=: ]\s{0,4})(0x[0-9a-f]{8}|(?=\w{0,11}\d)[0-9a-f]{12}|(?=\w{0,7}\d)[0-9a-f]{8}|\d{8,10}|[0-9a-f]{32})(?!\w)/giu;
/** A hexadecimal number of 32 bits that is not a code of Windows. */
const otherNumber = /(?<!\w)0x(?![0148]|[ce]0|cfffffff|ffffff|deadbeef)[0-9a-f]{8}(?!\w)/gi;
/** The command of FTP that names an address. */
const ftpPort = /((?:PORT|PASV|Entering Passive Mode)\s\(?)(\d{1,3}(?:,\d{1,3}){3,5})/g;
/** An address inside a host name: `ip-10-1-2-3.ec2.internal`, `fd00--7.ipv6-literal.net`. */
const addressInName = /(?<![\w-])(?:ip(?:-\d{1,3}){4}(?!\d)|[0-9a-f-]{2,45}(?:s\w{1,10})?(?=\.ipv6-literal\.net))/gi;
const address6 =
  /(?<![0-9a-f.]|::)(?:(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}|(?:[0-9a-f]{1,4}:){2,7}:(?![0-9a-f])|::(?:ffff:)?(?:\d{1,3}\.){3}\d{1,3}|::(?:[0-9a-f]{1,4}:){1,6}[0-9a-f]{1,4})(?:%\w{1,12})?(?![0-9a-z]|:[0-9a-f:])/gi;
const hardware =
  /(?<![\w-])(?:[0-9a-f]{2}-){5}[0-9a-f]{2}(?![\w-])|(?<![\w.])(?=[\d.]{0,13}[a-f])[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?!\w|\.[0-9a-f]{1,4}(?!\w))/gi;

/** Addresses of computers. Loopback addresses name no computer and stay; four numbers behind "Version" are a version. */
export const addresses: Rule = (text, withhold) => {
  let shown = text;
  if (/:.*:/.test(shown)) shown = shown.replace(address6, (all) => (/^(?:0*:)*:?0*1$/.test(all) ? all : withhold(all)));
  if (/[-.]/.test(shown))
    shown = shown.replace(hardware, (all) => withhold(all)).replace(addressInName, (all) => withhold(all));
  if (!/\d/.test(shown)) return shown;
  shown = scrubNumbers(shown, withhold);
  return shown.replace(address4, (all, offset: number, whole: string) => {
    const numbers = all.match(/\d+/g) ?? [];
    if (numbers.some((n) => Number.parseInt(n, n.length === 4 ? 8 : 10) > 255)) return all;
    if (all.startsWith('127.') || /^\d+\.0\.0\.0$/.test(all)) return all;
    return /(?:version|\bv)[\s:="'\\]{0,6}$/i.test(whole.slice(Math.max(0, offset - 16), offset)) ? all : withhold(all);
  });
};

/** Withholds addresses that are written as other numbers. */
function scrubNumbers(text: string, withhold: Withholder): string {
  return text
    .replace(numberAsHost, (all) => withhold(all))
    .replace(joinedAddress, (all) => (/^\d/.test(all) && isTooLarge(all) ? all : withhold(all)))
    .replace(addressWord, (_all, before: string, value: string) => before + withhold(value))
    .replace(otherNumber, (all) => withhold(all))
    .replace(ftpPort, (_all, before: string, value: string) => before + withhold(value));
}

function isTooLarge(address: string): boolean {
  return address.split(/[_-]/).some((n) => Number(n) > 255);
}
