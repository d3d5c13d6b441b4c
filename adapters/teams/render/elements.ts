/** The Adaptive Card elements that Frebot uses. Elements newer than schema 1.2 have a fallback, because phones may not know them. */
export interface TextRun {
  type: 'TextRun';
  text: string;
  weight?: 'Bolder';
  size?: 'Small' | 'Default' | 'Medium' | 'Large';
  fontType?: 'Monospace';
  isSubtle?: true;
  selectAction?: { type: 'Action.OpenUrl'; url: string };
}
export type Inline = string | TextRun;
export interface RichTextBlock {
  type: 'RichTextBlock';
  inlines: Inline[];
  spacing?: 'None' | 'Small' | 'Medium';
}
/** A heading for screen readers. It reads Markdown, so it holds only text that looks the same in it. */
export interface Heading {
  type: 'TextBlock';
  text: string;
  style: 'heading';
  wrap: true;
  weight: 'Bolder';
  size: 'Default' | 'Medium';
  spacing?: 'Medium';
}
/** Code with a button that copies it, in Teams alone. */
export interface CodeBlock {
  type: 'CodeBlock';
  codeSnippet: string;
  language: 'PowerShell' | 'DOS';
  fallback: Container;
}
export interface FactSet {
  type: 'FactSet';
  facts: { title: string; value: string }[];
}
export interface Container {
  type: 'Container';
  id?: string;
  /** Draws a border, which is all that high contrast shows of a style. Clients that do not know it draw none. */
  showBorder?: true;
  isVisible?: false;
  style?: 'emphasis' | 'good' | 'attention' | 'warning' | 'accent';
  spacing?: 'None' | 'Small' | 'Medium';
  items: CardElement[];
}
export interface Table {
  type: 'Table';
  firstRowAsHeaders: true;
  columns: { width: number }[];
  rows: { type: 'TableRow'; cells: { type: 'TableCell'; items: CardElement[] }[] }[];
  fallback: Container;
}
interface ActionSet {
  type: 'ActionSet';
  actions: (CardAction | DialogAction)[];
}
export type CardElement = RichTextBlock | Heading | CodeBlock | FactSet | Container | Table | ActionSet;

export interface ButtonData {
  case: string;
  part?: string;
  [key: string]: string | undefined;
}
interface SubmitAction {
  type: 'Action.Submit';
  title: string;
  data: ButtonData & { verb: string };
}
/** `secondary` puts an action into the menu of its set. */
interface Menu {
  mode?: 'secondary';
}
export type CardAction = Menu &
  (
    | { type: 'Action.Execute'; title: string; verb: string; data: ButtonData; fallback: SubmitAction }
    | { type: 'Action.ToggleVisibility'; title: string; targetElements: string[] }
    | { type: 'Action.OpenUrl'; title: string; url: string }
  );

/** A button of a dialog, whose data come back with the next call of the action. */
export interface DialogAction {
  type: 'Action.Submit';
  title: string;
  data: Record<string, string>;
}

export interface Card {
  type: 'AdaptiveCard';
  $schema: string;
  version: '1.5';
  fallbackText: string;
  speak: string;
  msteams: { width: 'Full' };
  body: CardElement[];
}
