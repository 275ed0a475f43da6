import type { Listed, Looked } from '../chat/compose.ts';
import { h } from './dom.ts';

/** Teams asks for so many results at a time. */
const PAGE = 25;

let serial = 0;

const optionOf = ({ title, text }: Listed, id: string): HTMLElement =>
  h(
    'li',
    { id, role: 'option', class: 'found', 'aria-selected': 'false' },
    h('span', { class: 'found-who' }, title),
    h('span', { class: 'found-what' }, text),
  );

/** The results of a search, one of them chosen, and the words in their place. */
export class FoundList {
  readonly id: string;
  readonly element: HTMLElement;
  readonly words = h('p', { class: 'finder-words', role: 'status' });
  #listed: readonly Listed[] = [];
  #chosen = -1;
  #isWhole = true;

  constructor() {
    serial += 1;
    this.id = `found-${serial}`;
    this.element = h('ul', {
      id: this.id,
      class: 'finder-list',
      role: 'listbox',
      'aria-label': 'Sign-ins',
    });
  }

  get length(): number {
    return this.#listed.length;
  }

  /** The id of the chosen option; null where there is none. */
  get chosenId(): string | null {
    return this.#chosen === -1 ? null : `${this.id}-${this.#chosen}`;
  }

  get chosen(): Listed | undefined {
    return this.#listed[this.#chosen];
  }

  /** Whether the last result is near, and there may be more. */
  get wantsMore(): boolean {
    const { scrollTop, clientHeight, scrollHeight } = this.element;
    return !this.#isWhole && scrollTop + clientHeight > scrollHeight - 40;
  }

  /** Shows what a search came to, behind so many results that stand there already. */
  show(looked: Looked, skip: number): void {
    const more = 'results' in looked ? looked.results : [];
    this.#isWhole = more.length < PAGE;
    const options = more.map((one, index) => optionOf(one, `${this.id}-${skip + index}`));
    if (skip > 0) {
      this.#listed = [...this.#listed, ...more];
      this.element.append(...options);
      return;
    }
    this.words.textContent = 'words' in looked ? looked.words : '';
    this.#listed = more;
    this.element.replaceChildren(...options);
    this.choose(0);
  }

  /** Chooses the option at an index, around the ends. */
  choose(index: number): void {
    const options = [...this.element.children];
    this.#chosen = options.length === 0 ? -1 : (index + options.length) % options.length;
    for (const [at, option] of options.entries()) {
      option.setAttribute('aria-selected', String(at === this.#chosen));
      if (at === this.#chosen) option.scrollIntoView({ block: 'nearest' });
    }
  }

  /** Chooses the next option, or the one before. */
  move(by: 1 | -1): void {
    this.choose(this.#chosen + by);
  }

  /** Chooses the option that holds what was clicked; false where it is none. */
  chooseAt(target: EventTarget | null): boolean {
    const option = target instanceof Element ? target.closest('li') : null;
    if (option === null) return false;
    this.choose([...this.element.children].indexOf(option));
    return true;
  }
}
