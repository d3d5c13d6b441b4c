/**
 * The sentences of the error catalogue. Braces are facts with words for when they are unknown; the doors and the intake
 * name them (`name`, `looksLike`, `limit`, `host`, `scope` …). Facts may be hostile text: they stay literal spans.
 */
export interface ErrorText {
  /** What it is and why it cannot be used, for the person in the chat. */
  user: string;
  /** What to send instead, or what to click next. */
  next: string;
  /** For the log: where to look, without content. */
  operator: string;
  /** Another attempt may succeed, so the user is not told at once. */
  retry?: true;
  /** No further attempt can succeed, so none is made. */
  final?: true;
  /** An administrator must grant access. Reported once even where Frebot was not addressed. */
  grant?: true;
  /** A file was refused; the answer's verdict is `unreadable`. */
  unreadable?: true;
}

/** What Frebot can read, said the same way everywhere. */
const instead =
  'Send a FREB log (fr######.xml), a zip of them, a secedit export, a gpresult report, or paste the text.';

export const errorTexts = {
  'empty-file': {
    user: '{name|The file} is empty: it has 0 bytes, so there is nothing to read.',
    next: 'Copy it again from the server once IIS has finished writing it. The logs are under `%SystemDrive%\\inetpub\\logs\\FailedReqLogFiles`.',
    operator: 'An empty file was refused.',
    unreadable: true,
  },
  'not-text': {
    user: '{name|The file} is {looks-like|binary data}, not a log, whatever its name says.',
    next: instead,
    operator: 'A binary file was refused ({looks-like|type unknown}).',
    unreadable: true,
  },
  'binary-events': {
    user: '{name|The file} is a binary Windows event log (.evtx); I read events as XML.',
    next: 'In Event Viewer open it and choose Save All Events As, type XML. Or `wevtutil qe "<file>" /lf:true /f:xml /e:Events > C:\\events.xml`, then drop that.',
    operator: 'An .evtx file was refused.',
    unreadable: true,
  },
  'other-xml': {
    user: '{name|The file} is {looks-like|XML of another kind}, not a FREB log: those have the root element `<failedRequest>`.',
    next: 'Drop the `fr######.xml` itself; the file `freb.xsl` beside it is only its style sheet.',
    operator: 'XML with another root element was refused ({looks-like|root unknown}).',
    unreadable: true,
  },
  'html-page': {
    user: '{name|The file} is a web page, not a log: probably a saved error page or a sign-in page.',
    next: 'Save the log itself from the server instead of the page a browser shows, then drop it again.',
    operator: 'An HTML page was refused where a log was expected.',
    unreadable: true,
  },
  'not-evidence': {
    user: '{name|The file} is text, but no kind of evidence I know.',
    next: instead,
    operator: 'Text that no recogniser claimed was refused.',
    unreadable: true,
  },
  'too-large': {
    user: '{name|The file} is larger than I accept ({limit|100 MB} a file).',
    next: 'Drop one log, or a zip of the logs of one hour. On the server itself `frebot diagnose <folder>` reads folders of any size.',
    operator: 'A file over the limit was refused ({size|size unknown}, limit {limit|100 MB}).',
    unreadable: true,
  },
  'too-much-memory': {
    user: '{name|The file} could not be read within the memory I allow one file ({memory|512 MB}). It is within the size I accept, but it unfolds to more than a log should.',
    next: 'Drop the log of a single request, or only the part around the failure. On the server, a smaller `maxLogFileSizeKB` keeps such logs short.',
    operator:
      'The process that read a file went over its memory limit ({memory|512 MB}) and was ended; nothing else was touched.',
    unreadable: true,
  },
  'took-too-long': {
    user: '{name|The file} could not be read in time: after {seconds|30} seconds I gave it up.',
    next: 'Drop the log of a single request, or only the part around the failure. If the file is small and ordinary, tell whoever runs me the time of your message.',
    operator:
      'Reading a file went over its time limit ({seconds|30} s) and was ended; nothing else was touched. Seen with small files: look at the load of the machine.',
    unreadable: true,
  },
  'read-interrupted': {
    user: 'I was stopped while I read {name|the file}, so this time I left it out.',
    next: 'Drop it once more, alone. If I am stopped again, tell whoever runs me the time of your message.',
    operator:
      'An earlier attempt at the message ended with its process while this file was read, so it was not read again. Look for what ended the process: memory limit of the container, a kill, a power cut.',
    unreadable: true,
  },
  'file-failed': {
    user: 'I could not read {name|the file}: something in me failed, which need not be its fault.',
    next: 'Drop it once more, alone. If that fails too, tell whoever runs me the time of your message.',
    operator:
      'The thread or process that read a file ended, or could not start: look at the memory of the machine and at the installation.',
    unreadable: true,
  },
  'zip-encrypted': {
    user: '{name|The zip} is protected with a password, so I cannot look inside.',
    next: 'Zip the logs again without a password, or drop the logs themselves.',
    operator: 'An encrypted zip was refused.',
    unreadable: true,
  },
  'zip-damaged': {
    user: '{name|The zip} is damaged: its directory cannot be read, so nothing in it can be trusted.',
    next: 'Make the zip again, or drop the logs themselves.',
    operator: 'A damaged zip was refused.',
    unreadable: true,
  },
  'zip-limits': {
    user: '{name|The zip} unpacks to more than I accept ({limit|4 GB or 10,000 entries}).',
    next: 'Split it: the logs of one site or one hour are enough. On the server `frebot diagnose <folder>` reads them without a zip.',
    operator: 'A zip beyond the limits was refused ({limit|entries or bytes}).',
    unreadable: true,
  },
  'zip-ratio': {
    user: "{name|The zip} unpacks to more than {ratio|250} times its size. Real logs unpack to about 30 times, so I don't open it.",
    next: 'Drop the logs themselves, or zip only the `fr######.xml` files.',
    operator: 'A zip that unpacks to more than {ratio|250} times its size was refused: it looks like a zip bomb.',
    unreadable: true,
  },
  'zip-overlap': {
    user: "Entries of {name|the zip} overlap. No ordinary program writes such a zip, so I don't open it.",
    next: 'Make the zip again, or drop the logs themselves.',
    operator: 'A zip whose entries share bytes was refused: it looks like a zip bomb.',
    unreadable: true,
  },
  'zip-empty': {
    user: '{name|The zip} holds no file that could be evidence.',
    next: 'Put the `fr######.xml` files into it; FREB keeps them under `%SystemDrive%\\inetpub\\logs\\FailedReqLogFiles\\W3SVC<site id>`.',
    operator: 'A zip without usable entries was refused.',
    unreadable: true,
  },
  'too-deep': {
    user: '{name|The file} is nested too deeply: a zip inside a zip inside a zip, or XML without end.',
    next: 'Drop the logs themselves, or one zip with the logs directly in it.',
    operator: 'Nesting beyond the limit was refused.',
    unreadable: true,
  },
  'too-many-files': {
    user: 'These are more files than I read in one go ({limit|10,000}).',
    next: 'Send the logs of one site or one hour. On the server `frebot diagnose <folder>` has room for more.',
    operator: 'Too many files in one message ({count|number unknown}, limit {limit|10,000}).',
  },
  'path-not-found': {
    user: 'There is no file or folder at {name|that path}.',
    next: 'Check the path; file arguments are relative to the directory you are in.',
    operator: 'A path given to the terminal does not exist.',
    unreadable: true,
  },
  'path-not-readable': {
    user: 'The system does not let me read {name|that path}.',
    next: 'Run the command as a user who may read it, or copy the file to where you can.',
    operator: 'A path given to the terminal could not be opened.',
    unreadable: true,
  },
  'pasted-too-long': {
    user: 'The pasted text is longer than I read ({limit|100 KB}).',
    next: 'Save it as a file and drop that, or paste only the lines around the error.',
    operator: 'Pasted text over the limit was refused ({size|size unknown}).',
  },
  'download-sign-in-page': {
    user: 'I asked for {name|the file} and got a sign-in page instead of its bytes: I am not allowed to download files here.',
    next: 'An administrator adds the scope {scope|files:read} and installs the app again. Until then: paste the text.',
    operator:
      'Download answered 200 with HTML: the token lacks {scope|files:read}, or the app was not reinstalled after adding it.',
  },
  'download-forbidden': {
    user: 'The platform refuses to hand {name|the file} over to me (403).',
    next: 'Drop it in a direct message to me, or paste the text. An administrator can give me read access to the place it lies in.',
    operator: 'Download forbidden by {host|the file host}: grant {scope|read access to that library}.',
  },
  'download-not-found': {
    user: '{name|The file} is gone: it was deleted or moved before I could read it.',
    next: 'Drop it again.',
    operator: 'Download answered 404 at {host|the file host}.',
  },
  'download-too-large': {
    user: '{name|The file} is larger than I download ({limit|100 MB}).',
    next: 'Drop one log or a smaller zip. On the server `frebot diagnose <folder>` reads folders of any size.',
    operator: 'Download stopped at the byte limit ({limit|100 MB}).',
  },
  'download-timeout': {
    user: 'Fetching {name|the file} took too long, so I stopped.',
    next: 'Drop it again; if it happens twice, paste the text.',
    operator: 'Download from {host|the file host} timed out.',
    retry: true,
  },
  'download-blocked-host': {
    user: '{name|The file} lies at an address I do not fetch from.',
    next: 'Upload the file itself instead of a link, or paste the text.',
    operator: 'Download refused: {host|the host} is not on the allow-list, or resolves to a private address.',
  },
  'download-failed': {
    user: 'I could not download {name|the file}.',
    next: 'Drop it again; if it fails twice, paste the text and tell whoever runs me.',
    operator: 'Download from {host|the file host} failed ({reason|no reason given}).',
    retry: true,
  },
  'slack-missing-files-read': {
    user: 'I can see that {name|a file} is here, but this workspace has not given me the scope `files:read`, so I cannot open it.',
    next: 'A workspace administrator adds `files:read` under OAuth & Permissions and installs the app again. Until then: paste the text, or use `/freb diagnose`.',
    operator: 'Slack: missing_scope, files:read is needed. Add it to the app and reinstall.',
  },
  'slack-not-in-channel': {
    user: 'I am not a member of the channel that {name|the file} is in, so Slack does not let me read it.',
    next: 'Type `/invite @Frebot` there, or drop the file in a direct message to me.',
    operator: 'Slack: not_in_channel.',
    final: true,
  },
  'slack-file-external': {
    user: '{name|The file} is only a link to another service, so Slack has no bytes to give me.',
    next: 'Download it and upload the file itself.',
    operator: 'Slack: file of mode external was not fetched.',
  },
  'slack-file-deleted': {
    user: '{name|The file} has been deleted or is hidden by the limits of this workspace.',
    next: 'Upload it again.',
    operator: 'Slack: file is a tombstone or hidden_by_limit.',
  },
  'slack-connect': {
    user: '{name|The file} comes from another organization (Slack Connect), and Slack does not let me read it.',
    next: 'Download it and upload it here yourself, or paste the text.',
    operator: 'Slack: file_access check_file_info and files.info did not help.',
    final: true,
  },
  'teams-channel-file': {
    user: 'I can see that {name|a file} was dropped here, but in a channel Teams hands me a note about it, not its bytes.',
    next: 'Send it to me in a 1:1 chat, or paste the text here: both work now. To make channel files work, an administrator grants me a Microsoft Graph permission to read them ({scope|Sites.Selected for this team, or Files.Read.All}).',
    operator:
      'Teams: channel file without Graph access. RSC ChannelMessage.Read.Group gives the message, {scope|Sites.Selected or Files.Read.All} the bytes.',
  },
  'teams-group-file': {
    user: 'I can see that {name|a file} was dropped here, but in a group chat Teams hands me a note about it, not its bytes.',
    next: 'Send it to me in a 1:1 chat, or paste the text here: both work now. To make group-chat files work, an administrator grants me the Microsoft Graph permission {scope|Files.Read.All}.',
    operator:
      "Teams: group chat file without Graph access. RSC ChatMessage.Read.Chat gives the message, {scope|Files.Read.All} the bytes (they lie in the sender's OneDrive).",
  },
  'teams-file-not-offered': {
    user: 'Teams did not offer me {name|the file}: in this client or cloud, bots receive no files.',
    next: 'Use the Teams desktop client, or paste the text here.',
    operator:
      'Teams: no file.download.info attachment. Check supportsFiles in the app package; government clouds do not support it.',
  },
  'teams-page-instead': {
    user: 'I asked Teams for {name|the file} and got a web page instead of its bytes: a sign-in page, or the link that mobile clients hand to bots.',
    next: 'Drop it again from Teams on a computer, or paste the text here.',
    operator:
      'Teams: the download address of a dropped file answered with HTML. Known of files sent from iOS, whose address is a sharing link; with Files.Read.All such a link can be opened through Graph.',
  },
  'teams-report-failed': {
    user: 'I could not put the report into your OneDrive.',
    next: 'Press `Report` once more. If it fails again, the answer above holds all that the report says.',
    operator: 'Teams: the upload after a file consent failed. The log has the reason.',
  },
  'teams-rsc-channel': {
    user: 'A file was dropped here, but Teams does not let me read this message again, and without it I cannot find the file. In this team the permission ChannelMessage.Read.Group is not granted, or the channel is private or shared.',
    next: 'A team owner opens Manage team > Apps, removes Frebot and adds it again to grant it. Right now: drop {name|the file} into a 1:1 chat with me, or paste the text.',
    operator:
      'Teams: Graph answered 403 for the channel message. Resource-specific consent ChannelMessage.Read.Group is missing in this team; after a manifest change reinstall the app there. Private and shared channels need it too.',
    grant: true,
  },
  'teams-rsc-chat': {
    user: 'A file was dropped here, but Teams does not let me read this message again: in this chat the permission ChatMessage.Read.Chat is not granted.',
    next: 'Somebody in the chat removes Frebot and adds it again to grant it. Right now: drop {name|the file} into a 1:1 chat with me, or paste the text.',
    operator:
      'Teams: Graph answered 403 for the chat message. Resource-specific consent ChatMessage.Read.Chat is missing in this chat; it applies after a reinstall only.',
    grant: true,
  },
  'teams-graph-files': {
    user: 'I can see {name|the file}, but nobody has allowed me to open files of channels and group chats.',
    next: 'An Entra administrator grants the application permission Sites.Selected for this site, or Files.Read.All, with admin consent. Right now: drop it into a 1:1 chat with me, or paste the text.',
    operator:
      "Teams: Graph answered 403 for /shares/…/driveItem/content. Grant Sites.Selected (team sites only) or Files.Read.All (also group chats, whose files lie in the sender's OneDrive), then admin consent.",
    grant: true,
  },
  'teams-graph-token': {
    user: 'I cannot sign in to Microsoft Graph, which holds the files of channels and group chats.',
    next: 'Tell whoever runs me to look at my secret and tenant id. Right now: drop {name|the file} into a 1:1 chat with me, or paste the text.',
    operator:
      'Teams: no Graph token. Check TEAMS_TENANT_ID and TEAMS_APP_ID, and whether the secret or certificate has expired.',
    grant: true,
  },
  'teams-team-unknown': {
    user: 'Teams does not tell me which team this channel belongs to, so I cannot find the file that was dropped.',
    next: 'Add Frebot to the team itself (Manage team > Apps). Right now: drop {name|the file} into a 1:1 chat with me, or paste the text.',
    operator: 'Teams: neither the activity nor the team details named the group id (aadGroupId).',
    grant: true,
  },
  'answer-expired': {
    user: 'That answer is no longer kept, so its buttons have nothing to open.',
    next: 'Drop the log again, or ask again: you get a fresh answer.',
    operator: 'A button pointed at an answer that is past its retention time or was forgotten.',
  },
  'not-allowed': {
    user: 'Whoever runs me has not opened me for {what|this}.',
    next: 'Ask your administrator to add you or this place to the allow-list.',
    operator: 'Denied by the allow-list.',
    final: true,
  },
  'rate-limited': {
    user: 'Too many requests at once, so I am taking a breath.',
    next: 'Try again in {seconds|a few} seconds. For many logs at once, send them as one zip.',
    operator: 'Rate limit reached ({host|own limit}).',
    retry: true,
  },
  internal: {
    user: "Something in me failed while working on this; it is not your file's fault.",
    next: 'Try once more. If it fails again, give whoever runs me {id|the time of your message}.',
    operator: 'Unexpected error, see the log entry {id|at this time}.',
  },
  'gave-up': {
    user: 'I tried several times to work on this and never got to the end, so I stopped.',
    next: 'Drop the file once more, alone and if possible smaller. If that ends the same way, tell whoever runs me the time of your message.',
    operator: 'A message was given up: every attempt ended with the process.',
  },
  'unknown-command': {
    user: 'I do not know the command {command|you typed}.',
    next: 'Type `help` for what I can do, or just ask in your own words.',
    operator: 'Unknown command.',
  },
  'unknown-question': {
    user: 'I only know IIS failures, Failed Request Tracing and the right to impersonate; I have no answer to that.',
    next: 'Drop a FREB log, ask who should hold SeImpersonatePrivilege, or ask for a code such as 0x80070542 or 500.19.',
    operator: 'A question outside the knowledge.',
  },
  'nothing-attached': {
    user: 'There is no file here, and no text that looks like a log.',
    next: 'Drop a FREB log (`fr######.xml`) or a zip of them, or paste the text after `diagnose`. No log yet? Ask `capture`.',
    operator: 'diagnose without input.',
  },
} as const satisfies Record<string, ErrorText>;

export type ErrorCode = keyof typeof errorTexts;
