import type { Action, Answer, Part, Text } from './answer.js';
import { toPersonSpan } from './person-span.js';
import { formatUtc } from './wording.js';

/** A cause that a watcher's post is about. */
export type PostedCause = {
  cause: string;
  title: string;
};

/** A muted cause: who muted it, as the platform's id, and until when (ISO 8601). */
export type Mute = {
  cause: string;
  by: string;
  until: string;
};

/** The actions below a watcher's post: mute one of its causes, and undo that. The cause follows behind a colon. */
const muteAction = 'mute-cause';
const unmuteAction = 'unmute-cause';

/** Returns what a mute button does, and to which cause; undefined for other actions. Older buttons name no cause. */
export function readMuteAction(action: string): { isMute: boolean; cause: string | undefined } | undefined {
  const [name, cause] = action.split(':');
  return name === muteAction || name === unmuteAction ? { isMute: name === muteAction, cause } : undefined;
}

/** Returns a watcher's post as it stands: a button for each of its causes, and who muted which until when. */
export function withMutes(answer: Answer, causes: readonly PostedCause[], mutes: readonly Mute[]): Answer {
  const isOnly = causes.length === 1;
  const muteOf = (cause: string) => mutes.find((one) => one.cause === cause);
  const notices = causes.flatMap(({ cause, title }, index): Part[] => {
    const mute = muteOf(cause);
    const id = isOnly ? 'muted' : `muted-${index + 1}`;
    return mute
      ? [{ kind: 'notice', id, keep: 'always', level: 'info', text: sayMuted(mute, isOnly ? '' : title) }]
      : [];
  });
  const actions = causes.map(({ cause, title }): Action => {
    const [name, label] = muteOf(cause) ? [unmuteAction, 'Unmute'] : [muteAction, 'Mute'];
    const what = isOnly ? (name === muteAction ? `${label} this cause` : label) : `${label}: ${title}`;
    return { id: `${name}:${cause}`, label: what, ...(answer.case && { case: answer.case }) };
  });
  const others = answer.actions.filter(({ id }) => readMuteAction(id) === undefined);
  return { ...answer, actions: [...others, ...actions], parts: [...notices, ...answer.parts] };
}

function sayMuted({ by, until }: Mute, title: string): Text {
  const begin = title === '' ? 'Muted' : `${title}: muted`;
  return [
    `${begin} until ${formatUtc(until)} by `,
    toPersonSpan(by),
    ". I keep counting here, and I won't post about this cause again until then.",
  ];
}
