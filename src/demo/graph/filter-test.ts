import type { Expression, Literal, Operator } from './filter-syntax.ts';
import { invalidFilter, type Refusal, unknownProperty } from './refusal.ts';

/** What a resource lets a filter do with one property. */
export interface Filterable {
  readonly kind: Literal['kind'];
  /** For a list, those inside `any`. */
  readonly operators: readonly Operator[];
  readonly list?: boolean;
  /** Whether letters compare without case. */
  readonly anyCase?: boolean;
  /** The property itself, where this is a second spelling of it. */
  readonly spells?: string;
}

/** What a resource lets a filter do. */
export interface FilterRules {
  /** As error messages name it. */
  readonly type: string;
  readonly properties: ReadonlyMap<string, Filterable>;
  /** The refusal of an operator that a property does not have. */
  readonly unsupported: (property: string) => Refusal;
  /** Refuses a literal that the resource will not compare with. */
  readonly check?: (literal: Literal) => void;
}

/** A row, or anything else with properties. */
type Item = Readonly<Record<string, unknown>>;

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null;

/** Whether a row fits a filter. */
export type Test = (item: Item) => boolean;

/** Turns a filter into a test of rows; what the rules do not allow is refused with 400. */
export const testOf = (expression: Expression, rules: FilterRules): Test => {
  switch (expression.kind) {
    case 'and': {
      const tests = expression.parts.map((part) => testOf(part, rules));
      return (item) => tests.every((test) => test(item));
    }
    case 'or': {
      const tests = expression.parts.map((part) => testOf(part, rules));
      return (item) => tests.some((test) => test(item));
    }
    case 'not':
      throw invalidFilter('The operator Not is not supported.');
    case 'compare':
      return valueTest(expression, rules);
    case 'any':
      return listTest(expression, rules);
  }
};

/** The names of all properties that a filter speaks of. */
export const propertiesIn = (expression: Expression): readonly string[] => {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.parts.flatMap(propertiesIn);
    case 'not':
      return propertiesIn(expression.part);
    case 'compare':
    case 'any':
      return [expression.property];
  }
};

const ruleOf = (property: string, rules: FilterRules): Filterable => {
  const rule = rules.properties.get(property);
  if (rule === undefined) throw invalidFilter(unknownProperty(property, rules.type));
  return rule;
};

type Of<Kind extends Expression['kind']> = Extract<Expression, { readonly kind: Kind }>;

const valueTest = ({ property, operator, literal }: Of<'compare'>, rules: FilterRules): Test => {
  const rule = ruleOf(property, rules);
  if (rule.list === true || !rule.operators.includes(operator)) throw rules.unsupported(property);
  // A quoted date, a quoted number, an unquoted text.
  if (rule.kind !== literal.kind) throw invalidFilter();
  rules.check?.(literal);
  const holds = HOLDS[operator];
  const wanted = comparable(literal.value, rule);
  const read = readerOf(rule.spells ?? property);
  return (item) => holds(comparable(read(item), rule), wanted);
};

const listTest = ({ property, variable, part }: Of<'any'>, rules: FilterRules): Test => {
  const rule = ruleOf(property, rules);
  if (rule.list !== true) throw rules.unsupported(property);
  const { list: _, ...element } = rule;
  const inside: FilterRules = { ...rules, properties: new Map([[variable, element]]) };
  const test = testOf(part, inside);
  const read = readerOf(rule.spells ?? property);
  return (item) => {
    const values = read(item);
    return Array.isArray(values) && values.some((value) => test({ [variable]: value }));
  };
};

const readerOf = (property: string): ((item: Item) => unknown) => {
  const [first = '', second] = property.split('/');
  if (second === undefined) return (item) => item[first];
  return (item) => {
    const inner = item[first];
    return isItem(inner) ? inner[second] : undefined;
  };
};

type Comparable = string | number | boolean | undefined;

/** What a value compares as: an instant as a number, names without case, and nothing as undefined. */
const comparable = (value: unknown, rule: Filterable): Comparable => {
  if (rule.kind === 'instant' && typeof value === 'string') return Date.parse(value);
  if (typeof value === 'string') return rule.anyCase === true ? value.toLowerCase() : value;
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
};

const HOLDS: Readonly<Record<Operator, (value: Comparable, wanted: Comparable) => boolean>> = {
  eq: (value, wanted) => value === wanted,
  ne: (value, wanted) => value !== wanted,
  ge: (value, wanted) => value !== undefined && wanted !== undefined && value >= wanted,
  le: (value, wanted) => value !== undefined && wanted !== undefined && value <= wanted,
  startswith: (value, wanted) => typeof value === 'string' && value.startsWith(String(wanted)),
};
