import { h } from './dom.ts';
import { type Icon, icon } from './icons.ts';

/** An area of the page that the rail leads to. */
export type Area = 'chat' | 'teams' | 'ask';

const AREAS: readonly { readonly area: Area; readonly label: string; readonly picture: Icon }[] = [
  { area: 'chat', label: 'Chat', picture: 'chat' },
  { area: 'teams', label: 'Teams', picture: 'teams' },
  { area: 'ask', label: 'Ask', picture: 'ask' },
];

/** Draws the rail once; the answer marks the area in front and whether the examples are open. */
export const makeRail = (
  root: HTMLElement,
  go: (area: Area) => void,
): ((area: Area, asksOpen: boolean) => void) => {
  const buttons = AREAS.map(({ area, label, picture }) => ({
    area,
    button: h(
      'button',
      { type: 'button', class: 'rail-button', onclick: () => go(area) },
      icon(picture),
      h('span', {}, label),
    ),
  }));
  root.replaceChildren(...buttons.map(({ button }) => button));
  return (front, asksOpen) => {
    for (const { area, button } of buttons) {
      if (area === 'ask') button.setAttribute('aria-expanded', String(asksOpen));
      else button.setAttribute('aria-current', String(area === front));
    }
  };
};
