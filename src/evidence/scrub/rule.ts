/** Shown in place of a private value. */
export const mark = '…';

/** Notes a private value and gives what is shown in its place: `…`, or the text given. */
export type Withholder = (value: string, shown?: string) => string;

/** One kind of private value: takes every such value out of a text. Linear in the length of the text. */
export type Rule = (text: string, withhold: Withholder) => string;
