import { icon } from './icons.ts';

type Theme = 'light' | 'dark';

const KEY = 'flagman-theme';

const stored = (): Theme | null => {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : null;
};

/** Lets a button switch between light and dark; until it is pressed the system decides. */
export const startTheme = (button: HTMLButtonElement): void => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const current = (): Theme => stored() ?? (system.matches ? 'dark' : 'light');
  const show = (): void => {
    const theme = current();
    document.documentElement.dataset.theme = theme;
    const label = theme === 'dark' ? 'Light theme' : 'Dark theme';
    button.setAttribute('aria-label', label);
    button.title = label;
    button.replaceChildren(icon(theme === 'dark' ? 'sun' : 'moon'));
  };
  button.addEventListener('click', () => {
    localStorage.setItem(KEY, current() === 'dark' ? 'light' : 'dark');
    show();
  });
  system.addEventListener('change', show);
  show();
};
