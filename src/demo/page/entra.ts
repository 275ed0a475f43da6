import type { EntraState, EntraWish, NextChange, Verdict } from '../chat/entra-wire.ts';
import { personAvatar } from './avatar.ts';
import { timeOfDay } from './clock.ts';
import { h } from './dom.ts';
import { type Control, makeChoice, makeSwitch, type Option } from './entra-controls.ts';
import { icon } from './icons.ts';

/** What the panel asks for. */
export interface EntraHooks {
  change(wish: EntraWish): void;
  /** Another administrator decided: to be told in words. */
  decided(words: string): void;
  close(): void;
}

type Draw = (state: EntraState, mentioned: readonly string[]) => void;
type SignIn = EntraState['signIns'][number];
type Person = EntraState['people'][number];

const NEXT: readonly Option<NextChange>[] = [
  { value: 'works', title: 'Works' },
  { value: 'refused', title: '400: refused, for good' },
  { value: 'throttled', title: '429: try again in 10 s' },
  { value: 'unavailable', title: '503: not done' },
  { value: 'late-answer', title: '504, though it was done' },
  { value: 'cut-before', title: 'Connection cut, not done' },
  { value: 'cut-after', title: 'Connection cut, though it was done' },
];

const LAG: readonly Option<number>[] = [
  { value: 0, title: 'At once' },
  { value: 4_000, title: 'After 4 seconds' },
  { value: 15_000, title: 'After 15 seconds' },
  { value: 30_000, title: 'After 30 seconds' },
];

const DECISIONS: readonly { readonly verdict: Verdict; readonly title: string; readonly done: string }[] = [
  { verdict: 'confirmed-safe', title: 'Confirm safe', done: 'confirmed safe' },
  { verdict: 'dismissed', title: 'Dismiss risk', done: 'dismissed the risk of' },
];

const titleOf = ({ who, when, where }: SignIn): string => `${who} · ${timeOfDay(when, 'UTC')} UTC · ${where}`;

/** What stands on the newest cards comes first, so that a request at hand is at hand here, too. */
const optionsFor = (signIns: readonly SignIn[], mentioned: readonly string[]): readonly Option<string>[] => {
  const rank = ({ id }: SignIn): number =>
    mentioned.includes(id) ? mentioned.indexOf(id) : mentioned.length;
  return [...signIns]
    .sort((one, other) => rank(one) - rank(other))
    .map((signIn) => ({ value: signIn.id, title: titleOf(signIn) }));
};

const makeDecision = (hooks: EntraHooks): Control<Draw> => {
  let known: readonly SignIn[] = [];
  const choice = makeChoice<string>('Decides about', () => {});
  const decide = ({ verdict, done }: (typeof DECISIONS)[number]) => {
    const signIn = known.find(({ id }) => id === choice.chosen());
    if (signIn === undefined) return;
    hooks.change({ do: 'decide', signIn: signIn.id, verdict });
    hooks.decided(`Another administrator ${done}: ${titleOf(signIn)}.`);
  };
  const buttons = DECISIONS.map((one) =>
    h('button', { type: 'button', class: 'entra-button', onclick: () => decide(one) }, one.title),
  );
  return {
    element: h('div', {}, choice.element, h('div', { class: 'entra-buttons' }, ...buttons)),
    show: ({ signIns }, mentioned) => {
      known = signIns;
      choice.show(optionsFor(signIns, mentioned));
    },
  };
};

const makePerson = ({ oid, name, role }: Person, { change }: EntraHooks): Control<(now: Person) => void> => {
  const account = makeSwitch('Account', `${name}: account`, (enabled) =>
    change({ do: 'account', person: oid, enabled }),
  );
  const held =
    role === null
      ? undefined
      : makeSwitch(role, `${name}: ${role}`, (isHeld) => change({ do: 'role', person: oid, held: isHeld }));
  return {
    element: h(
      'li',
      { class: 'entra-person' },
      personAvatar(name),
      h(
        'div',
        {},
        h('p', {}, name),
        held?.element ?? h('span', { class: 'entra-none' }, 'No role'),
        account.element,
      ),
    ),
    show: (now) => {
      account.show(now.enabled);
      held?.show(now.held);
    },
  };
};

const head = (close: () => void): HTMLElement =>
  h(
    'header',
    { class: 'panel-head' },
    h('h2', {}, 'Microsoft Entra ID'),
    h(
      'button',
      {
        type: 'button',
        class: 'icon-button',
        'aria-label': 'Close the pretended Microsoft Entra ID',
        onclick: close,
      },
      icon('close'),
    ),
  );

/** Makes the panel of the other side, empty; the answer draws how it stands. */
export const makeEntra = (root: HTMLElement, hooks: EntraHooks): Draw => {
  const { change } = hooks;
  const count = h('p', { class: 'entra-count' });
  const next = makeChoice<NextChange>('The next change', (wanted) => change({ do: 'next', change: wanted }));
  const lag = makeChoice<number>('The log shows a change', (milliseconds) =>
    change({ do: 'lag', milliseconds }),
  );
  const decision = makeDecision(hooks);
  const list = h('ul', {});
  const people = new Map<string, ReturnType<typeof makePerson>>();
  root.replaceChildren(
    head(hooks.close),
    h('p', { class: 'panel-note' }, 'The pretended one. What you do here, Flagman can only notice.'),
    count,
    h('h3', {}, 'How it answers Flagman'),
    next.element,
    lag.element,
    h('h3', {}, 'Another administrator, elsewhere'),
    decision.element,
    h('h3', {}, 'Roles and accounts'),
    list,
  );
  return (state, mentioned) => {
    const times = state.changes === 1 ? '1 time' : `${state.changes} times`;
    count.replaceChildren('Changed by Flagman ', h('strong', {}, times));
    next.show(NEXT, state.next);
    lag.show(
      LAG.some(({ value }) => value === state.lag)
        ? LAG
        : [...LAG, { value: state.lag, title: `After ${state.lag / 1000} seconds` }],
      state.lag,
    );
    decision.show(state, mentioned);
    for (const person of state.people) {
      const control = people.get(person.oid) ?? makePerson(person, hooks);
      if (!people.has(person.oid)) list.append(control.element);
      people.set(person.oid, control);
      control.show(person);
    }
  };
};
