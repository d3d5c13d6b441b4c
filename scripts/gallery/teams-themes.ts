/** The colours of one theme: the card, its emphasised parts, lines, ink, and the inks that mean something. */
interface Colours {
  card: string;
  tint: Record<'emphasis' | 'accent' | 'good' | 'attention' | 'warning', string>;
  line: string;
  ink: string;
  subtle: string;
  inks: Record<'accent' | 'good' | 'attention' | 'warning', string>;
}

const contrast = { emphasis: '#000000', accent: '#000000', good: '#000000', attention: '#000000', warning: '#000000' };

/** Near the themes of Teams. */
const themes: Record<'light' | 'dark' | 'contrast', Colours> = {
  light: {
    card: '#ffffff',
    tint: { emphasis: '#f5f5f5', accent: '#e8ebfa', good: '#e7f2da', attention: '#fcf4f6', warning: '#fbf6d9' },
    line: '#e0e0e0',
    ink: '#242424',
    subtle: '#616161',
    inks: { accent: '#5b5fc7', good: '#237b4b', attention: '#c4314b', warning: '#835c00' },
  },
  dark: {
    card: '#292929',
    tint: { emphasis: '#1f1f1f', accent: '#2f3148', good: '#16301f', attention: '#3b1c21', warning: '#3a2d0b' },
    line: '#525252',
    ink: '#ffffff',
    subtle: '#adadad',
    inks: { accent: '#a6a7f5', good: '#92c353', attention: '#f9526b', warning: '#f8d22a' },
  },
  contrast: {
    card: '#000000',
    tint: contrast,
    line: '#ffffff',
    ink: '#ffffff',
    subtle: '#ffffff',
    inks: { accent: '#ffff01', good: '#3ff23f', attention: '#ff5f5f', warning: '#ffff01' },
  },
};

/** The host configuration of the card library for each theme, with sizes and distances near those of Teams. */
export const hostConfigs = Object.fromEntries(Object.entries(themes).map(([name, colours]) => [name, toHost(colours)]));

function toHost(colours: Colours) {
  const { card, tint, line } = colours;
  const tints = Object.entries(tint).map(([name, background]) => [name, toStyle(background, colours)]);
  return {
    fontFamily: '"Segoe UI", "Liberation Sans", sans-serif',
    supportsInteractivity: true,
    fontTypes: {
      default: { fontFamily: '"Segoe UI", "Liberation Sans", sans-serif' },
      monospace: { fontFamily: 'Consolas, "Liberation Mono", monospace' },
    },
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: line },
    containerStyles: { default: toStyle(card, colours), ...Object.fromEntries(tints) },
    actions: {
      maxActions: 6,
      spacing: 'default',
      buttonSpacing: 8,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
    },
    factSet: { title: { weight: 'bolder', wrap: true, maxWidth: 150 }, value: { wrap: true }, spacing: 16 },
    table: { cellSpacing: 8 },
  };
}

function toStyle(backgroundColor: string, { ink, subtle, inks }: Colours) {
  const colour = (named: string) => ({ default: named, subtle });
  const named = Object.fromEntries(Object.entries(inks).map(([name, value]) => [name, colour(value)]));
  return { backgroundColor, foregroundColors: { default: colour(ink), ...named } };
}
