/** A file that Teams offers in a 1:1 chat. Its address needs no token and never gets one. */
export type OfferedFile = {
  via: 'offer';
  name: string;
  url: string;
};

/** Where Microsoft Graph finds a message of a channel or group chat. */
export type ChannelPosition = {
  chat: string;
  message: string;
  /** Channels only: id of the first message of the thread; equal to `message` for the first message itself. */
  root: string | null;
  /** Channels only: the team's group id when the activity names it, and its thread id, from which the group id is found. */
  group: string | null;
  team: string | null;
  serviceUrl: string;
  tenant: string;
};

/** A file dropped into a channel or group chat. Names the message, which is read again through Microsoft Graph. */
export type DroppedFile = ChannelPosition & {
  via: 'graph';
  lasting: true;
  /** Placeholder until Graph names the file. */
  name: string;
  unnamed?: true;
  attachment: string;
};

/** A file that comes with a message action, by its address in SharePoint or OneDrive. */
export type SharedFile = {
  via: 'share';
  lasting?: true;
  name: string;
  url: string;
  tenant: string;
};

/** A reference with which a file of Teams can be fetched. The desk stores it as JSON. */
export type TeamsFileRef = OfferedFile | DroppedFile | SharedFile;
