import { h } from './dom.ts';
import { type Icon, icon } from './icons.ts';

/** What can stand beside the conversation: examples of questions, or the pretended Microsoft Entra ID. */
export type Panel = 'ask' | 'entra' | 'none';

/** An area of the page that the rail leads to. */
export type Area = 'chat' | 'teams' | Exclude<Panel, 'none'>;

const AREAS: readonly { readonly area: Area; readonly label: string; readonly picture: Icon }[] = [
  { area: 'chat', label: 'Chat', picture: 'chat' },
  { area: 'teams', label: 'Teams', picture: 'teams' },
  { area: 'ask', label: 'Ask', picture: 'ask' },
  { area: 'entra', label: 'Entra ID', picture: 'shield' },
];

/** Draws the rail once; the answer marks the area in front and the panel that is open. */
export const makeRail = (
  root: HTMLElement,
  go: (area: Area) => void,
): ((front: Area, panel: Panel) => void) => {
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
  return (front, panel) => {
    for (const { area, button } of buttons) {
      if (area === 'ask' || area === 'entra') button.setAttribute('aria-expanded', String(area === panel));
      else button.setAttribute('aria-current', String(area === front));
    }
  };
};
