import { createButton } from './trace/dom.js';

/** Milliseconds for which a button says that it has copied. */
const saidMs = 1500;

/** Puts a text on the clipboard, and says so on the button for a moment. */
export async function copyText(button: HTMLElement, text: string): Promise<void> {
  const label = button.textContent;
  await navigator.clipboard.writeText(text);
  button.textContent = 'Copied';
  setTimeout(() => {
    button.textContent = label;
  }, saidMs);
}

/** Returns a button that copies a text. */
export function copyButton(label: string, text: () => string): HTMLButtonElement {
  const button = createButton(label, () => void copyText(button, text()));
  return button;
}
