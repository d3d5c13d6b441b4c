/**
 * The sentences of the error catalogue. Braces hold facts, with the words to use when a fact is unknown; the doors and
 * the intake supply them (`name`, `looksLike`, `limit`, `host`, `scope` …). Facts may be hostile text, so they stay literal.
 */
export interface ErrorText {
  /** The problem and its reason, for the person in the chat. */
  user: string;
  /** What to send instead, or what to click next. */
  next: string;
  /** For the log: where to look, without content. */
  operator: string;
  /** Another attempt may succeed, so the user does not hear of it at once. `soon`: within seconds or never. */
  retry?: true | 'soon';
  /** No further attempt can succeed, so none is made. */
  final?: true;
  /** There were too many requests: nothing was posted, and the same succeeds after a pause. */
  throttled?: true;
  /** A watcher's post is left out, where others wait until the place is fixed; `edit`: an edit only, because the post is gone. */
  lasting?: true | 'edit';
  /** An administrator must grant access. Reported once even where Frebot was not addressed. */
  grant?: true;
  /** The person can upload the file to Frebot alone: the answer has a button for it. */
  upload?: true;
  /** A file was refused; the answer's verdict is `unreadable`. */
  unreadable?: true;
}

/** What to send in place of a file that is not evidence. */
const sendEvidence =
  'Send a FREB log (fr######.xml), a zip of them, a secedit export, a gpresult report, or paste the text.';

export const errorTexts = {
  'empty-file': {
    user: "{name|The file} is empty: {looks-like|it has 0 bytes}, so there's nothing to read.",
    next: 'Copy it again from the server once IIS has finished writing it. The logs are under `%SystemDrive%\\inetpub\\logs\\FailedReqLogFiles`.',
    operator: 'An empty file was refused.',
    unreadable: true,
  },
  'not-text': {
    user: "{name|The file} is {looks-like|binary data}. I read text, zips and event logs (.evtx), so I can't use it.",
    next: sendEvidence,
    operator: 'A binary file was refused ({looks-like|type unknown}).',
    unreadable: true,
  },
  'other-archive': {
    user: '{name|The file} is {looks-like|an archive of another kind}. The only archives that I open are zips.',
    next: 'Unpack it and drop the logs themselves, or pack them as a zip: mark them in Explorer, right-click, Send to, Compressed (zipped) folder.',
    operator: 'An archive that is not a zip was refused ({looks-like|type unknown}).',
    unreadable: true,
  },
  'holds-secrets': {
    user: "{name|The file} is {looks-like|a file with secrets in it}. I don't read it, and it doesn't belong in a chat: such a file can hold passwords, keys, cookies or whatever was in memory. Please delete it here.",
    next: 'For a crash, send the events 1000 and 1026 of that minute from the Application log (Event Viewer, Copy, Copy Details as Text). For a certificate, send the output of `netsh http show sslcert`. For a request that fails, send its FREB log (`fr######.xml`).',
    operator:
      'A file that can hold secrets was refused ({looks-like|type unknown}): a dump, a private key or a store of passwords.',
    unreadable: true,
  },
  recording: {
    user: "{name|The file} is {looks-like|a recording of the network}. I don't read it, and it doesn't belong in a chat: it holds the cookies, tickets and passwords of the person who was recorded. Please delete it here.",
    next: 'For a request that fails, send its FREB log (`fr######.xml`); I withhold those from it. If there is none, copy the text of the error page, and paste it here with the address and the time. To see the headers of an answer, send what `curl.exe -sI <address>` prints.',
    operator: 'A recording of a browser or of the network was refused ({looks-like|type unknown}).',
    unreadable: true,
  },
  'registry-file': {
    user: "{name|The file} is {looks-like|an export of the registry}. I don't read it: such a file can hold passwords and keys, and a double-click changes the computer it is opened on.",
    next: 'Send only the values in question, as text: `reg query "<key>" /v <value>`. For the user rights, send what `secedit /export /areas USER_RIGHTS /cfg C:\\ur.inf` writes.',
    operator: 'An export of the registry was refused.',
    unreadable: true,
  },
  'event-trace': {
    user: "{name|The file} is {looks-like|an event trace of Windows}. I can't read that format.",
    next: 'For a request that fails or is slow, send its FREB log (`fr######.xml`). For a crash or a pool that stopped, send the events of that minute (Event Viewer, Copy, Copy Details as Text, or the `.evtx` file). For requests that never reach IIS, send the log of `C:\\Windows\\System32\\LogFiles\\HTTPERR`.',
    operator: 'A trace or a log of counters was refused ({looks-like|type unknown}).',
    unreadable: true,
  },
  mail: {
    user: "{name|The file} is {looks-like|a saved mail}. I don't read mails: they hold names, addresses and what was meant for others.",
    next: 'Save what is attached to it, and drop that here. Is the error in its text? Then copy the text of the error only, and paste it here.',
    operator: 'A mail was refused ({looks-like|type unknown}).',
    unreadable: true,
  },
  picture: {
    user: "{name|The file} is {looks-like|a picture or a document}. I'm sorry, I can't read what is written in one: I read text only.",
    next: 'Please copy the text instead. For an error page, mark the whole page (Ctrl+A), copy it and paste it here. I need the heading with its number, Module, Notification, Error Code, Config Error, Config File and Config Source, or the exception with its stack trace. For an event, choose Copy, Copy Details as Text in Event Viewer.',
    operator: 'A picture or document was refused ({looks-like|type unknown}).',
    unreadable: true,
  },
  'binary-events': {
    user: "{name|The file} is {looks-like|a binary Windows event log}, but I couldn't read a single event in it. It was cut off, or it's a format I don't know.",
    next: 'Save it again: in Event Viewer, choose Save All Events As, type Event Files (.evtx) or XML. Or run `wevtutil qe "<file>" /lf:true /f:xml /e:Events > C:\\events.xml` on the server. Then drop that file here.',
    operator: 'An event log in which no event could be read was refused ({looks-like|type unknown}).',
    unreadable: true,
  },
  'other-xml': {
    user: '{name|The file} is {looks-like|XML of another kind}, not one of the kinds that I know. A FREB log has the root element `<failedRequest>`.',
    next: 'Drop the `fr######.xml` itself (the `freb.xsl` beside it is only its style sheet), events as XML with their `<Event>` elements, a whole `web.config` or `applicationHost.config`, or a report of gpresult.',
    operator: 'XML with another root element was refused ({looks-like|root unknown}).',
    unreadable: true,
  },
  'html-page': {
    user: '{name|The file} is {looks-like|a web page}, but not one I know. It may be the page of a portal, or a sign-in page that was saved in place of the file.',
    next: 'Is it an error page? Open it on the web server itself, mark the whole page (Ctrl+A), copy it and paste it here. Did you mean a log? Copy the file from the server instead of saving a page in the browser.',
    operator: 'An HTML page was refused where a log was expected.',
    unreadable: true,
  },
  'not-evidence': {
    user: '{name|The file} is text, but not a kind of evidence I can read. It comes close to {looks-like|none of those I know}.',
    next: 'Send it once more, whole and as it came: an access log with its `#Fields` line, an event with its source and number (Event Viewer, Copy, Copy Details as Text), an error page from its heading on, a command together with its output, a configuration or a FREB log (`fr######.xml`) as the file itself.',
    operator: 'Text that no reader recognised was refused.',
    unreadable: true,
  },
  'too-large': {
    user: '{name|The file} is larger than I accept ({limit|100 MB} a file).',
    next: 'Drop one log, or a zip with the logs of one hour. On the server, `frebot diagnose <folder>` reads folders of any size.',
    operator: 'A file over the limit was refused ({size|size unknown}, limit {limit|100 MB}).',
    unreadable: true,
  },
  'too-large-together': {
    user: 'These files together are larger than I read at once ({limit|200 MB}).',
    next: 'Drop a part of them, or a zip with the logs of one hour. On the server, `frebot diagnose <folder>` reads folders of any size.',
    operator: 'An upload was refused, because its files together were over the limit ({limit|200 MB}).',
    unreadable: true,
  },
  'too-much-memory': {
    user: '{name|The file} needs more memory than I allow for one file ({memory|512 MB}). Its size is fine, but its contents expand to more than a log should.',
    next: 'Drop the log of a single request, or only the part around the failure. On the server, a smaller `maxLogFileSizeKB` keeps such logs short.',
    operator:
      'The process that read a file went over its memory limit ({memory|512 MB}) and was ended. Other work went on.',
    unreadable: true,
  },
  'took-too-long': {
    user: '{name|The file} took too long to read, so I stopped after {seconds|30} seconds.',
    next: 'Drop the log of a single request, or only the part around the failure. If the file is small, tell my administrator the time of your message.',
    operator:
      'Reading a file went over its time limit ({seconds|30} s) and was ended. Other work went on. If the files are small, check the load of the machine.',
    unreadable: true,
  },
  'read-interrupted': {
    user: 'My process ended while I was reading {name|the file}, so I left it out this time.',
    next: 'Drop it again by itself. If it happens again, tell my administrator the time of your message.',
    operator:
      'An earlier attempt at the message ended with its process while this file was read, so it was not read again. Look for what ended the process: memory limit of the container, a kill, a power cut.',
    unreadable: true,
  },
  'file-failed': {
    user: 'I ran into an internal error while reading {name|the file}. The file may be fine.',
    next: 'Drop it again by itself. If that fails too, tell my administrator the time of your message.',
    operator:
      'The thread or process that read a file ended, or could not start. Check the memory of the machine and the installation.',
    unreadable: true,
  },
  'zip-encrypted': {
    user: "{name|The zip} is protected with a password, so I can't open it.",
    next: 'Zip the logs again without a password, or drop the logs themselves.',
    operator: 'An encrypted zip was refused.',
    unreadable: true,
  },
  'zip-damaged': {
    user: "{name|The zip} is damaged, or only a part of it arrived: I can't read its list of files, so I don't trust anything in it.",
    next: 'Copy it once more, or create it again, or drop the logs themselves.',
    operator: 'A damaged zip was refused.',
    unreadable: true,
  },
  'zip-limits': {
    user: '{name|The zip} unpacks to more than I accept ({limit|4 GB or 10,000 entries}).',
    next: 'Split it: the logs of one site or one hour are enough. On the server, `frebot diagnose <folder>` reads them without a zip.',
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
    next: 'Create the zip again, or drop the logs themselves.',
    operator: 'A zip whose entries share bytes was refused: it looks like a zip bomb.',
    unreadable: true,
  },
  'zip-empty': {
    user: '{name|The zip} contains no file I can use as evidence.',
    next: 'Put the `fr######.xml` files into it. IIS keeps them under `%SystemDrive%\\inetpub\\logs\\FailedReqLogFiles\\W3SVC<site id>`.',
    operator: 'A zip without usable entries was refused.',
    unreadable: true,
  },
  'unsafe-name': {
    user: "I left out {looks-like|one file} of the zip, because the name leads out of its folder, or is one that Windows keeps for a device or a stream: {name|a name that I can't show}. No ordinary program packs such a name.",
    next: 'If you packed the zip yourself, pack the logs again with relative names: mark the files in Explorer, right-click, Send to, Compressed (zipped) folder. If it was sent to you, ask who made it before you unpack it.',
    operator:
      'An entry of a zip was left out because of its name: it leads out of its folder, or is reserved by Windows.',
    unreadable: true,
  },
  'too-deep': {
    user: '{name|The file} is a zip inside a zip. I open only the outer one, because a zip in a zip can be a trap.',
    next: 'Drop the logs themselves, or one zip with the logs directly in it.',
    operator: 'Nesting beyond the limit was refused.',
    unreadable: true,
  },
  'too-many-files': {
    user: "That's more files than I read at once ({limit|10,000}).",
    next: 'Send the logs of one site or one hour. On the server, `frebot diagnose <folder>` takes more.',
    operator: 'Too many files in one message ({count|number unknown}, limit {limit|10,000}).',
  },
  'path-not-found': {
    user: "I can't find a file or folder at {name|that path}.",
    next: 'Check the path. Relative paths start at your current directory.',
    operator: 'A path given to the terminal does not exist.',
    unreadable: true,
  },
  'path-not-readable': {
    user: "The system doesn't let me read {name|that path}.",
    next: 'Run the command as a user who can read it, or copy the file to a folder you can read.',
    operator: 'A path given to the terminal could not be opened.',
    unreadable: true,
  },
  'pasted-too-long': {
    user: 'The pasted text is longer than I accept ({limit|1 MB}).',
    next: 'Save it as a file and drop that, or paste only the lines around the error.',
    operator: 'Pasted text over the limit was refused ({size|size unknown}).',
  },
  'download-sign-in-page': {
    user: "I tried to download {name|the file} and got a sign-in page instead: I'm not allowed to download files here.",
    next: 'Ask an administrator to add the scope {scope|files:read} and reinstall the app. Until then, paste the text.',
    operator:
      'The download answered 200 with HTML: the token lacks {scope|files:read}, or the app was not reinstalled after the scope was added.',
  },
  'download-forbidden': {
    user: "The platform doesn't let me download {name|the file} (403).",
    next: 'Drop it in a direct message to me, or paste the text. An administrator can give me read access to its location.',
    operator: '{host|The file host} refused the download. Grant {scope|read access to that library}.',
  },
  'download-not-found': {
    user: '{name|The file} is gone. It was deleted or moved before I could read it.',
    next: 'Drop it again.',
    operator: 'The download answered 404 at {host|the file host}.',
    retry: 'soon',
  },
  'download-too-large': {
    user: '{name|The file} is larger than I can download ({limit|100 MB}).',
    next: 'Drop one log or a smaller zip. On the server, `frebot diagnose <folder>` reads folders of any size.',
    operator: 'The download stopped at the byte limit ({limit|100 MB}).',
  },
  'download-timeout': {
    user: 'Downloading {name|the file} took too long, so I stopped.',
    next: 'Drop it again. If it happens twice, paste the text.',
    operator: 'The download from {host|the file host} timed out.',
    retry: true,
  },
  'download-blocked-host': {
    user: "{name|The file} is at an address I don't download from.",
    next: 'Upload the file itself instead of a link, or paste the text.',
    operator: 'A download was refused: {host|the host} is not on the allow-list, or resolves to a private address.',
  },
  'download-failed': {
    user: "I couldn't download {name|the file}.",
    next: 'Drop it again. If it fails twice, paste the text and tell my administrator.',
    operator: 'The download from {host|the file host} failed ({reason|no reason given}).',
    retry: true,
  },
  'slack-missing-files-read': {
    user: "I can see that {name|a file} is here, but this workspace hasn't given me the scope `files:read`, so I can't open it.",
    next: 'Ask a workspace administrator to add `files:read` under OAuth & Permissions and to reinstall the app. Until then, paste the text, or use `/freb diagnose`.',
    operator: 'Slack: missing_scope. Add files:read to the app and reinstall it.',
  },
  'slack-not-in-channel': {
    user: "I'm not a member of the channel that {name|the file} is in, so Slack doesn't let me read it.",
    next: 'Type `/invite @Frebot` there, or drop the file into a direct message to me.',
    operator: 'Slack: not_in_channel. Invite the app to the channel.',
    final: true,
    upload: true,
  },
  'slack-no-history': {
    user: "I can't read the message that you point at: this workspace hasn't given me the scope {scope|channels:history}.",
    next: 'Choose "Diagnose this log" in the menu of that message, or forward it to me. Once an administrator has installed the full manifest, I can read it here.',
    operator: 'Slack: missing_scope {scope|channels:history}. Install the full manifest (`npm run manifest:full`).',
    grant: true,
    final: true,
  },
  'slack-link-elsewhere': {
    user: "That link leads to another channel, and I can't tell that you are a member there, so I don't open it.",
    next: 'Choose "Diagnose this log" in the menu of that message, or forward it to me.',
    operator:
      'Slack: a link to a message of another channel was not followed. With the scopes channels:read and groups:read, Frebot follows it for members of that channel.',
    final: true,
  },
  'teams-no-history': {
    user: "I can't read the message that you point at: {scope|ChannelMessage.Read.Group} isn't granted here.",
    next: 'Choose "Diagnose this log" in the menu of that message (More actions), or send it to me in a 1:1 chat.',
    operator: 'Teams: a message that a question points at could not be read. Grant {scope|ChannelMessage.Read.Group}.',
    grant: true,
    final: true,
  },
  'message-gone': {
    user: "The message that you point at isn't there any more.",
    next: 'Drop the file again, or paste the text here.',
    operator: 'A message that a question pointed at was deleted, or is hidden by the plan of the workspace.',
    final: true,
  },
  'slack-file-external': {
    user: "{name|The file} is only a link to another service, so Slack doesn't have its contents.",
    next: 'Download it and upload the file itself.',
    operator: 'Slack: a file of mode external was not fetched.',
  },
  'slack-file-hidden': {
    user: "Slack doesn't show me {name|the file}: it has been deleted, or it's in a conversation that I'm not part of.",
    next: 'Upload it here again, or send it to me in a direct message.',
    operator:
      'Slack: file_not_found. Slack gives this answer for a deleted file, and for one in a channel that the app is not in.',
    final: true,
  },
  'slack-sign-in-page': {
    user: 'Slack gave me a sign-in page instead of {name|the file}, although my token may read files.',
    next: 'Upload it here again. If it comes from another organization, download it first.',
    operator:
      'Slack: the download answered 200 with HTML although the token has files:read. The file may belong to another organization (Slack Connect), or the app was not installed again after a change of scopes.',
  },
  'slack-file-deleted': {
    user: '{name|The file} has been deleted or is hidden by the limits of this workspace.',
    next: 'Upload it again.',
    operator: 'Slack: the file is a tombstone or hidden_by_limit.',
  },
  'slack-connect': {
    user: "{name|The file} comes from another organization (Slack Connect), and Slack doesn't let me read it.",
    next: 'Download it and upload it here, or paste the text.',
    operator: 'Slack: the file has file_access check_file_info, and files.info gave no address to download it from.',
    final: true,
  },
  'slack-archived': {
    user: "This channel is archived, so Slack doesn't let me post in it.",
    next: 'Unarchive the channel, or send it to me in a direct message.',
    operator: 'Slack refused the post ({reason|is_archived}): the channel is archived.',
    final: true,
  },
  'slack-token': {
    user: "Slack doesn't accept my token any more, so I can't answer here.",
    next: 'Ask my administrator to install the app again and to copy its new token.',
    operator:
      'Slack refuses the bot token ({reason|no code}). Install the app again, copy the Bot User OAuth Token to SLACK_BOT_TOKEN and restart; with OAuth, open the installation page again.',
    final: true,
  },
  'slack-key-denied': {
    user: "Your organization's key management keeps me out of this channel.",
    next: 'Ask your Slack administrator, or send it to me in a direct message.',
    operator:
      'Slack refused the call ({reason|ekm_access_denied}): Enterprise Key Management has revoked access to this channel or workspace.',
    final: true,
  },
  'slack-refused': {
    user: "Slack doesn't let me do that here ({reason|no reason given}).",
    next: 'Send it to me in a direct message, and tell my administrator this reason.',
    operator: 'Slack refused the call ({reason|no code}). docs.slack.dev explains the code. Frebot does not try again.',
    final: true,
    lasting: true,
  },
  'teams-not-member': {
    user: "I'm not a member of this conversation any more, so Teams doesn't let me answer.",
    next: 'Add Frebot to the team or chat again (Manage team > Apps).',
    operator:
      'Teams refused the post ({reason|403}): the bot is not in the roster of the conversation. Add the app there again.',
    final: true,
    lasting: 'edit',
  },
  'teams-token': {
    user: "Teams doesn't accept my sign-in, so I can't answer.",
    next: 'Ask my administrator to check my secret, tenant ID and the type of the Azure Bot.',
    operator:
      'The sign-in for Teams was refused ({reason|401}). Check TEAMS_APP_ID, TEAMS_TENANT_ID, and whether the secret or certificate has expired; the Azure Bot is of type Single Tenant.',
    final: true,
  },
  'platform-unreachable': {
    user: "{host|The platform} didn't answer me for more than ten minutes.",
    next: 'Please send it again.',
    operator:
      '{host|The platform} did not answer or failed ({reason|no answer}). Frebot tries again. If it stays, check network and proxy.',
    retry: true,
  },
  'teams-channel-file': {
    user: 'I can see that {name|a file} was dropped here, but in channels, Teams sends me a placeholder for the file, not its contents.',
    next: 'Send it to me in a 1:1 chat, or paste the text here. To make channel files work, ask an administrator to grant me a Microsoft Graph permission to read them ({scope|Sites.Selected for this team, or Files.Read.All}).',
    operator:
      'Teams: channel file without Graph access. RSC ChannelMessage.Read.Group gives access to the message, {scope|Sites.Selected or Files.Read.All} to the file.',
  },
  'teams-group-file': {
    user: 'I can see that {name|a file} was dropped here, but in group chats, Teams sends me a placeholder for the file, not its contents.',
    next: 'Send it to me in a 1:1 chat, or paste the text here. To make files in group chats work, ask an administrator to grant me the Microsoft Graph permission {scope|Files.Read.All}.',
    operator:
      "Teams: group chat file without Graph access. RSC ChatMessage.Read.Chat gives access to the message, {scope|Files.Read.All} to the file (it is in the sender's OneDrive).",
  },
  'teams-file-not-offered': {
    user: "Teams didn't send me {name|the file}: in this client or cloud, bots can't receive files.",
    next: 'Use the Teams desktop client, or paste the text here.',
    operator:
      'Teams: the message has no file.download.info attachment. Check supportsFiles in the app package; government clouds do not support it.',
  },
  'teams-page-instead': {
    user: 'I tried to download {name|the file} from Teams and got a web page instead: a sign-in page, or a sharing link as mobile clients send it.',
    next: 'Drop it again from Teams on a computer, or paste the text here.',
    operator:
      'Teams: the download address of a dropped file answered with HTML. Files sent from iOS are known for this: their address is a sharing link. With Files.Read.All such a link can be opened through Graph.',
  },
  'teams-report-failed': {
    user: "I couldn't save the report to your OneDrive.",
    next: "Press `Report` again. If that fails too, the answer above contains everything that's in the report.",
    operator: 'Teams: the upload after a file consent failed. The log has the reason.',
  },
  'teams-rsc-channel': {
    user: "I can see that a file was dropped here, but Teams doesn't let me read the message, so I can't find the file. Either this team hasn't granted me ChannelMessage.Read.Group, or the channel is private or shared.",
    next: 'Ask a team owner to grant it: open Manage team > Apps, remove Frebot and add it again. For now, drop {name|the file} into a 1:1 chat with me, or paste the text.',
    operator:
      'Teams: Graph answered 403 for the channel message. Resource-specific consent ChannelMessage.Read.Group is missing in this team. After a manifest change, reinstall the app there. Private and shared channels need it too.',
    grant: true,
  },
  'teams-rsc-chat': {
    user: "I can see that a file was dropped here, but Teams doesn't let me read the message: this chat hasn't granted me ChatMessage.Read.Chat.",
    next: 'To grant it, remove Frebot from the chat and add it again. For now, drop {name|the file} into a 1:1 chat with me, or paste the text.',
    operator:
      'Teams: Graph answered 403 for the chat message. Resource-specific consent ChatMessage.Read.Chat is missing in this chat; it applies only after a reinstall.',
    grant: true,
  },
  'teams-graph-files': {
    user: "I can see {name|the file}, but I don't have permission to open files in channels and group chats.",
    next: 'Ask an Entra administrator to grant me the application permission Sites.Selected for this site, or Files.Read.All, with admin consent. For now, drop it into a 1:1 chat with me, or paste the text.',
    operator:
      "Teams: Graph answered 403 for /shares/…/driveItem/content. Grant Sites.Selected (team sites only) or Files.Read.All (also for group chats, whose files are in the sender's OneDrive), then admin consent.",
    grant: true,
  },
  'teams-graph-token': {
    user: "I can't sign in to Microsoft Graph, which I need for files in channels and group chats.",
    next: 'Ask my administrator to check my secret and tenant ID. For now, drop {name|the file} into a 1:1 chat with me, or paste the text.',
    operator:
      'Teams: no Graph token. Check TEAMS_TENANT_ID and TEAMS_APP_ID, and whether the secret or certificate has expired.',
    grant: true,
  },
  'teams-team-unknown': {
    user: "Teams doesn't tell me which team this channel belongs to, so I can't find the file.",
    next: 'Add Frebot to the team itself (Manage team > Apps). For now, drop {name|the file} into a 1:1 chat with me, or paste the text.',
    operator: 'Teams: neither the activity nor the team details named the group id (aadGroupId).',
    grant: true,
  },
  'answer-expired': {
    user: "I no longer have that answer, so its buttons don't work.",
    next: "Drop the log again, or ask again, and you'll get a fresh answer.",
    operator: 'A button pointed at an answer that is past its retention time or was forgotten.',
  },
  'not-allowed': {
    user: "My administrator hasn't enabled me for {what|this}.",
    next: 'Ask your administrator to add you or this channel to the allow-list.',
    operator: 'The allow-list of this door does not have the user or the channel.',
    final: true,
  },
  'rate-limited': {
    user: "I'm getting too many requests at once.",
    next: 'Try again in {seconds|a few} seconds. For many logs at once, send them as one zip.',
    operator: 'A rate limit was reached ({host|own limit}).',
    retry: true,
    throttled: true,
  },
  internal: {
    user: "I ran into an internal error. Your file isn't the cause.",
    next: 'Try again. If it still fails, give my administrator {id|the time of your message}.',
    operator: 'An unexpected error occurred. See the log entry {id|at this time}.',
  },
  'gave-up': {
    user: "I tried several times and couldn't finish, so I stopped.",
    next: 'Drop the file again by itself, smaller if possible. If that fails too, tell my administrator the time of your message.',
    operator:
      'A message was given up because every attempt ended with the process. Look for what ended it: a memory limit, a kill, a power cut.',
  },
  'unknown-question': {
    user: 'I only know IIS failures, Failed Request Tracing and the right to impersonate, so I have no answer to that.',
    next: 'Drop a FREB log, ask who should hold SeImpersonatePrivilege, or ask for a code such as 0x80070542 or 500.19.',
    operator: 'A user asked a question that the knowledge does not cover.',
  },
  'nothing-attached': {
    user: "I don't see a file here, or text that looks like a log.",
    next: 'Drop a FREB log (`fr######.xml`) or a zip of them, or paste the text after `diagnose`. No log yet? Type `capture`.',
    operator: 'A user sent `diagnose` without a file or text.',
  },
} as const satisfies Record<string, ErrorText>;

export type ErrorCode = keyof typeof errorTexts;
