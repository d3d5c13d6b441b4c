import { isRightName } from './export.js';

/** A list of holders that a task of Ansible puts in the place of the one that is there. */
interface TaskRow {
  right: string;
  holders: string[];
  /** 1-based number of the line that names the right. */
  line: number;
}

const longestTask = 40;
const moduleLine = /^\s{0,40}(?:- )?(?:ansible\.windows\.)?win_user_right:\s*$/;
const nameLine = /^\s{0,40}name:\s{0,10}['"]?(Se[A-Za-z]{3,60})['"]?\s*$/;
const actionLine = /^\s{0,40}action:\s{0,10}['"]?(\w{3,10})['"]?\s*$/;
const usersLine = /^(\s{0,40})users:\s{0,10}(\[[^\]\n]{0,1000}\])?\s*$/;
const item = /^\s{0,40}-\s{1,10}(?![\w.]{1,80}:(?:\s|$))(\S.{0,200}?)\s*$/;

/** Returns the rights that tasks with `win_user_right` set. A task that only adds or removes replaces no list. */
export function ansibleRights(text: string): TaskRow[] {
  const lines = text.slice(0, 200_000).split('\n');
  return lines.flatMap((line, i) =>
    moduleLine.test(line) ? taskBelow(lines.slice(i + 1, i + longestTask), i + 1) : [],
  );
}

function taskBelow(lines: readonly string[], above: number): TaskRow[] {
  const end = lines.findIndex((line) => moduleLine.test(line) || /^- /.test(line));
  const own = end < 0 ? lines : lines.slice(0, end);
  const named = own.findIndex((line) => nameLine.test(line));
  const right = nameLine.exec(own[named] ?? '')?.[1];
  const action = own.map((line) => actionLine.exec(line)?.[1]).find((one) => one !== undefined) ?? 'set';
  const at = own.findIndex((line) => usersLine.test(line));
  if (right === undefined || !isRightName(right) || action !== 'set' || at < 0) return [];
  const listed = usersLine.exec(own[at]!)?.[2];
  const holders = listed === undefined ? itemsBelow(own.slice(at + 1)) : listed.slice(1, -1).split(',');
  return [{ right, holders: holders.map(plainName).filter((one) => one !== ''), line: above + named + 1 }];
}

function itemsBelow(lines: readonly string[]): string[] {
  const end = lines.findIndex((line) => !item.test(line));
  return (end < 0 ? lines : lines.slice(0, end)).map((line) => item.exec(line)![1]!);
}

const plainName = (text: string) => text.trim().replace(/^(['"])(.*)\1$/, '$2');
