import { defaultParser, type Token } from '@odata/parser';

/** A filter as an independent parser reads it: operators, property paths, and each literal's raw text. */
export type Tree =
  | { readonly op: 'and' | 'or'; readonly of: readonly Tree[] }
  | { readonly op: string; readonly path: string; readonly literal: string }
  | { readonly op: 'any'; readonly path: string; readonly tests: readonly Tree[] };

const COMPARISONS: Readonly<Record<string, string>> = {
  EqualsExpression: 'eq',
  NotEqualsExpression: 'ne',
  GreaterOrEqualsExpression: 'ge',
  LesserOrEqualsExpression: 'le',
};

// The parser takes no control characters as they are, and undoes no encoding by itself.
const armoured = (text: string): string =>
  [...text].map((sign) => (/[\p{Cc}%]/u.test(sign) ? encodeURIComponent(sign) : sign)).join('');

const flattened = (op: 'and' | 'or', token: Token): readonly Tree[] => {
  const of = [read(token.value.left), read(token.value.right)];
  // `a or (b or c)` is `a or b or c`.
  return of.flatMap((tree) => (tree.op === op && 'of' in tree ? tree.of : [tree]));
};

const any = (token: Token): Tree => {
  const { current, next } = token.value;
  const { variable, predicate } = next.value.value;
  const tests = read(predicate.value);
  if (variable.raw !== 't' || next.value.type !== 'AnyExpression')
    throw new Error(`Not any(t: …): ${token.raw}`);
  return { op: 'any', path: current.raw, tests: tests.op === 'or' && 'of' in tests ? tests.of : [tests] };
};

const read = (token: Token): Tree => {
  const { type, value } = token;
  if (type === 'BoolParenExpression') return read(value);
  if (type === 'AndExpression') return { op: 'and', of: flattened('and', token) };
  if (type === 'OrExpression') return { op: 'or', of: flattened('or', token) };
  if (type === 'CommonExpression') return any(value.value.value);
  if (type === 'MethodCallExpression') {
    const [path, literal] = value.parameters;
    return { op: value.method, path: path.raw, literal: decodeURIComponent(literal.raw) };
  }
  const op = COMPARISONS[type];
  if (op === undefined || value.right.type !== 'Literal')
    throw new Error(`Not expected: ${type} ${token.raw}`);
  return { op, path: value.left.raw, literal: decodeURIComponent(value.right.raw) };
};

/** Parses decoded OData; throws if any of it is left over. */
export const parseFilter = (text: string): Tree => {
  const safe = armoured(text);
  const token = defaultParser.filter(safe);
  if (token.raw !== safe) throw new Error(`Left over after: ${token.raw}`);
  return read(token);
};
