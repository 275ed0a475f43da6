import { h } from './dom.ts';

/** A part of the panel that shows how things stand. */
export interface Control<Show> {
  readonly element: HTMLElement;
  readonly show: Show;
}

/** One thing that can be chosen. */
export interface Option<Value> {
  readonly value: Value;
  readonly title: string;
}

/** A labelled list to choose from. What the person chose stays; where they chose nothing, the first one is chosen. */
export interface Choice<Value> extends Control<(options: readonly Option<Value>[], chosen?: Value) => void> {
  readonly chosen: () => Value | undefined;
}

/** Makes an empty list. */
export const makeChoice = <Value extends string | number>(
  label: string,
  choose: (value: Value) => void,
): Choice<Value> => {
  let options: readonly Option<Value>[] = [];
  let wanted: Value | undefined;
  const select = h('select', {
    onchange: () => {
      wanted = chosen();
      if (wanted !== undefined) choose(wanted);
    },
  });
  const chosen = (): Value | undefined => options.find(({ value }) => String(value) === select.value)?.value;
  return {
    element: h('label', { class: 'entra-choice' }, h('span', {}, label), select),
    chosen,
    show: (now, value = wanted) => {
      // An open list would close when it is made anew.
      if (JSON.stringify(now) !== JSON.stringify(options))
        select.replaceChildren(...now.map((one) => h('option', { value: String(one.value) }, one.title)));
      options = now;
      if (value !== undefined) select.value = String(value);
    },
  };
};

/** A switch with a short label, and a full one for those who hear it alone. */
export const makeSwitch = (
  label: string,
  name: string,
  turn: (isOn: boolean) => void,
): Control<(isOn: boolean) => void> => {
  const box = h('input', {
    type: 'checkbox',
    role: 'switch',
    'aria-label': name,
    onchange: () => turn(box.checked),
  });
  return {
    element: h('label', { class: 'entra-switch' }, box, h('span', {}, label)),
    show: (isOn) => {
      box.checked = isOn;
    },
  };
};
