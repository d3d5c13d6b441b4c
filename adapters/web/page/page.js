// Sends requests and shows answers, which arrive as escaped HTML from adapters/web/render.ts.
const thread = document.querySelector('#thread');
const question = document.querySelector('#question');
const files = document.querySelector('#files');
const newConversation = document.querySelector('#fresh');
let conversation = crypto.randomUUID();

/** Shows the person's words. Returns the element for the answer. */
function showRequest(text) {
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

/** Shows the answer to a request in this element. */
async function showAnswer(place, request) {
  try {
    const response = await request;
    const result = await response.json();
    place.innerHTML = result.html;
    if (result.case) {
      const link = document.createElement('a');
      link.href = `report/${encodeURIComponent(result.case)}`;
      link.textContent = 'Save this answer as a file';
      link.download = 'frebot-report.html';
      const line = document.createElement('p');
      line.className = 'note';
      line.append(link);
      place.append(line);
    }
  } catch {
    place.innerHTML = '<p class="notice warning">I can’t reach Frebot. Is it still running?</p>';
  }
  place.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
}

const post = (path, body) =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

function ask(text) {
  const shown = text.length > 400 ? `${text.slice(0, 400)}…` : text;
  return showAnswer(showRequest(shown), post('api/ask', { text, thread: conversation }));
}

function diagnose(list) {
  if (list.length === 0) return;
  const form = new FormData();
  form.append('thread', conversation);
  for (const file of list) form.append('file', file, file.name);
  const names = [...list].map((file) => file.name);
  const shown = names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  return showAnswer(showRequest(shown), fetch('api/diagnose', { method: 'POST', body: form }));
}

document.querySelector('#ask').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = question.value.trim();
  if (text === '') return question.focus();
  question.value = '';
  ask(text);
});
question.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    document.querySelector('#ask').requestSubmit();
  }
});
files.addEventListener('change', () => {
  diagnose(files.files);
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
  diagnose(event.dataTransfer.files);
});

document.addEventListener('click', async (event) => {
  const target = event.target.closest('button, a');
  if (!target) return;
  if (target.dataset.ask) {
    event.preventDefault();
    ask(target.dataset.ask);
  } else if (target.dataset.sample) {
    const name = target.dataset.sample;
    const log = await (await fetch(`samples/${name}`)).blob();
    diagnose([new File([log], name, { type: 'text/xml' })]);
  } else if ('copy' in target.dataset) {
    // Only innerText puts the rows of a list on lines of their own.
    await navigator.clipboard.writeText(target.previousElementSibling.innerText);
    target.textContent = 'Copied';
    setTimeout(() => {
      target.textContent = 'Copy';
    }, 1500);
  } else if (target.dataset.action) {
    const { action, case: id, part } = target.dataset;
    const folded = target.closest('.answer').querySelector(`details[data-part="${CSS.escape(part || action)}"]`);
    if (folded) {
      folded.open = true;
      folded.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
      return;
    }
    showAnswer(showRequest(target.textContent), post('api/press', { action, case: id, part }));
  }
});
