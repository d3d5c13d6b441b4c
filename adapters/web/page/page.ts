// Sends requests and shows answers, which arrive as escaped HTML from adapters/web/render.ts.
import { type AnsweredLogs, offerTraces } from './log-traces.js';
import { followEvents } from './trace/follow-events.js';

const thread = find('#thread', HTMLElement);
const question = find('#question', HTMLTextAreaElement);
const files = find('#files', HTMLInputElement);
const newConversation = find('#fresh', HTMLButtonElement);
let conversation = crypto.randomUUID();

/** What the server says to a request. */
interface Shown extends AnsweredLogs {
  html: string;
  case?: string;
}

function find<T extends Element>(selector: string, kind: new () => T): T {
  const element = document.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`the page has no ${selector}`);
  return element;
}

/** Shows the person's words. Returns the element for the answer. */
function showRequest(text: string): HTMLElement {
  const line = document.createElement('div');
  line.className = 'said';
  const bubble = document.createElement('span');
  bubble.textContent = text;
  line.append(bubble);
  thread.append(line);
  const place = document.createElement('div');
  place.innerHTML = '<p class="busy">Reading…</p>';
  thread.append(place);
  newConversation.hidden = false;
  return place;
}

/** Shows the answer to a request in this element; with the logs that were sent, their traces too. */
async function showAnswer(place: HTMLElement, request: Promise<Response>, logs: readonly File[] = []): Promise<void> {
  try {
    const response = await request;
    const result = (await response.json()) as Shown;
    place.innerHTML = result.html;
    place.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    if (logs.length > 0 && result.logs) await offerTraces(place, logs, result, showAnswer);
    else if (result.case) place.append(saveLink(result.case));
  } catch {
    place.innerHTML = '<p class="notice warning">I can’t reach Frebot. Is it still running?</p>';
  }
}

/** Returns the link that saves an answer without its trace. */
function saveLink(id: string): HTMLElement {
  const link = document.createElement('a');
  link.href = `report/${encodeURIComponent(id)}`;
  link.textContent = 'Save this answer as a file';
  link.download = 'frebot-report.html';
  const line = document.createElement('p');
  line.className = 'note';
  line.append(link);
  return line;
}

const post = (path: string, body: object): Promise<Response> =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

function ask(text: string): Promise<void> {
  const shown = text.length > 400 ? `${text.slice(0, 400)}…` : text;
  return showAnswer(showRequest(shown), post('api/ask', { text, thread: conversation }));
}

async function diagnose(list: Iterable<File>): Promise<void> {
  const sent = [...list];
  if (sent.length === 0) return;
  const form = new FormData();
  form.append('thread', conversation);
  for (const file of sent) form.append('file', file, file.name);
  const names = sent.map((file) => file.name);
  const shown = names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  await showAnswer(showRequest(shown), fetch('api/diagnose', { method: 'POST', body: form }), sent);
}

find('#ask', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  const text = question.value.trim();
  if (text === '') return question.focus();
  question.value = '';
  void ask(text);
});
question.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    find('#ask', HTMLFormElement).requestSubmit();
  }
});
files.addEventListener('change', () => {
  void diagnose(files.files ?? []);
  files.value = '';
});
newConversation.addEventListener('click', () => {
  conversation = crypto.randomUUID();
  thread.replaceChildren();
  newConversation.hidden = true;
  question.focus();
});

document.addEventListener('dragover', (event) => {
  event.preventDefault();
  document.body.classList.add('over');
});
document.addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) document.body.classList.remove('over');
});
document.addEventListener('drop', (event) => {
  event.preventDefault();
  document.body.classList.remove('over');
  void diagnose(event.dataTransfer?.files ?? []);
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
    await diagnose([new File([log], name, { type: 'text/xml' })]);
  } else if ('copy' in target.dataset) {
    await copyText(target);
  } else if (target.dataset.action) {
    pressAction(target);
  }
});

async function copyText(button: HTMLElement): Promise<void> {
  // Only innerText puts the rows of a list on lines of their own.
  await navigator.clipboard.writeText((button.previousElementSibling as HTMLElement).innerText);
  button.textContent = 'Copied';
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 1500);
}

/** Opens the part that a button stands for, where the answer holds it; else asks for it. */
function pressAction(button: HTMLElement): void {
  const { action = '', case: id, part } = button.dataset;
  const opened = button
    .closest('.answer')
    ?.querySelector<HTMLElement>(`section[tabindex][data-part="${CSS.escape(part || action)}"]`);
  if (opened) {
    opened.hidden = !opened.hidden;
    button.setAttribute('aria-expanded', String(!opened.hidden));
    if (!opened.hidden) opened.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    return;
  }
  void showAnswer(showRequest(button.textContent ?? ''), post('api/press', { action, case: id, part }));
}
