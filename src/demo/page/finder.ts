import type { Looked } from '../chat/compose.ts';
import { h } from './dom.ts';
import { FoundList } from './found-list.ts';
import { icon } from './icons.ts';

/** The bot's search, as one conversation sees it. */
export interface Finding {
  /** What stands in the search now; `first` when it was just opened. */
  look(text: string, skip: number, first: boolean): Promise<Looked>;
  /** Sends what the bot gives for a result. */
  pick(tap: unknown): Promise<void>;
}

const makeBox = (listId: string): HTMLInputElement =>
  h('input', {
    type: 'search',
    class: 'finder-box',
    role: 'combobox',
    placeholder: 'flagged for user@contoso.com',
    'aria-label': 'Search sign-ins',
    'aria-controls': listId,
    'aria-expanded': 'true',
    autocomplete: 'off',
    spellcheck: 'false',
  });

const head = (leave: () => void): HTMLElement =>
  h(
    'header',
    { class: 'finder-head' },
    icon('flag'),
    h('h2', {}, 'Flagman: search sign-ins'),
    h(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': 'Close the search', onclick: leave },
      icon('close'),
    ),
  );

/** Sends every letter, and shows what comes back for the newest one. */
const typing = (box: HTMLInputElement, found: FoundList, { look }: Finding) => {
  let asked = 0;
  return async (first: boolean, skip = 0): Promise<void> => {
    asked += 1;
    const mine = asked;
    found.element.setAttribute('aria-busy', 'true');
    const looked = await look(box.value, skip, first);
    // What was typed since then is asked already.
    if (mine !== asked) return;
    found.element.removeAttribute('aria-busy');
    found.show(looked, skip);
    box.setAttribute('aria-activedescendant', found.chosenId ?? '');
  };
};

/** A search over the message box: every letter is sent, arrows choose, Enter picks, Escape leaves. */
export const makeFinder = (finding: Finding, leave: () => void): HTMLElement => {
  const found = new FoundList();
  const box = makeBox(found.id);
  const { element: list, words } = found;
  const type = typing(box, found, finding);
  const move = (by: 1 | -1): void => {
    found.move(by);
    box.setAttribute('aria-activedescendant', found.chosenId ?? '');
  };
  const take = async (): Promise<void> => {
    const { chosen } = found;
    if (chosen === undefined || list.inert) return;
    // Nobody sends it twice.
    list.inert = true;
    await finding.pick(chosen.tap);
    leave();
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => void take(),
    Escape: leave,
  };
  box.addEventListener('keydown', (event) => {
    const act = event.isComposing ? undefined : keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  box.addEventListener('input', () => void type(false));
  list.addEventListener('click', ({ target }) => {
    if (found.chooseAt(target)) void take();
  });
  list.addEventListener('scroll', () => {
    if (found.wantsMore && !list.hasAttribute('aria-busy')) void type(false, found.length);
  });
  void type(true);
  return h(
    'section',
    { class: 'finder', 'aria-label': 'Search with Flagman' },
    head(leave),
    box,
    words,
    list,
  );
};
