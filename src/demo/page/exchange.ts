const FIELDS = 'input, textarea, select';

const isText = (element: unknown): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === 'text');

/**
 * Puts a changed message in the old one's place, and the focus back where it was; answers whether somebody was at a
 * button of it. Who was typing goes on typing, at the same letter.
 */
export const exchange = (old: HTMLElement, element: HTMLElement): boolean => {
  const { activeElement: active } = document;
  const had = active !== null && old.contains(active) ? active : undefined;
  const caret = isText(had) ? had.selectionStart : null;
  const fields = [...old.querySelectorAll(FIELDS)];
  old.replaceWith(element);
  if (had === undefined) return false;
  const field = element.querySelectorAll<HTMLElement>(FIELDS)[fields.indexOf(had)];
  (field ?? element).focus({ preventScroll: true });
  if (isText(field)) field.setSelectionRange(caret, caret);
  return field === undefined;
};
