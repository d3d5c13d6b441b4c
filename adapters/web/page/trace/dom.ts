type Attributes = Record<string, string | number | boolean | undefined>;

/** Creates an element. Strings become text, never markup; `true` sets an attribute without a value. */
export function create<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children);
  return element;
}

/** Creates a button that does something when pressed. */
export function createButton(label: string, press: () => void): HTMLButtonElement {
  const button = create('button', { type: 'button' }, label);
  button.addEventListener('click', press);
  return button;
}
