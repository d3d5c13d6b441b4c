import type { Verdict } from '../diagnosis/report.js';
import type { Waterfall } from '../evidence/evidence.js';
import type { Shell } from '../knowledge/shells.js';
import type { HourCounts } from './hour-counts.js';

/** A piece of text with a meaning. Every string is literal: no renderer may read markup in it. */
export type Span = string | { code: string } | { strong: string } | { link: string; href: string };
export type Text = string | Span[];

/** What happens at a size limit: `fold` goes behind "show more" first, then `normal`; `always` stays. Nothing is cut silently. */
export type Keep = 'always' | 'normal' | 'fold';

interface PartBase {
  /** Stable within an answer, so that a button can point at it: `proof`, `fix`, `defaults` … */
  id: string;
  heading?: string;
  keep: Keep;
  /** True for a text to forward: a door that can copies it whole. */
  copy?: true;
}

interface TextPart extends PartBase {
  kind: 'text';
  text: Text;
}
/** Labels with their values; with empty labels, a list. */
interface FactsPart extends PartBase {
  kind: 'facts';
  facts: { label: string; value: Text }[];
}
export interface TablePart extends PartBase {
  kind: 'table';
  /** The chart behind the table, for doors that can draw it. */
  waterfall?: Waterfall;
  /** The same for failures over time. */
  hours?: HourCounts;
  columns: string[];
  rows: Text[][];
  /** The whole of it as CSV, for a door that offers files. */
  csv?: string;
}
export interface StepsPart extends PartBase {
  kind: 'steps';
  steps: Step[];
}
export interface Step {
  text: Text;
  command?: string;
  /** Where the command is typed. */
  shell?: Shell;
  note?: Text;
  rollback?: Text;
}
/** Commands to copy, one line each unless it is a script. */
export interface CommandPart extends PartBase {
  kind: 'command';
  command: string;
  language?: 'cmd' | 'powershell';
  note?: Text;
}
/** Raw values with their events. */
interface EvidencePart extends PartBase {
  kind: 'evidence';
  items: EvidenceItem[];
}
export interface EvidenceItem {
  file?: string;
  event?: number;
  eventName?: string;
  field?: string;
  value: string;
  note?: Text;
}
interface NoticePart extends PartBase {
  kind: 'notice';
  level: 'info' | 'warning';
  text: Text;
}

export type Part = TextPart | FactsPart | TablePart | StepsPart | CommandPart | EvidencePart | NoticePart;

/** A button. `part` names the part it opens, `case` the stored answer it belongs to (filled in by the desk). */
export interface Action {
  id: string;
  label: string;
  case?: string;
  part?: string;
}

export interface Source {
  title: string;
  url?: string;
  date?: string;
}

/** What the user reads, platform-neutral. `summary` is one full sentence for notifications and screen readers. */
export interface Answer {
  /** Id under which the desk has stored it, for "show more" and the report. Filled in by the desk. */
  case?: string;
  title: Text;
  summary: string;
  verdict?: Verdict;
  parts: Part[];
  actions: Action[];
  sources: Source[];
}

/** Returns a text as a plain string, for goldens, notifications and size counts. */
export function plainText(text: Text): string {
  if (typeof text === 'string') return text;
  return text
    .map((span) => {
      if (typeof span === 'string') return span;
      if ('code' in span) return span.code;
      if ('strong' in span) return span.strong;
      return span.link;
    })
    .join('');
}
