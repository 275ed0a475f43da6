/** Colours follow the page's theme: the renderer passes CSS variables through. */
const colour = (name: string): { default: string; subtle: string } => ({
  default: `var(--${name})`,
  subtle: `var(--${name}-subtle, var(--${name}))`,
});

const foregroundColors = {
  default: { default: 'var(--text)', subtle: 'var(--text-soft)' },
  dark: { default: 'var(--text)', subtle: 'var(--text-soft)' },
  light: { default: 'var(--text-soft)', subtle: 'var(--text-soft)' },
  accent: colour('accent-text'),
  good: colour('good'),
  warning: colour('warning'),
  attention: colour('attention'),
};

const style = (backgroundColor: string): object => ({ backgroundColor, foregroundColors });

/** How Adaptive Cards look here: the measures and colours of a Teams client. */
export const HOST_CONFIG = {
  fontFamily: 'inherit',
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  supportsInteractivity: true,
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  containerStyles: {
    default: style('transparent'),
    emphasis: style('var(--ground)'),
    accent: style('var(--accent-tint)'),
    good: style('var(--good-fill)'),
    warning: style('var(--warning-fill)'),
    attention: style('var(--attention-fill)'),
  },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline', inlineTopMargin: 12 },
  },
  adaptiveCard: { allowCustomStyle: false },
  textStyles: { heading: { size: 'large', weight: 'bolder' } },
  textBlock: { headingLevel: 3 },
  factSet: {
    title: { weight: 'bolder', wrap: true, maxWidth: 160 },
    value: { wrap: true },
    spacing: 12,
  },
  table: { cellSpacing: 8 },
};
