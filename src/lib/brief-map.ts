/**
 * A map that starts over, empty, when it holds `most` entries and a new one comes: for what can always be found out
 * again. Forgetting all at once costs nothing while there is room. One for 0 entries holds nothing.
 */
export class BriefMap<Key, Value> extends Map<Key, Value> {
  readonly #most: number;

  constructor(most: number) {
    super();
    this.#most = most;
  }

  override set(key: Key, value: Value): this {
    if (this.#most === 0) return this;
    if (this.size >= this.#most && !this.has(key)) this.clear();
    return super.set(key, value);
  }
}
