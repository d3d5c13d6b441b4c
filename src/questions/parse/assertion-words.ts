import { stem } from './words.js';

/** Names that have several words or forms: they become one, before the words are read. */
export const names: readonly [RegExp, string][] = [
  [/'s\b/g, ''],
  [/\bun(?=affected|harmed|supported)/g, 'not '],
  [/\b(?:failed )?requests? trac\w+/g, 'freb'],
  [/\bfreb (?:logs?|files?|trac\w+)\b/g, 'freb'],
  [/\buser rights?\b|\buser right assignments?\b/g, 'right'],
  [/\bweb ?servers?\b/g, 'server'],
  [/\bsecurity (?=risk|hole|problem)/g, ''],
  [/\b(?:free of|w\/o)\b/g, 'without'],
  [/\bchanges? (?=anything|something|other|the other)/g, 'alter '],
  [/\bgroup polic(?:y|ies)\b/g, 'gpo'],
  [/\bapp(?:lication)?[ -]?pools?\b/g, 'pool'],
  [/\b(?:have|has|had|got) to\b/g, 'need'],
  [/\bout of the box\b/g, 'default'],
  [/\bcontainers?\b/g, 'wincontainer'],
  [/\ba (?:real |serious )?(?:problem|issue)\b/g, 'a danger'],
  [/\b(?:right|privilege) (?:is|was|got|has been) (?:missing|gone|lost|removed)\b/g, 'without right'],
  [/\b(?:basic|windows|anonymous) auth\b/g, '$&entication'],
  [/\brestart(?:ing)? (?:of )?was\b|\bwas restart\b|\bnet stop was\b/g, 'restart was-service'],
  [/\b(?:lost|missing) (?:impersonat\w+ )?(?:user )?(?:right|privilege)\b/g, 'lostright'],
  [/\b(leaves?|leaving) (.{1,40}) alone\b/g, 'keep $2'],
];

/** Words for the same thing. */
const liking: Readonly<Record<string, string>> = {
  server: 'computer machine box host',
  freb: 'tracing trace',
  site: 'website page',
  admin: 'administrator administrators',
  override: 'overrule beat win stronger',
  downtime: 'outage interruption',
};

/** Words that turn the sign: "is it dangerous" is answered by No where "is it safe" is answered by Yes. */
const turning: Readonly<Record<string, string>> = {
  not: "not cannot can't won't don't doesn't isn't aren't wasn't didn't shouldn't wouldn't couldn't haven't hasn't cant wont dont doesnt isnt arent",
  harm: 'dangerous danger risk risky insecure unsafe bad harm harmful hurt damage wrong vulnerable vulnerability hole threat malicious trouble worry',
  forbid: 'forbid forbidden prohibit illegal unsupported flag complain finding',
  break: 'break broken lose lost fail failure crash die affect impact suffer disrupt',
  differ: 'different differ difference',
};

const idling =
  'safe safely ok okay fine alright harmless good wise recommended acceptable allow permit legit legitimate normal expected work run survive healthy correct innocent sensible support include keep stay remain leave with have has had hold carry contain get receive on in list belong exist right privilege policy seimpersonateprivilege';

/** What is said of a thing. */
const claiming: Readonly<Record<string, string>> = {
  remove:
    'remove removal delete drop strip revoke kick exclude missing miss lack gone absent uninstall disappear without unlink away',
  none: 'no none neither nothing nobody never',
  change: 'touch modify alter',
  add: 'add adding grant give given gave put assign insert',
  need: 'need necessary require must mandatory compulsory depend',
  only: 'only alone solely merely exclusively enough sufficient suffice just',
  more: 'more besides additionally additional else another',
  replace: 'replace overwrite overwritten override overridden wipe reset revert',
  merge: 'merge append preserve',
  all: 'all every everything always',
  same: 'same identical equal equivalent synonym alias',
  empty: 'empty blank undefined',
  restart: 'restart reboot iisreset bounce',
  recycle: 'recycle',
  stop: 'stop prevent block protect protection',
  before: 'before until',
  other: 'other others neighbour neighbouring',
  own: 'own',
  default: 'default defaults preset',
};

/** Words that say nothing by themselves. */
export const small: ReadonlySet<string> = new Set(
  'a an the of to at for from by is are am was were be been being do does did can could may might will would shall should i we you one my our your their his its it this that these those they he there here as if when and so then than please some simply really directly also even ever still now actually truly kindly anyway me us him about into up down over after use used using make makes made which what who change fix cause mean several many multiple two both anything something any whole entire yet anymore someone somebody problem error issue thing things fault exe'.split(
    ' ',
  ),
);

/** Kinds by word and by stem; a word says more than its stem. */
function kindsOf(table: Readonly<Record<string, string>>): Map<string, string> {
  const rows = Object.entries(table).flatMap(([kind, words]) => words.split(' ').map((word) => [word, kind] as const));
  return new Map([...rows.map(([word, kind]) => [stem(word), kind] as const), ...rows]);
}

/** Kinds by word. */
export const likes = kindsOf(liking);
export const turns = kindsOf(turning);
export const claims = kindsOf(claiming);
/** Words for the opposite of harm, or for that something is there: what is asked about anyway. */
export const idle: ReadonlySet<string> = new Set(kindsOf({ idle: idling }).keys());
