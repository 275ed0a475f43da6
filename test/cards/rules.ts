import { ACTIONS } from '../../src/actions/list.ts';
import type { AdaptiveCard } from '../../src/cards/card.ts';
import { CLOUDS } from '../../src/entra/clouds.ts';
import { incidentName } from '../../src/entra/incident.ts';
import { complaintsOf, elementsOf, leavesOf, officialCheck, schemaIsThere, sizeOf } from './inspect.ts';

type Rule = (card: AdaptiveCard) => readonly string[];

const ELEMENTS = new Set([
  ...['AdaptiveCard', 'TextBlock', 'RichTextBlock', 'TextRun', 'Container', 'ActionSet'],
  ...['Table', 'TableRow', 'TableCell', 'Action.Execute', 'Action.Submit', 'Action.OpenUrl'],
  ...['Input.Text', 'Input.ChoiceSet'],
]);

/** Every input, whole but for its choices: nothing in it comes from the tenant or is filled in beforehand. */
const INPUTS: readonly unknown[] = [
  { type: 'Input.Text', id: 'reason', label: 'Reason, needed to reject', maxLength: 500 },
  {
    type: 'Input.Text',
    id: 'reason',
    isMultiline: true,
    maxLength: 500,
    label: 'Why? This is written into the ledger.',
    isRequired: true,
    errorMessage: 'A reason is needed.',
  },
  {
    type: 'Input.ChoiceSet',
    id: 'action',
    style: 'expanded',
    label: 'What is to be done?',
    wrap: true,
    isRequired: true,
    errorMessage: 'Choose one.',
    choices: Object.values(ACTIONS).map(({ name, title }) => ({ title, value: name })),
  },
  {
    type: 'Input.ChoiceSet',
    id: 'incident',
    style: 'compact',
    label: 'To which incident?',
    placeholder: 'Choose an incident',
    isRequired: true,
    errorMessage: 'Choose an incident.',
  },
].map((input) => JSON.stringify(input));

/** An input without the incidents, which are names of ours: none but them can be chosen, or is chosen beforehand. */
const withoutIncidents = ({ value, choices, ...input }: Record<string, unknown>): unknown => {
  if (input.id !== 'incident') return { ...input, value, choices };
  const names = Array.isArray(choices) ? choices.map((choice) => choice.title) : [];
  const isWhole =
    names.length > 0 &&
    names.every((name) => name === incidentName(name)) &&
    ['', ...names].includes(value) &&
    JSON.stringify(choices) === JSON.stringify(names.map((name) => ({ title: name, value: name })));
  return isWhole ? input : { ...input, value, choices };
};

/** The only links of a card. */
const LINKS = new Set(Object.values(CLOUDS).map(({ portalUrl }) => `Action.OpenUrl ${portalUrl}`));

/** The verbs that are about an approval. */
const ABOUT_APPROVALS = new Set([
  ...['approve', 'approve-own', 'reject', 'withdraw', 'look', 'resolve-done', 'resolve-failed'],
]);

/** The verbs of buttons that need what was typed or chosen. */
const TAKES_ALONG = new Set(['reject', 'request', 'share-to']);

/** The buttons of a list that lead nowhere on. */
const OF_A_LIST = /^(?:Details|Act…|Share…|Share these \d+…|Export)$/;

/** The smallest data: which approval, and the version that was shown. */
const namesAnApproval = (data: unknown): boolean =>
  /^\{"approval":\d+,"version":\d+\}$/.test(JSON.stringify(data));

const actionsOf = (bar: Record<string, unknown>): readonly unknown[] =>
  Array.isArray(bar.actions) ? bar.actions : [];

/** What holds for every card; each rule gives what breaks it. */
export const RULES: Readonly<Record<string, Rule>> = {
  'the official schema accepts it': schemaIsThere ? officialCheck() : () => [],
  'the renderer accepts it': complaintsOf,
  'it is at most 28 KB as UTF-16': (card) => (sizeOf(card) > 28 * 1024 ? [`${sizeOf(card)} bytes`] : []),
  'it holds no null': (card) =>
    leavesOf(card)
      .filter(({ value }) => value === null || value === undefined)
      .map(({ path }) => path),
  'no expression is left in any text': (card) =>
    leavesOf(card)
      .filter(({ value }) => typeof value === 'string' && /\$\{|\{\{/.test(value))
      .map(({ path, value }) => `${path} ${value}`),
  'its inputs are ours to the last letter': (card) =>
    ['Input.Text', 'Input.ChoiceSet']
      .flatMap((type) => elementsOf(card, type))
      .map((input) => JSON.stringify(withoutIncidents(input)))
      .filter((input) => !INPUTS.includes(input)),
  'a button about an approval carries its number and version, and nothing else': (card) =>
    elementsOf(card, 'Action.Execute')
      .filter(({ verb, data }) => ABOUT_APPROVALS.has(String(verb)) && !namesAnApproval(data))
      .map((action) => JSON.stringify(action)),
  'only buttons that need it take along what was typed': (card) =>
    [...elementsOf(card, 'Input.Text'), ...elementsOf(card, 'Input.ChoiceSet')].length === 0
      ? []
      : elementsOf(card, 'Action.Execute')
          .filter(
            ({ verb, associatedInputs }) =>
              associatedInputs !== (TAKES_ALONG.has(String(verb)) ? 'auto' : 'none'),
          )
          .map((action) => JSON.stringify(action)),
  'it has no image, nothing but text, inputs and buttons': (card) =>
    leavesOf(card)
      .filter(({ key, value }) => key === 'type' && !ELEMENTS.has(String(value)))
      .map(({ path, value }) => `${path} ${value}`),
  'a link is a button that leads to the Entra admin center': (card) =>
    leavesOf(card)
      .filter(({ key }) => key === 'url')
      .map(({ type, value }) => `${type} ${value}`)
      .filter((link) => !LINKS.has(link)),
  'every button has a fallback with the same data and the verb': (card) =>
    elementsOf(card, 'Action.Execute')
      .filter(({ title, verb, data, associatedInputs, fallback }) => {
        const submit = {
          type: 'Action.Submit',
          title,
          data: { ...Object(data), verb },
          ...(associatedInputs !== undefined && { associatedInputs }),
        };
        // Ten rows find room on a list only without it; people with clients that old can say "#7".
        if (fallback === undefined) return !OF_A_LIST.test(String(title));
        return JSON.stringify(fallback) !== JSON.stringify(submit);
      })
      .map((action) => JSON.stringify(action)),
  'a bar has one to six buttons': (card) =>
    elementsOf(card, 'ActionSet')
      .filter((bar) => actionsOf(bar).length < 1 || actionsOf(bar).length > 6)
      .map((bar) => JSON.stringify(bar)),
};

/** Every rule that the card breaks, with what breaks it. */
export const faultsOf = (card: AdaptiveCard): readonly string[] =>
  Object.entries(RULES).flatMap(([name, rule]) => rule(card).map((fault) => `not so: ${name}: ${fault}`));
