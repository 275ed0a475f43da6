import type * as Renderer from 'adaptivecards';
import type MarkdownIt from 'markdown-it';
import type { CardJson } from '../chat/messages.ts';
import { h } from './dom.ts';
import type { Draft } from './drafts.ts';
import { HOST_CONFIG } from './host-config.ts';

declare const AdaptiveCards: typeof Renderer;
declare const markdownit: (options: { html: boolean; linkify: boolean }) => InstanceType<typeof MarkdownIt>;

/** A button that was pressed, and what the inputs of the card hold. */
export interface Pressed {
  readonly action: { readonly type: string; readonly [key: string]: unknown };
  readonly inputs: Readonly<Record<string, unknown>>;
}

const markdown = markdownit({ html: false, linkify: true });

/** A bot's text: Markdown without HTML, as Teams takes it. */
export const renderMarkdown = (text: string): HTMLElement => {
  const element = h('div', { class: 'markdown' });
  element.innerHTML = markdown.render(text);
  for (const link of element.querySelectorAll('a'))
    Object.assign(link, { target: '_blank', rel: 'noopener' });
  return element;
};

// Markdown is on, as in Teams: text that is not meant as Markdown must not look like it by luck.
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};

const openLink = (url: string | undefined): void => {
  if (url?.startsWith('https://')) window.open(url, '_blank', 'noopener');
};

const inputsOf = (card: Renderer.AdaptiveCard): Record<string, unknown> =>
  Object.fromEntries(card.getAllInputs().map(({ id, value }) => [id ?? '', value]));

const isFull = ({ msteams }: CardJson): boolean =>
  typeof msteams === 'object' && msteams !== null && 'width' in msteams && msteams.width === 'Full';

// A card that takes the place of another one may mean something else by the same id.
const keyOf = ({ id, label }: Renderer.Input): string => `${id} ${label}`;

const isFilled = (input: Renderer.Input): input is Renderer.TextInput | Renderer.ChoiceSetInput =>
  input instanceof AdaptiveCards.TextInput || input instanceof AdaptiveCards.ChoiceSetInput;

/** Fills in what was typed before, forgets what has no input any more, and keeps up with what is typed. */
const keepDraft = (card: Renderer.AdaptiveCard, draft: Draft): void => {
  const inputs = card.getAllInputs().filter(isFilled);
  const keys = inputs.map(keyOf);
  for (const key of draft.keys()) if (!keys.includes(key)) draft.delete(key);
  for (const input of inputs) {
    const typed = draft.get(keyOf(input));
    if (typed !== undefined) input.defaultValue = typed;
  }
  card.onInputValueChanged = (input) => {
    if (isFilled(input)) draft.set(keyOf(input), input.value ?? '');
  };
};

/** Draws a card. While a press is under way its buttons rest, so that nobody presses twice. */
export const renderCard = (
  json: CardJson,
  draft: Draft,
  onPress: (pressed: Pressed) => Promise<void>,
): HTMLElement => {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(HOST_CONFIG);
  const frame = h('div', { class: isFull(json) ? 'card full' : 'card' });
  card.onExecuteAction = async (action) => {
    if (action instanceof AdaptiveCards.OpenUrlAction) return openLink(action.url);
    if (frame.hasAttribute('aria-busy')) return;
    frame.setAttribute('aria-busy', 'true');
    await onPress({
      action: { ...action.toJSON(), type: action.getJsonTypeName() },
      inputs: inputsOf(card),
    });
    frame.removeAttribute('aria-busy');
  };
  card.parse(json);
  keepDraft(card, draft);
  frame.append(card.render() ?? h('p', {}, 'This card cannot be shown.'));
  return frame;
};
