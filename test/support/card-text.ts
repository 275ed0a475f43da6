import type { AdaptiveCard } from '../../src/cards/card.ts';

interface Element {
  readonly type?: string;
  readonly text?: string;
  readonly title?: string;
  readonly label?: string;
  readonly url?: string;
  readonly style?: string;
  readonly separator?: boolean;
  readonly items?: readonly Element[];
  readonly body?: readonly Element[];
  readonly inlines?: readonly Element[];
  readonly columns?: readonly Element[];
  readonly rows?: readonly Element[];
  readonly cells?: readonly Element[];
  readonly actions?: readonly Element[];
  readonly choices?: readonly Element[];
}

const buttonOf = ({ title, url }: Element): string =>
  url === undefined ? `[${title}]` : `[${title} → ${url}]`;

const all = (elements: readonly Element[] = []): string[] => elements.flatMap(linesOf);

const oneLine = (elements: readonly Element[] = []): string =>
  elements.map((element) => linesOf(element).join(' ')).join(' | ');

const linesOf = (element: Element): string[] => {
  const rule = element.separator ? ['---'] : [];
  switch (element.type) {
    case 'TextBlock':
      return [...rule, element.style === 'heading' ? `## ${element.text}` : `${element.text}`];
    case 'RichTextBlock':
      return [
        ...rule,
        ...(element.inlines ?? [])
          .map(({ text }) => text)
          .join('')
          .split('\n'),
      ];
    case 'ActionSet':
      return [...rule, (element.actions ?? []).map(buttonOf).join(' ')];
    case 'Input.Text':
      return [...rule, `[____ ${element.label}]`];
    case 'Input.ChoiceSet':
      return [...rule, `${element.label}`, ...(element.choices ?? []).map(({ title }) => `( ) ${title}`)];
    case 'Table':
      return [...rule, ...(element.rows ?? []).map(({ cells }) => oneLine(cells))];
    case 'ColumnSet':
      return [...rule, oneLine(element.columns)];
    default:
      return [...rule, ...all(element.body), ...all(element.items), ...all(element.actions)];
  }
};

/** A card as the lines that a person reads, in order: headings with ##, rules as ---, buttons and inputs in brackets. */
export const cardText = (card: AdaptiveCard): string => `${linesOf(card as Element).join('\n')}\n`;
