import type { Expression, Literal } from './filter-syntax.ts';
import { badRequest, invalidFilter, type Refusal, unknownProperty } from './refusal.ts';

/** What a resource lets a filter do with one property. */
export interface Filterable {
  readonly kind: Literal['kind'];
  /** `startswith` and the comparisons; for a list, those inside `any`. */
  readonly operators: readonly string[];
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
  readonly check?: (property: string, literal: Literal) => void;
}

/** A row, or anything else with properties. */
type Item = Readonly<Record<string, unknown>>;

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null;

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
      return valueTest(expression.property, expression.operator, expression.literal, rules);
    case 'call':
      return valueTest(expression.property, expression.name, expression.literal, rules);
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
    case 'call':
    case 'any':
      return [expression.property];
  }
};

const ruleOf = (property: string, rules: FilterRules): Filterable => {
  const rule = rules.properties.get(property);
  if (rule === undefined) throw invalidFilter(unknownProperty(property, rules.type));
  return rule;
};

const valueTest = (property: string, operator: string, literal: Literal, rules: FilterRules): Test => {
  const rule = ruleOf(property, rules);
  if (rule.list === true) throw rules.unsupported(property);
  const holds = comparison(property, rule, operator, literal, rules);
  const read = readerOf(rule.spells ?? property);
  return (item) => holds(read(item));
};

const listTest = (expression: Extract<Expression, { kind: 'any' }>, rules: FilterRules): Test => {
  const { property, variable, part } = expression;
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

const comparison = (
  property: string,
  rule: Filterable,
  operator: string,
  literal: Literal,
  rules: FilterRules,
): ((value: unknown) => boolean) => {
  if (!rule.operators.includes(operator)) throw rules.unsupported(property);
  // A quoted date, a quoted number, an unquoted text.
  if (rule.kind !== literal.kind) throw invalidFilter();
  rules.check?.(property, literal);
  if (literal.kind === 'instant') return instantComparison(operator, literal.value);
  const wanted = fold(literal.value, rule);
  switch (operator) {
    case 'eq':
      return (value) => fold(value, rule) === wanted;
    case 'ne':
      return (value) => fold(value, rule) !== wanted;
    case 'startswith':
      return (value) => typeof value === 'string' && String(fold(value, rule)).startsWith(String(wanted));
    default:
      throw badRequest(`The operator '${operator}' is not known.`);
  }
};

const fold = (value: unknown, rule: Filterable): unknown =>
  rule.anyCase === true && typeof value === 'string' ? value.toLowerCase() : value;

const instantComparison = (operator: string, wanted: number): ((value: unknown) => boolean) => {
  const time = (value: unknown): number => Date.parse(String(value));
  switch (operator) {
    case 'ge':
      return (value) => time(value) >= wanted;
    case 'le':
      return (value) => time(value) <= wanted;
    default:
      return (value) => time(value) === wanted;
  }
};
