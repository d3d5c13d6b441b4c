import type { Answer, Part, Step } from '../answer/answer.js';
import { findOwnerText } from '../answer/owner-texts.js';
import { captureAnswer, defaultsAnswer, fixAnswer } from '../answer/right-answer.js';
import { stepOf, stepsPart } from '../answer/steps.js';
import { topicAnswer } from '../answer/topic-answer.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Topic } from '../knowledge/schema.js';
import { withNamedFacts } from './named-facts.js';
import { polarAnswer } from './polar.js';
import { withPoolSid } from './pool-sid.js';
import type { Question } from './read.js';
import { fold } from './words.js';

/** Words that ask for one way of giving the right back. The first that fits; the stopgap only by its name. Without any the short answer covers all. */
const ways: readonly (readonly [RegExp, string])[] = [
  [/\bstop[ -]?gap\b/, 'stopgap'],
  [/\b(change )?ticket\b|\bchange request\b/, 'ticket'],
  [/\b(text|wording|draft|write|fix) .{0,20}\bexception\b|^fix (cis |stig )?exception$/, 'exception'],
  [
    /\b(gpo owner|owner|owned by|belongs to|managed by|(an)?other (team|department)|message|letter|mail|e-mail)\b/,
    'gpo-owner',
  ],
  [/\b(dsc|ansible|lgpo|ntrights|carbon|powerstig|intune|tools?)\b/, 'tools'],
  [/\b(powershell|script|posh|server core|core|secedit)\b|パワーシェル/, 'powershell'],
  [/\b(secpol(\.msc)?|local polic\w*|local|workgroup|no gpo|without a? ?gpo)\b/, 'local'],
  [
    /\b(gpos?|group polic\w*|gpmc|domain|gruppenrichtlinie\w*|directiva de grupo|stratégie de groupe)\b|グループ ?ポリシー|组策略/,
    'gpo',
  ],
];

/** Sentences made of words too common to search by. The whole question must be one of them. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [
    /^\W*((please|can you|could you|hi|hello|hey|frebot)\W+)*(help( me)?( please)?|hilfe|aide|ayuda|ヘルプ|帮助)\W*$/,
    'freb-what-i-read',
  ],
  [
    /^\W*((hi|hello|hey|so)\W+)?what (can|do|could) (i|you) (ask|do|know|answer|read|understand)( you)?( about)?( here)?\W*$/,
    'freb-what-i-read',
  ],
  [/^\W*((hi|hello|hey|so)\W+)?what (are|is) you(r)? (able to do|capable of|for|purpose)\W*$/, 'freb-what-i-read'],
  [
    /^\W*what (kinds? of )?(files?|logs?|questions?|evidence) (can|do|could) (i|you) \w+( here)?\W*$/,
    'freb-what-i-read',
  ],
  [
    /^\W*(?!.*\b(keep|store|safe|share|compare|did)\b)(?!.*\bi (need |have |want )?(to )?(do|know|work|understand|handle|answer)\b)(what|which|how|can|who)\b.{0,50}\b(you|this bot|the bot|frebot|i)\b.{0,14}\b(do|does|work|works|send|drop|upload|give|accept|understand|read|ask|use|help|handle|support|answer|know|for|exactly|here|this bot|frebot|paste)( exactly| here| you| for me| with| me)*\W*$/,
    'freb-what-i-read',
  ],
  [
    /^\W*(what|which) (file )?(formats?|files?|file types?|inputs?)\b.{0,30}\b(accept|support|read|allow|work)\w*( here)?\W*$/,
    'freb-what-i-read',
  ],
  [
    /^\W*how does (this|the) (bot|thing|tool|frebot) work\W*$|^\W*what is (this|the) bot( for| about| good for)?\W*$|^\W*can i (drop|send|upload|paste) .{0,30}\b(zip|files?|folder|logs?|here)\b.{0,12}$/,
    'freb-what-i-read',
  ],
  [/^\W*(was kannst du|que peux-tu faire|qué puedes hacer|何ができますか|你能做什么)\W*$/, 'freb-what-i-read'],
  // The forms of the command table, for whoever types them as a question.
  [
    /^defaults?( (for|on|of|in))?( (the|a|an))?( (dcs?|domain|default domain|client|workstation|member|stand-?alone|server|windows|iis|web).*)?$/,
    'default-holders',
  ],
  [
    /^fix( (gpo|local( policy)?|powershell|script|stopgap|tools?|(gpo[- ])?owner|letter|message|(change )?ticket|((cis|stig) )?exception))?$/,
    'fix-impersonate',
  ],
  [/^(capture|record|trace)$/, 'freb-enable'],
  [/^(reboot|restart|iisreset)( needed| required| necessary)?\W*$/, 'reboot-needed'],
  [/^(undo|roll ?back)\W*$/, 'undo-fix'],
];

const hello =
  /^\W*((hi|hello|hey|hallo|hola|bonjour|moin|good (morning|afternoon|evening|day)|guten (morgen|tag)|servus)\b\W*)+((to )?(all|everyone|everybody|team|folks|guys|there|you|frebot|bot)\b\W*)*$/;
const thanks =
  /^\W*((ok(ay)?|great|perfect|nice|cool|super|awesome|alright|got it|understood|makes sense|many|thanks?|thank (you|u)|thx|ty|cheers|danke( schön)?|vielen dank|merci( beaucoup)?|gracias|ありがとう(ございます|ございました)?|谢谢|謝謝|that (helped|works|worked|did it|was it)|it (helped|works( now)?|worked)|you rock|well done|good (bot|job)|so much|a lot|very much|for (the|your) (help|answer|info|quick \w+)|frebot|bot|all|guys|everyone|again|👍)(?![a-z])\W*)+$/;

/** Good manners ask nothing. */
export function manners(text: string): 'hello' | 'thanks' | undefined {
  if (text.length > 100) return undefined;
  return hello.test(text) ? 'hello' : thanks.test(text) ? 'thanks' : undefined;
}

/** The topic of such a sentence. */
export function sentence(text: string): string | undefined {
  return text.length > 120 ? undefined : sentences.find(([pattern]) => pattern.test(text))?.[1];
}

/**
 * The answer of a topic, by its intent: some topics have a builder of their own that knows the case better than a text.
 * A question for yes or no gets its answer in the first word, where the topic knows that very question.
 */
export function topicByIntent(topic: Topic, asked: Question, knowledge: Knowledge): Answer {
  switch (topic.intent) {
    case 'defaults':
      return defaultsAnswer(knowledge, place(asked.text));
    case 'fix': {
      const way = ways.find(([pattern]) => pattern.test(asked.text))?.[1];
      if (way !== undefined && hasWay(way, knowledge)) return fixAnswer(knowledge, way);
      return withSteps(topic, knowledge);
    }
    case 'capture':
      return topic.id === 'freb-enable' && knowledge.recipes.has('capture')
        ? captureAnswer(knowledge)
        : withSteps(topic, knowledge);
    default:
      if (topic.id === 'pool-sid') return withPoolSid(topicAnswer(topic, knowledge), asked.text);
      return spoken(topic, asked, knowledge);
  }
}

function hasWay(way: string, knowledge: Knowledge): boolean {
  return knowledge.recipes.has(way) || findOwnerText(knowledge, way) !== undefined;
}

/** Yes or no where the question is understood to its last word; else the statement, the row that was asked for first. */
function spoken(topic: Topic, asked: Question, knowledge: Knowledge): Answer {
  const said = polarAnswer(topic, asked.text, knowledge);
  if (said !== undefined) return yesOrNo(topic, said, knowledge);
  return withNamedFacts(withSteps(topic, knowledge), topic, asked.text);
}

/** A topic whose answer is a procedure: the steps stand right after the sentence that is the answer. */
function withSteps(topic: Topic, knowledge: Knowledge): Answer {
  const answer = topicAnswer(topic, knowledge);
  const steps = topic.steps.map((s) => stepOf(s, () => undefined)).filter((s): s is Step => s !== undefined);
  if (steps.length === 0) return answer;
  const at = answer.parts.findIndex((part) => part.id === 'answer') + 1;
  const part = stepsPart({ id: 'steps', heading: 'Steps', keep: 'always', steps });
  return { ...answer, parts: [...answer.parts.slice(0, at), part, ...answer.parts.slice(at)] };
}

/** The title says Yes or No, so that the first line of a chat notification already answers. */
function yesOrNo(topic: Topic, polar: string, knowledge: Knowledge): Answer {
  const end = polar.search(/[.!](\s|$)/);
  const first = end < 0 ? polar : polar.slice(0, end);
  const rest = end < 0 ? '' : polar.slice(end + 1).trim();
  const answer = withSteps({ ...topic, title: first, answer: rest === '' ? topic.answer : rest }, knowledge);
  return { ...answer, summary: polar.replaceAll('`', '') };
}

/** Server types as people write them in other languages, in the words of the table. */
const places: readonly (readonly [RegExp, string])[] = [
  [
    /domänencontroller\w*|contrôleurs? de domaine|controlador(es)? de dominio|ドメイン ?コントローラー?|域控制器|網域控制站|\bdcs\b/,
    'domain controller',
  ],
  [/mitgliedsserver\w*|serveurs? membres?|servidor(es)? miembros?|メンバー ?サーバー|成员服务器/, 'member server'],
  [/eigenständig\w*|autonom\w*|independiente|スタンドアロン|独立服务器/, 'stand-alone'],
  [/webserver\w*|serveurs? web|servidor(es)? web|web サーバー|web 服务器/, 'web server'],
];

/** What `defaultsAnswer` looks for: the question, with foreign names of server types put into English. */
function place(text: string): string {
  // "server" alone is no server type: every question about defaults may hold it.
  const english = places.reduce((out, [pattern, name]) => out.replace(pattern, ` ${name} `), text);
  return /\b(member|web|iis)\b/.test(english) ? english : english.replace(/\bservers?\b(?! 20\d\d)/g, ' ');
}

/** The setting's name as the asker's Windows shows it, when the question used a translated one. */
export function withLocalName(answer: Answer, text: string, knowledge: Knowledge): Answer {
  const rows = knowledge.topics.get('display-names')?.facts ?? [];
  for (const { label, value } of rows) {
    const name = label === 'English' ? undefined : value.split(' / ').find((n) => text.includes(fold(n)));
    if (name === undefined) continue;
    const part: Part = {
      kind: 'text',
      id: 'local-name',
      keep: 'normal',
      text: `In your Windows (${label}) the setting reads “${name}”.`,
    };
    return { ...answer, parts: [...answer.parts, part] };
  }
  return answer;
}
