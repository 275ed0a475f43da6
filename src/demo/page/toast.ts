const SHOWN_MS = 7000;

/** Shows short notices, one at a time; screen readers hear them. */
export const makeToast = (element: HTMLElement): ((text: string) => void) => {
  let timer: number | undefined;
  return (text) => {
    window.clearTimeout(timer);
    element.textContent = text;
    element.hidden = false;
    timer = window.setTimeout(() => {
      element.hidden = true;
    }, SHOWN_MS);
  };
};
