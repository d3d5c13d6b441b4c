/** Shown in place of a private value. */
export const mark = '…';

/** Counts a private value and returns what is shown in its place: `…`, or the text given. */
export type Withholder = (value: string, shown?: string) => string;

/** Takes every private value of one kind out of a text, in time linear in its length. */
export type Rule = (text: string, withhold: Withholder) => string;
