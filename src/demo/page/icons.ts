/** Line drawings on a 20 × 20 grid. */
const PATHS = {
  chat: 'M10 3a7 7 0 0 1 0 14 7 7 0 0 1-3.2-.8L3 17l.9-3.6A7 7 0 0 1 10 3Z M7 9h6 M7 12h4',
  teams:
    'M7.5 9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z M2.5 16.5v-1A3.5 3.5 0 0 1 6 12h3a3.5 3.5 0 0 1 3.5 3.5v1 M14 9.5a2 2 0 1 0 0-4 M15 12a3 3 0 0 1 2.5 3v1',
  ask: 'M7.5 14.5c0-2-2.5-3-2.5-6a5 5 0 0 1 10 0c0 3-2.5 4-2.5 6Z M8 17.5h4',
  shield: 'M10 2.5 16 5v4.5c0 4-2.5 6.5-6 8-3.5-1.5-6-4-6-8V5Z M7.5 9.8 9.3 11.6 12.7 8.2',
  sun: 'M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z M10 1.8v1.7 M10 16.5v1.7 M1.8 10h1.7 M16.5 10h1.7 M4.2 4.2l1.2 1.2 M14.6 14.6l1.2 1.2 M15.8 4.2l-1.2 1.2 M5.4 14.6l-1.2 1.2',
  moon: 'M16.5 12A7 7 0 0 1 8 3.5 7 7 0 1 0 16.5 12Z',
  send: 'M3 3.5 17.5 10 3 16.5 5.2 10Z M5.2 10H11',
  more: 'M5 10a1 1 0 1 1-2 0 1 1 0 0 1 2 0Z M11 10a1 1 0 1 1-2 0 1 1 0 0 1 2 0Z M17 10a1 1 0 1 1-2 0 1 1 0 0 1 2 0Z',
  back: 'M11.5 4.5 6 10l5.5 5.5',
  close: 'm5 5 10 10 M15 5 5 15',
  reply: 'M8 5 3.5 9.5 8 14 M3.5 9.5H11a5.5 5.5 0 0 1 5.5 5.5',
  hash: 'M7.5 3 6 17 M14 3l-1.5 14 M3.5 7.5h13.5 M3 12.5h13.5',
  flag: 'M5 2.5v15 M5 4c4-2 6.5 2 11 0v7.5c-4.5 2-7-2-11 0',
} as const;

export type Icon = keyof typeof PATHS;

const SVG = 'http://www.w3.org/2000/svg';

/** A drawing that screen readers pass over. */
export const icon = (name: Icon): SVGElement => {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
};
