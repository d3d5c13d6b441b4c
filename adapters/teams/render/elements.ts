/** The Adaptive Card elements that Frebot uses. Elements newer than schema 1.2 have a fallback, because phones may not know them. */
export interface TextRun {
  type: 'TextRun';
  text: string;
  weight?: 'Bolder';
  size?: 'Small' | 'Medium' | 'Large';
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
export interface FactSet {
  type: 'FactSet';
  facts: { title: string; value: string }[];
}
export interface Container {
  type: 'Container';
  id?: string;
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
  actions: CardAction[];
}
export type CardElement = RichTextBlock | FactSet | Container | Table | ActionSet;

export interface ButtonData {
  case: string;
  part?: string;
  [key: string]: string | undefined;
}
interface Submit {
  type: 'Action.Submit';
  title: string;
  data: ButtonData & { verb: string };
}
export type CardAction =
  | { type: 'Action.Execute'; title: string; verb: string; data: ButtonData; fallback: Submit }
  | { type: 'Action.ToggleVisibility'; title: string; targetElements: string[] }
  | { type: 'Action.OpenUrl'; title: string; url: string };

export interface Card {
  type: 'AdaptiveCard';
  $schema: string;
  version: '1.5';
  fallbackText: string;
  speak: string;
  msteams: { width: 'Full' };
  body: CardElement[];
}
