import { decodeMarkup } from '../markup.js';

/** What a row of IIS's detailed error page says. */
export type RowKind =
  | 'module'
  | 'notification'
  | 'handler'
  | 'code'
  | 'config-error'
  | 'config-file'
  | 'url'
  | 'path'
  | 'logon-method'
  | 'logon-user';

/** One row of an error page: a label in the page's language, and its value. */
export interface PageRow {
  label: string;
  value: string;
  kind?: RowKind;
}

/** Labels by language. They help where a copy lost the columns; a table that kept them is read by its order. */
const labels: Readonly<Record<RowKind, readonly string[]>> = {
  module: ['Module', 'Modul', 'Módulo', 'Modulo', 'Модуль', 'モジュール', '模块'],
  notification: [
    'Notification',
    'Benachrichtigung',
    'Notificación',
    'Notificação',
    'Notifica',
    'Melding',
    'Уведомление',
    '通知',
  ],
  handler: ['Handler', 'Gestionnaire', 'Controlador', 'Manipulador', 'Gestore', 'Обработчик', 'ハンドラー', '处理程序'],
  code: [
    'Error Code',
    'Fehlercode',
    "Code d'erreur",
    'Code d’erreur',
    'Código de error',
    'Código de erro',
    'Codice errore',
    'Foutcode',
    'Код ошибки',
    'エラー コード',
    '错误代码',
  ],
  'config-error': [
    'Config Error',
    'Konfigurationsfehler',
    'Erreur de configuration',
    'Error de configuración',
    'Erro de configuração',
    'Errore di configurazione',
    'Configuratiefout',
    'Ошибка конфигурации',
    '構成エラー',
    '配置错误',
  ],
  'config-file': [
    'Config File',
    'Konfigurationsdatei',
    'Fichier de configuration',
    'Archivo de configuración',
    'Arquivo de configuração',
    'File di configurazione',
    'Configuratiebestand',
    'Файл конфигурации',
    '構成ファイル',
    '配置文件',
  ],
  url: [
    'Requested URL',
    'Angeforderte URL',
    'URL demandée',
    'Dirección URL solicitada',
    'URL solicitada',
    'URL richiesto',
    'Aangevraagde URL',
    'Запрошенный URL-адрес',
    '要求された URL',
    '请求的 URL',
  ],
  path: [
    'Physical Path',
    'Physischer Pfad',
    'Physikalischer Pfad',
    "Chemin d'accès physique",
    'Ruta de acceso física',
    'Caminho físico',
    'Percorso fisico',
    'Fysiek pad',
    'Физический путь',
    '物理パス',
    '物理路径',
  ],
  'logon-method': [
    'Logon Method',
    'Anmeldemethode',
    "Méthode d'ouverture de session",
    'Método de inicio de sesión',
    'Método de logon',
    'Metodo di accesso',
    'Aanmeldingsmethode',
    'Метод входа',
    'ログオン方法',
    '登录方法',
  ],
  'logon-user': [
    'Logon User',
    'Angemeldeter Benutzer',
    "Utilisateur de l'ouverture de session",
    'Usuario de inicio de sesión',
    'Usuário de logon',
    'Utente di accesso',
    'Aangemelde gebruiker',
    'Пользователь',
    'ログオン ユーザー',
    '登录用户',
  ],
};

const kinds = new Map(
  Object.entries(labels).flatMap(([kind, names]) =>
    names.map((name) => [name.toLowerCase(), kind as RowKind] as const),
  ),
);
const longestFirst = [...kinds.keys()].sort((a, b) => b.length - a.length);
/** The page has a dozen rows; a text with more of them is none. */
const mostRows = 400;
/** A line or cell is not looked at beyond this, in characters. */
const longestLine = 3000;

/** The rows of a page, saved as HTML or copied as text. */
export function pageRows(text: string): PageRow[] {
  return /<t[dh]\b/i.test(text) ? htmlRows(text) : textRows(text);
}

function htmlRows(html: string): PageRow[] {
  const rows: PageRow[] = [];
  for (const part of html.split(/<tr\b/i, mostRows)) {
    const cells = [...part.slice(0, longestLine).matchAll(/<t[hd]\b[^<>]{0,200}>([^<]{0,2000})/gi)].map((m) =>
      decodeMarkup(m[1]!)
        .replace(/[\s\u00a0]+/g, ' ')
        .trim(),
    );
    if (cells.length >= 2) rows.push(toPageRow(cells[0]!, cells[1]!));
  }
  return rows;
}

/** Columns may have become tabs, blanks, colons, bars or nothing; a label may be on its own line. */
function textRows(text: string): PageRow[] {
  const rows: PageRow[] = [];
  let open: PageRow | undefined;
  for (const raw of text.split('\n', mostRows).flatMap(retoldRows)) {
    const line = raw
      .slice(0, longestLine)
      .replace(/^[\s|*•-]{1,8}(?!\d)/, '')
      .replace(/[\s|]{1,8}$/, '');
    if (line.trim() === '') continue;
    const row = splitLine(line);
    if (open && row.value === '' && row.kind === undefined) {
      open.value = row.label;
      open = undefined;
      continue;
    }
    rows.push(row);
    open = row.kind !== undefined && row.value === '' ? row : undefined;
  }
  return rows;
}

/** Between two rows in one sentence: `…, Error Code 0x80070005, Config Error: …`. */
const betweenRows = new RegExp(`[,;] {1,3}(?=(?:${longestFirst.join('|')})[\\s:])`, 'i');

/** People put the rows of a page into one line; a line with one label is a row. */
function retoldRows(line: string): string[] {
  const rows = line.length > longestLine ? [line] : line.split(betweenRows);
  return rows.length > 2 ? rows : [line];
}

function splitLine(line: string): PageRow {
  const cells = line
    .split(/\t+| {2,}| ?\| ?/, 6)
    .map((cell) => cell.replace(/^\*{1,2}|\*{1,2}$/g, '').trim())
    .filter((cell) => cell !== '');
  if (cells.length >= 2) return toPageRow(cells[0]!, cells.slice(1).join(' '));
  const only = cells[0] ?? '';
  const low = only.toLowerCase();
  const label = longestFirst.find((name) => low.startsWith(name) && /^[\s:*]|^$/.test(low.slice(name.length)));
  if (label) return toPageRow(only.slice(0, label.length), only.slice(label.length).replace(/^[\s:*]{1,10}/, ''));
  return { label: only, value: '' };
}

function toPageRow(label: string, value: string): PageRow {
  const bare = label.replace(/\s{0,4}[:：]$/, '');
  return { label: bare, value, kind: kinds.get(bare.toLowerCase()) };
}
