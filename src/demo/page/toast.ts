/** Slow readers take about ten letters a second. */
const MS_PER_LETTER = 100;
const AT_LEAST_MS = 7000;
const LINGER_MS = 2000;

/**
 * Shows short notices, one at a time, as long as it takes to read them; one under the pointer stays. The element is a
 * live region and always there, as screen readers hear only changes of what they know. Empty text takes the notice away.
 */
export const makeToast = (element: HTMLElement): ((text: string) => void) => {
  let timer: number | undefined;
  const clear = (): void => element.replaceChildren();
  const clearAfter = (milliseconds: number): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(clear, milliseconds);
  };
  element.addEventListener('pointerenter', () => window.clearTimeout(timer));
  element.addEventListener('pointerleave', () => clearAfter(LINGER_MS));
  return (text) => {
    // New text even where the words are the same, so that they are heard again.
    element.replaceChildren(text);
    clearAfter(Math.max(AT_LEAST_MS, text.length * MS_PER_LETTER));
  };
};
