/** Shares one outcome among calls that mean the same. */
export type Once<Value> = (
  keys: readonly [own: string, meaning: string],
  work: () => Promise<Value>,
) => Promise<Value>;

/** Teams sends an unanswered press again after about 15 and 30 seconds. */
const REMEMBERED_MS = 60_000;

const REMEMBERED_AT_ONCE = 1_000;

/**
 * Does a piece of work once: a repeat with the same own key (Teams re-sends a slow press) gets the same outcome for
 * a minute, one with the same meaning (a double click) only while the first is still going on.
 */
export const onceWith = <Value>(clock: () => number): Once<Value> => {
  const known = new Map<string, { readonly at: number; readonly outcome: Promise<Value> }>();
  const going = new Map<string, Promise<Value>>();
  return ([own, meaning], work) => {
    const now = clock();
    const before = known.get(own);
    if (before && now - before.at < REMEMBERED_MS) return before.outcome;
    const outcome = going.get(meaning) ?? work();
    if (!going.has(meaning)) {
      going.set(meaning, outcome);
      const forget = (): boolean => going.delete(meaning);
      outcome.then(forget, forget);
    }
    known.set(own, { at: now, outcome });
    const [oldest] = known.keys();
    if (known.size > REMEMBERED_AT_ONCE && oldest !== undefined) known.delete(oldest);
    return outcome;
  };
};
