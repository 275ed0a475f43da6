import { readFileSync, statSync } from 'node:fs';
import type { z } from 'zod';
import { nearest } from '../commands/language/did-you-mean.ts';
import type { Variable } from './variable.ts';
import { type SettingName, VARIABLES, type VariableName } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

type Value<Name extends VariableName> = z.infer<(typeof VARIABLES)[Name]['schema']>;

const declaredAs = (name: VariableName): Variable<unknown> => VARIABLES[name];

/** Every name that is read, with those that name a file instead. */
const NAMES: ReadonlySet<string> = new Set(
  (Object.keys(VARIABLES) as VariableName[]).flatMap((name) =>
    declaredAs(name).secrets ? [name, `${name}_FILE`] : [name],
  ),
);

/** The same by how they read without capitals. */
const PLAIN: ReadonlyMap<string, string> = new Map(Array.from(NAMES, (name) => [name.toLowerCase(), name]));

/** Words that other programs have too, so that what looks like them need not be meant for us. */
const COMMON: ReadonlySet<string> = new Set(['cloud', 'data', 'data_file', 'guests', 'log_level', 'port']);

const OURS: readonly string[] = [...PLAIN.keys()].filter((plain) => !COMMON.has(plain));

/** What is likely meant by a name that nothing reads; undefined where it is none of our business. */
const slipOf = (plain: string): string | undefined => {
  const [near] = nearest(plain, OURS);
  if (near !== undefined) return `did you mean ${PLAIN.get(near)}?`;
  const isFile = OURS.some((ours) => plain === `${ours}_file`);
  return isFile ? 'only what may be a secret is read from a file.' : undefined;
};

/** Collects what is wrong, so that a start names every problem at once. */
export class Reading {
  readonly problems: string[] = [];
  readonly warnings: string[] = [];
  /** Names that nothing reads and that look like slips: worth a warning, or the reason of a problem. */
  readonly slips: string[] = [];
  readonly secrets: string[] = [];
  readonly environment: Environment;

  constructor(environment: Environment) {
    this.environment = environment;
    for (const name of Object.keys(environment)) this.#checkSpelling(name);
  }

  take<Name extends VariableName>(name: Name): Value<Name> | undefined {
    const declared = VARIABLES[name];
    const given = this.#text(name) ?? declared.usual;
    if (given === undefined) return undefined;
    const parsed = declared.schema.safeParse(given);
    if (!parsed.success) {
      this.problems.push(`${name} ${parsed.error.issues[0]?.message ?? 'is not valid'}.`);
      return undefined;
    }
    this.secrets.push(...(declaredAs(name).secrets?.(given) ?? []));
    return parsed.data as Value<Name>;
  }

  /** A variable with a usual value, which also stands in for a wrong one: that is a problem already. */
  setting<Name extends SettingName>(name: Name): Value<Name> {
    const { schema, usual } = VARIABLES[name];
    return this.take(name) ?? (schema.parse(usual) as Value<Name>);
  }

  need<Name extends VariableName>(name: Name, when: string): Value<Name> | undefined {
    const before = this.problems.length;
    const value = this.take(name);
    if (value === undefined && this.problems.length === before) {
      this.problems.push(`${name} is missing: it is needed ${when}.`);
    }
    return value;
  }

  /** Whether it was set at all, itself or as a file, rightly or wrongly. */
  has(name: VariableName): boolean {
    return this.environment[name] !== undefined || this.#fileOf(name) !== undefined;
  }

  /** Refuses a variable that does not go with another. */
  forbid(name: VariableName, why: string): void {
    if (!this.has(name)) return;
    this.#checkPair(name);
    this.problems.push(`${name} must not be set ${why}.`);
  }

  #text(name: VariableName): string | undefined {
    const direct = this.environment[name];
    const file = this.#fileOf(name);
    if (file === undefined) return direct;
    if (direct === undefined) return this.#file(name, file);
    this.#checkPair(name);
    return direct;
  }

  #fileOf(name: VariableName): string | undefined {
    return declaredAs(name).secrets && this.environment[`${name}_FILE`];
  }

  #checkPair(name: VariableName): void {
    if (this.environment[name] !== undefined && this.#fileOf(name) !== undefined)
      this.#once(`Both ${name} and ${name}_FILE are set: keep one.`);
  }

  #file(name: string, path: string): string | undefined {
    try {
      if ((statSync(path).mode & 0o077) !== 0) {
        this.warnings.push(`The file of ${name}_FILE can be read by other accounts of this machine.`);
      }
      return readFileSync(path, 'utf8').replace(/[\r\n]+$/, '');
    } catch {
      this.#once(`${name}_FILE names a file that cannot be read.`);
      return undefined;
    }
  }

  // A misspelt MicrosoftAppID or Confirm_Safe_Roles would be silently ignored, as if it had never been set.
  #checkSpelling(name: string): void {
    if (NAMES.has(name)) return;
    const plain = name.toLowerCase();
    const known = PLAIN.get(plain);
    if (known !== undefined) {
      this.problems.push(`${name} is misspelt: it is ${known}.`);
      return;
    }
    const slip = slipOf(plain);
    if (slip !== undefined) this.slips.push(`${name} is no variable of Flagman: ${slip}`);
  }

  #once(problem: string): void {
    if (!this.problems.includes(problem)) this.problems.push(problem);
  }
}
