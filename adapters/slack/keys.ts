// Keys under which the desk and the vault know the things of Slack. Only this file writes them and takes them apart.

/** Returns what all keys of a workspace begin with. */
export function workspacePrefix(team: string): string {
  return `slack:${team}:`;
}

/** Returns what the keys of a workspace's channels begin with; those of direct messages begin otherwise. */
export function channelsPrefix(team: string): string {
  return `${workspacePrefix(team)}C`;
}

export function channelKey(team: string, channel: string): string {
  return `${workspacePrefix(team)}${channel}`;
}

/** Returns the key of a message: the same for `app_mention`, `message` and `file_shared`, which report one message. */
export function messageKey(team: string, channel: string, ts: string): string {
  return `${channelKey(team, channel)}:${ts}`;
}

/** Returns the key of a thread, which is the key of its first message. */
export function threadKey({ team, channel, thread }: { team: string; channel: string; thread: string }): string {
  return messageKey(team, channel, thread);
}

/** Returns the key of a file that arrives after its message was claimed. */
export function lateFileKey(message: string, file: string): string {
  return `${message}:${file}`;
}

/** Returns the key of a slash command, which is also the key of the thread its answer begins. */
export function commandKey(team: string, channel: string, trigger: string): string {
  return `${channelKey(team, channel)}:command:${trigger}`;
}

/** Returns the key of a press: the same for every delivery of it. */
export function pressKey(team: string, channel: string, trigger: string): string {
  return `${channelKey(team, channel)}:press:${trigger}`;
}

/** Returns the key of a request made with the shortcut of a message. */
export function shortcutKey(message: string, actionTs: string): string {
  return `${message}:shortcut:${actionTs}`;
}

/** Returns the key of what a person entered in the form of "Not it". */
export function reasonKey(team: string, channel: string, view: string): string {
  return `${channelKey(team, channel)}:reason:${view}`;
}

/** Returns the key of the greeting in a channel, so that there is one. */
export function greetingKey(team: string, channel: string): string {
  return `${channelKey(team, channel)}:greeting`;
}

/** Returns the key of a submitted form. */
export function formKey(team: string, view: string): string {
  return `${workspacePrefix(team)}view:${view}`;
}

/** Returns channel and ts of a thread; undefined for an answer in no thread. */
export function parseThread(key: string): { channel: string; ts: string } | undefined {
  const [, channel, ts] = /^slack:[^:]+:([^:]+):(\d+\.\d+)$/.exec(key) ?? [];
  return channel && ts ? { channel, ts } : undefined;
}

/** Returns channel and ts of a thread in a channel; undefined for direct messages and for answers that one person saw. */
export function parseChannelThread(key: string): { channel: string; ts: string } | undefined {
  const thread = parseThread(key);
  return thread?.channel.startsWith('C') ? thread : undefined;
}

/** Returns the vault's name for the installation of a workspace. */
export function installationName(team: string): string {
  return `slack:installation:${team}`;
}

/** Returns the vault's name for the switches of a workspace. */
export function preferencesName(team: string): string {
  return `slack:preferences:${team}`;
}
