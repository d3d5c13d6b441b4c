/** A conversation with Frebot, told without a platform: each door's driver plays it and checks the same words. */
export interface Scenario {
  name: string;
  /** A 1:1 chat, or a thread in a channel. */
  place: 'direct' | 'channel';
  turns: Turn[];
}

export interface ScenarioFile {
  name: string;
  bytes: Uint8Array;
}

/** One thing a person does, and what is read afterwards. */
export interface Turn {
  /** What the person writes. */
  says?: string;
  /** Files dropped with it. */
  drops?: ScenarioFile[];
  /** Label of a button of the last answer. */
  presses?: string;
  /** In a channel: whether Frebot is mentioned. True unless said. */
  mentions?: boolean;
  /** Words the answer shows, folded parts included. */
  shows?: string[];
  /** Words that stand nowhere in it. */
  hides?: string[];
  /** Frebot says nothing at all. */
  silent?: true;
}
