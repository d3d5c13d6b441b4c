// Puts each answer into a shadow tree of its own, with the styles of its door, and draws the cards.
const { slack, teams, page } = JSON.parse(document.querySelector('#styles').textContent);
const sheet = (...css) => {
  const made = new CSSStyleSheet();
  made.replaceSync(css.join('\n'));
  return made;
};
const around = `:host { display: block; container-type: inline-size; }
  .notification { margin: 0 0 0.5rem; font: italic 13px/1.4 sans-serif; color: #616161; overflow-wrap: anywhere; }
  details > summary { cursor: pointer; }`;
const sheets = {
  slack: sheet(
    slack,
    around,
    '#slack_blocks_to_jsx, details { font: 15px/1.46668 Lato, "Liberation Sans", sans-serif; }',
    // In Slack a section is a line of its own and code breaks within it; the library makes both inline blocks.
    '#slack_blocks_to_jsx .slack_blocks_to_jsx__rich_text_section_element { display: block; }',
    '#slack_blocks_to_jsx .slack_inline_code { display: inline; overflow-wrap: anywhere; }',
  ),
  teams: sheet(
    teams,
    around,
    // The library breaks a word that is too long in plain text blocks only; Teams is taken to do so everywhere.
    '.card + .card { margin-top: 0.5rem; } .card { border: 1px solid #e0e0e0; border-radius: 4px; overflow-wrap: anywhere; }',
  ),
  page: sheet(page, around),
};

const hosts = JSON.parse(document.querySelector('#host').textContent);
const theme = document.querySelector('#theme');
// Teams reads Markdown where a card may hold it; Frebot's cards hold none, so text is shown as it is.
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  result.didProcess = true;
};

for (const column of document.querySelectorAll('.column')) {
  const door = column.closest('[data-door]').dataset.door;
  const template = column.querySelector('template');
  const tree = column.attachShadow({ mode: 'open' });
  tree.adoptedStyleSheets = [sheets[door]];
  tree.append(template.content.cloneNode(true));
  template.remove();
}

function drawCards() {
  const config = new AdaptiveCards.HostConfig(hosts[theme.value]);
  for (const column of document.querySelectorAll('[data-door="teams"] .column')) {
    column.dataset.theme = theme.value;
    for (const place of column.shadowRoot.querySelectorAll('[data-card]')) {
      const card = new AdaptiveCards.AdaptiveCard();
      card.hostConfig = config;
      card.parse(JSON.parse(place.dataset.card));
      place.replaceChildren(card.render());
    }
  }
}
theme.addEventListener('change', drawCards);
drawCards();

const phone = document.querySelector('#phone');
const narrow = () => document.body.classList.toggle('phone', phone.checked);
phone.addEventListener('change', narrow);
narrow();
document.body.dataset.drawn = 'yes';
