import type { Knowledge } from '../../src/knowledge/knowledge.js';
import { findVagueQuestion } from '../questions/vague.js';

/** Lines whose answers offer buttons, each after what is offered. */
export const offeringLines = (knowledge: Knowledge): [what: string, line: string][] => [
  ['the closest entries', findVagueQuestion(knowledge)],
  ['the nearest codes', 'explain 0x80071234'],
  ['kinds of things to explain', 'explain'],
  ['the commands', 'help'],
  ['the commands, to what is another matter', 'what is the weather in Oslo tomorrow'],
];

/** Commands that need neither arguments nor a thread, and what each shows. */
export const commandsAlone: [command: string, shown: RegExp][] = [
  ['help', /Commands/],
  ['explain', /Explain what/],
  ['defaults', /Administrators/],
  ['fix', /IIS_IUSRS/],
  ['compare', /Two logs/],
  ['capture', /[Tt]rac/],
  ['privacy', /keep/],
];
