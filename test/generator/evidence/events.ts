/** One made-up event, as each tool writes it. */
export interface SampleEvent {
  provider: string;
  id: number;
  /** UTC, `2026-06-08T19:50:00`. */
  time: string;
  log?: 'System' | 'Application' | 'Security';
  /** The log, where it is another one. */
  channel?: string;
  /** 1 critical, 2 error, 3 warning, 4 information. */
  level?: number;
  data?: Record<string, string> | string[];
  binary?: string;
  message: string;
}

const xml = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

function xmlData({ data = [], binary }: SampleEvent): string {
  const items = Array.isArray(data)
    ? data.map((value) => `<Data>${xml(value)}</Data>`)
    : Object.entries(data).map(([name, value]) => `<Data Name="${name}">${xml(value)}</Data>`);
  return `<EventData>${items.join('')}${binary ? `<Binary>${binary}</Binary>` : ''}</EventData>`;
}

function system({ provider, id, time, log = 'System' }: SampleEvent): string {
  return `<System><Provider Name="${xml(provider)}"/><EventID>${id}</EventID><Level>2</Level><TimeCreated SystemTime="${time}Z"/><Channel>${log}</Channel><Computer>WEB03.contoso.example</Computer><Security/></System>`;
}

const heads = {
  en: [
    'Log Name',
    'Source',
    'Date',
    'Event ID',
    'Task Category',
    'Level',
    'Keywords',
    'User',
    'Computer',
    'Description',
  ],
  de: [
    'Protokollname',
    'Quelle',
    'Datum',
    'Ereignis-ID',
    'Aufgabenkategorie',
    'Ebene',
    'Schlüsselwörter',
    'Benutzer',
    'Computer',
    'Beschreibung',
  ],
  ja: [
    'ログの名前',
    'ソース',
    '日付',
    'イベント ID',
    'タスクのカテゴリ',
    'レベル',
    'キーワード',
    'ユーザー',
    'コンピューター',
    '説明',
  ],
};

function copied(event: SampleEvent, language: keyof typeof heads): string {
  const [day, clock] = event.time.split('T') as [string, string];
  const [year, month, date] = day.split('-');
  const values = [
    event.log ?? 'System',
    event.provider,
    language === 'de'
      ? `${date}.${month}.${year} ${clock}`
      : language === 'ja'
        ? `${year}/${month}/${date} ${clock}`
        : `${Number(month)}/${Number(date)}/${year} ${clock} AM`,
    String(event.id),
    language === 'de' ? 'Keine' : 'None',
    language === 'de' ? 'Fehler' : 'Error',
    'Classic',
    'N/A',
    'WEB03.contoso.example',
    '',
  ];
  return `${heads[language].map((label, i) => `${label}:      ${values[i]}`).join('\n')}\n${event.message}\n`;
}

const list = (events: readonly SampleEvent[], one: (event: SampleEvent, i: number) => string, between = '\n') =>
  events.map(one).join(between);

/** Every form in which people post events, by what writes it. */
export const eventForms: Record<string, (events: readonly SampleEvent[]) => string> = {
  'wevtutil XML': (events) =>
    `<?xml version="1.0"?>\r\n<Events>${list(events, (e) => `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>${system(e)}${xmlData(e)}<RenderingInfo Culture='en-US'><Message>${xml(e.message)}</Message></RenderingInfo></Event>`)}</Events>`,
  'XML view with signs before the elements': (events) =>
    list(
      events,
      (e) =>
        `- <Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">\n- ${system(e)}\n- ${xmlData(e)}\n  <RenderingInfo><Message>${xml(e.message)}</Message></RenderingInfo>\n  </Event>`,
    ),
  'eventlog.xml of Azure': (events) =>
    `<Events>${list(events, (e) => `<Event>${system(e)}${xmlData({ ...e, data: e.data ? Object.values(e.data) : [e.message] })}</Event>`, '')}</Events>`,
  'wevtutil text': (events) =>
    list(
      events,
      (e, i) =>
        `Event[${i}]:\n  Log Name: ${e.log ?? 'System'}\n  Source: ${e.provider}\n  Date: ${e.time}.841\n  Event ID: ${e.id}\n  Task: N/A\n  Level: Warning\n  Opcode: N/A\n  Keyword: Classic\n  User: N/A\n  User Name: N/A\n  Computer: WEB03.contoso.example\n  Description: \n${e.message}\n`,
    ),
  'Event Viewer in English': (events) => list(events, (e) => copied(e, 'en')),
  'Event Viewer in German': (events) => list(events, (e) => copied(e, 'de')),
  'Event Viewer in Japanese': (events) => list(events, (e) => copied(e, 'ja')),
  'Event Viewer, details as text with XML': (events) =>
    list(
      events,
      (e) =>
        `${copied(e, 'en')}Event Xml:\n<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">\n  ${system(e)}\n  ${xmlData(e)}\n</Event>`,
    ),
  'Get-WinEvent | Format-List': (events) =>
    `\n\n${list(events, (e) => `TimeCreated  : ${e.time.replace('T', ' ')}\nProviderName : ${e.provider}\nId           : ${e.id}\nMessage      : ${e.message.replaceAll('\n', '\n               ')}\n`)}\n`,
  'Get-EventLog | Format-List': (events) =>
    list(
      events,
      (e, i) =>
        `Index              : ${i + 70}\nEntryType          : Error\nInstanceId         : ${e.id + 0xc0000000}\nMessage            : ${e.message.replaceAll('\n', '\n                     ')}\nCategory           : (0)\nSource             : ${e.provider}\nTimeGenerated      : ${e.time.replace('T', ' ')}\n`,
    ),
  'Get-WinEvent | Export-Csv': (events) =>
    `#TYPE System.Diagnostics.Eventing.Reader.EventLogRecord\n"Message","Id","ProviderName","MachineName","TimeCreated"\n${list(events, (e) => `"${e.message.replaceAll('"', '""')}","${e.id}","${e.provider}","WEB03","${e.time.replace('T', ' ')}"`)}\n`,
  'CSV of Event Viewer': (events) =>
    `Ebene,Datum und Uhrzeit,Quelle,Ereignis-ID,Aufgabenkategorie\n${list(events, (e) => `Fehler,${e.time.replace('T', ' ')},${e.provider},${e.id},Keine,"${e.message.replaceAll('"', '""')}"`)}\n`,
};

/** A pool whose module does not load until Windows gives up: three events, of which the first is the reason. */
export const moduleStory: SampleEvent[] = [
  {
    provider: 'Microsoft-Windows-IIS-W3SVC-WP',
    id: 2280,
    time: '2026-06-08T09:12:40',
    log: 'Application',
    data: ['C:\\Windows\\System32\\inetsrv\\Own.dll'],
    message: 'The Module DLL C:\\Windows\\System32\\inetsrv\\Own.dll failed to load.  The data is the error.',
  },
  {
    provider: 'Microsoft-Windows-WAS',
    id: 5009,
    time: '2026-06-08T09:12:41',
    data: { AppPoolID: 'Portal', ProcessID: '7084' },
    message: "A process serving application pool 'Portal' terminated unexpectedly. The process id was '7084'.",
  },
  {
    provider: 'Microsoft-Windows-WAS',
    id: 5002,
    time: '2026-06-08T09:12:42',
    data: { AppPoolID: 'Portal' },
    message:
      "Application pool 'Portal' is being automatically disabled due to a series of failures in the process(es) serving that application pool.",
  },
];
