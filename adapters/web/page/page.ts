// Sends requests and shows answers, which arrive as escaped HTML from adapters/web/render.ts.
import { answerTools } from './answer-tools.js';
import { copyText } from './copy.js';
import { listDropped } from './dropped-files.js';
import { fewestGrouped, offerTraces, showKeptLogs } from './log-traces.js';
import { enhanceTables } from './logs/enhance-tables.js';
import { postJson } from './post-json.js';
import { QuestionHistory } from './question-history.js';
import { sendForm } from './send-form.js';
import { count, fitFiles } from './sent-files.js';
import type { AnsweredLogs } from './sent-logs.js';
import { SessionAnswers, type Turn } from './session-answers.js';
import { create } from './trace/dom.js';
import { followEvents } from './trace/follow-events.js';

const thread = find('#thread', HTMLElement);
const heard = find('#heard', HTMLElement);
const form = find('#ask', HTMLFormElement);
const question = find('#question', HTMLTextAreaElement);
const files = find('#files', HTMLInputElement);
const fresh = find('#fresh', HTMLButtonElement);
const conversation = new SessionAnswers(sessionStorage, () => crypto.randomUUID());
const history = new QuestionHistory();

/** The server's response to a request. */
type ServerAnswer = AnsweredLogs & Omit<Turn, 'said'>;

function find<T extends Element>(selector: string, kind: new () => T): T {
  const element = document.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`the page has no ${selector}`);
  return element;
}

/** Adds what was said to the thread. Returns the element for the answer, below it. */
function addTurn(said: string): HTMLElement {
  const place = create('div', { class: 'turn' });
  thread.append(create('div', { class: 'said' }, create('span', {}, said)), place);
  fresh.hidden = false;
  return place;
}

/** Shows the person's words at the top of the window. Returns the element for the answer. */
function showRequest(text: string): HTMLElement {
  const place = addTurn(text);
  place.append(create('p', { class: 'busy' }, 'Reading…'));
  place.previousElementSibling?.scrollIntoView({ block: 'start' });
  return place;
}

/** A request that was sent. */
interface SentRequest {
  /** Its words, which the session keeps. */
  said: string;
  logs?: readonly File[];
  /** A line above the answer. */
  note?: string;
}

/** Shows the answer to a request in this element; with the logs that were sent, their traces too. */
async function showAnswer(
  place: HTMLElement,
  request: Promise<unknown>,
  { said, logs = [], note = '' }: SentRequest,
): Promise<void> {
  try {
    const result = (await request) as ServerAnswer;
    place.innerHTML = result.html;
    if (note !== '') place.prepend(create('p', { class: 'notice warning' }, note));
    heard.textContent = place.querySelector('h2')?.textContent ?? '';
    place.previousElementSibling?.scrollIntoView({ block: 'start' });
    enhanceTables(place);
    const { html, case: id, text, markdown, table } = result;
    const many = table && table.logs.length >= fewestGrouped;
    conversation.add({ said, html, text, markdown, ...(id !== undefined && { case: id }), ...(many && { table }) });
    if (logs.length > 0 && result.logs) await offerTraces(place, logs, result, showAnswer);
    else place.append(answerTools(result));
  } catch {
    place.innerHTML = '<p class="notice warning">I can’t reach Frebot. Is it still running?</p>';
    heard.textContent = place.textContent;
  }
}

async function post(path: string, body: object): Promise<unknown> {
  return (await postJson(path, body)).json();
}

function ask(text: string): Promise<void> {
  const shown = text.length > 400 ? `${text.slice(0, 400)}…` : text;
  return showAnswer(showRequest(shown), post('api/ask', { text, thread: conversation.id }), { said: 'Your question' });
}

/** @param sample the files are examples of ours, which open no case */
async function diagnose(list: readonly File[], sample = false): Promise<void> {
  if (list.length === 0) return;
  const { files: sent, note } = fitFiles(list);
  const names = list.length > 4 ? [...list.slice(0, 3), { name: `${list.length - 3} more` }] : list;
  const place = showRequest(names.map(({ name }) => name).join(', '));
  if (sent.length === 0) {
    place.replaceChildren(create('p', { class: 'notice warning' }, note));
    heard.textContent = note;
    return;
  }
  const body = new FormData();
  if (sample) body.append('sample', '1');
  else body.append('thread', conversation.id);
  for (const file of sent) body.append('file', file, file.name);
  const request = sendForm('api/diagnose', body, (progress) => {
    const busy = place.querySelector('.busy');
    if (busy) busy.textContent = progress;
  });
  await showAnswer(place, request, { said: sample ? 'A sample' : count(sent.length), logs: sent, note });
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = question.value.trim();
  if (text === '') return question.focus();
  question.value = '';
  history.add(text);
  void ask(text);
});
question.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
  // Inside a longer text the arrows move the cursor.
  const { selectionStart, selectionEnd, value } = question;
  const atStart = event.key === 'ArrowUp' && selectionEnd === 0;
  const atEnd = event.key === 'ArrowDown' && selectionStart === value.length;
  const text = atStart || (event.key === 'ArrowUp' && isOneLine(value)) ? history.previous(value) : undefined;
  const called = text ?? (atEnd ? history.next() : undefined);
  if (called === undefined) return;
  event.preventDefault();
  question.value = called;
});

function isOneLine(text: string): boolean {
  return !text.includes('\n');
}

files.addEventListener('change', () => {
  const chosen = [...(files.files ?? [])];
  files.value = '';
  void diagnose(chosen);
});
fresh.addEventListener('click', () => {
  conversation.clear(crypto.randomUUID());
  thread.replaceChildren();
  heard.textContent = 'The conversation is cleared.';
  fresh.hidden = true;
  question.focus();
});

document.addEventListener('dragover', (event) => {
  event.preventDefault();
  document.body.classList.add('over');
});
document.addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) document.body.classList.remove('over');
});
document.addEventListener('drop', async (event) => {
  event.preventDefault();
  document.body.classList.remove('over');
  if (event.dataTransfer) await diagnose(await listDropped(event.dataTransfer));
});

followEvents(document.body);
document.addEventListener('click', async (event) => {
  const target = (event.target as Element).closest<HTMLElement>('button, a');
  if (!target) return;
  if (target.dataset.ask) {
    event.preventDefault();
    await ask(target.dataset.ask);
  } else if (target.dataset.sample) {
    const name = target.dataset.sample;
    const log = await (await fetch(`samples/${name}`)).blob();
    await diagnose([new File([log], name, { type: 'text/xml' })], true);
  } else if ('copy' in target.dataset) {
    // Only innerText puts the rows of a list on lines of their own.
    await copyText(target, (target.previousElementSibling as HTMLElement).innerText);
  } else if (target.dataset.action) {
    pressAction(target);
  }
});

/** Opens the part of a button, where the answer holds it; else asks for it. */
function pressAction(button: HTMLElement): void {
  const { action = '', case: id, part } = button.dataset;
  const opened = button
    .closest('.answer')
    ?.querySelector<HTMLElement>(`section[tabindex][data-part="${CSS.escape(part || action)}"]`);
  if (opened) {
    opened.hidden = !opened.hidden;
    button.setAttribute('aria-expanded', String(!opened.hidden));
    if (!opened.hidden) opened.scrollIntoView({ block: 'nearest' });
    return;
  }
  const label = button.textContent ?? '';
  void showAnswer(showRequest(label), post('api/press', { action, case: id, part }), { said: label });
}

// A reload shows the conversation of this tab again, without what the person wrote or sent.
for (const turn of conversation.turns) {
  const place = addTurn(turn.said);
  place.innerHTML = turn.html;
  enhanceTables(place);
  place.append(answerTools(turn));
  if (turn.table) showKeptLogs(place, turn.table);
}
