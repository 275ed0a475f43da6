import type { Condition } from '../../entra/condition.ts';
import type { Query, Window } from '../../entra/query.ts';
import type { Match, Topic } from '../clauses/clause.ts';
import { either } from '../clauses/conditions.ts';
import type { Command } from '../command.ts';
import type { Problem } from '../problem.ts';
import { intersect } from './windows.ts';

/** Alternatives on one topic, each once and in the order in which they were said. */
interface Alternatives {
  readonly of: Map<string, Condition>;
  /** Whether only loose words named them. */
  readonly loose: boolean;
}

/** Exact words silence loose ones on the same topic: "lockouts 50053", "risky … dismissed". */
const joined = (known: Alternatives | undefined, match: Match): Alternatives => {
  const loose = match.loose === true;
  if (known && loose && !known.loose) return known;
  const goesOn = known !== undefined && known.loose === loose;
  const all: Alternatives = goesOn ? known : { of: new Map(), loose };
  for (const condition of match.either ?? []) all.of.set(JSON.stringify(condition), condition);
  return all;
};

/** Several event types are one test of the list, not several tests of it. */
const alternatives = (of: readonly Condition[]): Condition => {
  const [first] = of;
  if (first?.op !== 'any' || first.is !== 'eq') return either(of);
  const values = of.flatMap((condition) => (condition.op === 'any' ? condition.values : []));
  return { ...first, values: [...new Set(values)] };
};

const contradiction = (what: string, why: string): Problem => ({
  problem: 'contradiction',
  what,
  why,
  next: 'Leave one of the two out.',
  suggestions: [],
});

const isSuccess = ({ of }: Alternatives): boolean => [...of.values()].some(({ op }) => op === 'eq');

/** A question while it is put together from its clauses. */
export class Draft {
  readonly #topics = new Map<Topic, Alternatives>();
  readonly #must: Condition[] = [];
  readonly #notes: string[] = [];
  readonly #nouns = new Set<Command>();
  #window: Window = {};
  #limit: number | undefined;
  #groupBy: 'user' | undefined;
  #listsUsers = false;

  /** Takes in what a clause said; a problem when it cannot be true together with what was said before. */
  add(match: Match): Problem | undefined {
    const { topic, window, limit } = match;
    if (topic !== undefined) this.#topics.set(topic, joined(this.#topics.get(topic), match));
    if (match.must) this.#must.push(...match.must);
    if (match.notes) this.#notes.push(...match.notes);
    if (match.noun) this.#nouns.add(match.noun);
    this.#groupBy ??= match.groupBy;
    this.#listsUsers ||= match.listsUsers === true;
    return (window && this.#narrow(window)) ?? (limit === undefined ? undefined : this.#cut(limit));
  }

  get nouns(): ReadonlySet<Command> {
    return this.#nouns;
  }

  get notes(): readonly string[] {
    return [...new Set(this.#notes)];
  }

  /** "users at risk": users are asked for, not sign-ins, and nothing says whose or what sign-ins. */
  get isAboutUsers(): boolean {
    const risk = ['risk state', 'level', 'level then', 'detail', 'detection'] as const;
    const topics = [...this.#topics.keys()];
    return (
      this.#listsUsers && topics.length > 0 && topics.every((topic) => risk.some((name) => name === topic))
    );
  }

  /** The question, or why it can have no answer. */
  query(): Query | Problem {
    const clash = this.#outcome();
    if (clash) return clash;
    const where = [...this.#topics.values()].map(({ of }) => alternatives([...of.values()]));
    return {
      entity: 'signIns',
      where: [...where, ...this.#must],
      window: this.#window,
      ...(this.#limit !== undefined && { limit: this.#limit }),
      ...(this.#groupBy && { groupBy: this.#groupBy }),
    };
  }

  /** A code says more than "failed" and contradicts "successful"; both outcomes together say nothing. */
  #outcome(): Problem | undefined {
    const outcome = this.#topics.get('outcome');
    if (outcome === undefined) return undefined;
    const codes = this.#topics.get('code');
    if (codes !== undefined && isSuccess(outcome)) {
      return contradiction('A sign-in cannot succeed and end with an error code.', 'Success is code 0.');
    }
    if (codes !== undefined || outcome.of.size > 1) this.#topics.delete('outcome');
    return undefined;
  }

  #narrow(window: Window): Problem | undefined {
    const both = intersect(this.#window, window);
    if (both === undefined) {
      return contradiction('These two times have nothing in common.', 'One ends before the other begins.');
    }
    this.#window = both;
    return undefined;
  }

  #cut(limit: number): Problem | undefined {
    if (this.#limit !== undefined && this.#limit !== limit) {
      return contradiction('There are two numbers of sign-ins.', 'Only one can be meant.');
    }
    this.#limit = limit;
    return undefined;
  }
}
