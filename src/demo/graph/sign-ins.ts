import { BriefMap } from '../../lib/brief-map.ts';
import type { Row } from '../tenant/row.ts';
import { allowOnly, type Body, type Call, selectOf, topOf } from './call.ts';
import { collection, entity } from './collection.ts';
import { readFilter } from './filter-syntax.ts';
import { propertiesIn, type Test, testOf } from './filter-test.ts';
import { pageOf } from './pages.ts';
import { badRequest, notFound, unknownProperty } from './refusal.ts';
import { isSignInProperty, type Shape, shaped } from './shape.ts';
import type { SignInLog } from './sign-in-log.ts';
import { signInRules } from './sign-in-rules.ts';

/** `auditLogs/signIns`: the list, and one by id. */
export interface SignIns {
  readonly list: (call: Call) => Body;
  readonly get: (call: Call, id: string) => Body;
}

type Visible = Pick<Shape, 'riskVisible' | 'policiesVisible'>;

const OPTIONS = ['$filter', '$top', '$skiptoken', '$orderby', '$select'];
const PAGE = 1000;
/** How many shapes keep their rows in bytes. */
const SHAPES = 4;

/** Serves the log; rows are turned into bytes once for each shape. */
export const serveSignIns = (log: SignInLog, visible: Visible): SignIns => {
  const writers = new BriefMap<string, (row: Row) => Buffer>(SHAPES);
  const writerFor = (shape: Shape): ((row: Row) => Buffer) => {
    const key = JSON.stringify(shape);
    const writer = writers.get(key) ?? createWriter(shape);
    writers.set(key, writer);
    return writer;
  };
  return {
    list: (call) => {
      allowOnly(call.query, OPTIONS);
      const top = topOf(call, PAGE, PAGE, tooLarge);
      const rows = (isAscending(call) ? log.oldestFirst() : log.newestFirst()).filter(testFor(call));
      const page = pageOf(call, 'auditLogs/signIns', rows.length, top);
      const items = rows.slice(page.from, page.to).map(writerFor(shapeFor(call, visible)));
      return collection(call, 'auditLogs/signIns', page, items);
    },
    get: (call, id) => {
      allowOnly(call.query, ['$select']);
      const row = log.find(id);
      if (row === undefined) throw notFound(id);
      return entity(call, 'auditLogs/signIns', shaped(row, shapeFor(call, visible)));
    },
  };
};

const createWriter = (shape: Shape): ((row: Row) => Buffer) => {
  const written = new WeakMap<Row, Buffer>();
  return (row) => {
    const bytes = written.get(row) ?? Buffer.from(JSON.stringify(shaped(row, shape)));
    written.set(row, bytes);
    return bytes;
  };
};

const tooLarge = (top: string) =>
  badRequest(
    `The limit of '${PAGE}' for Top query has been exceeded. The value from the incoming request is '${top}'.`,
  );

const isInteractive: Test = (row) => row.isInteractive === true;

/** Without a word about event types the log shows interactive sign-ins only; v1.0 always does. */
const testFor = (call: Call): Test => {
  const filter = call.query.get('$filter');
  if (filter === undefined) return isInteractive;
  const expression = readFilter(filter);
  const test = testOf(expression, signInRules(call.version, call.now));
  if (propertiesIn(expression).includes('signInEventTypes')) return test;
  return (row) => isInteractive(row) && test(row);
};

const isAscending = (call: Call): boolean => {
  const order = call.query.get('$orderby');
  if (order === undefined) return false;
  const [property, direction = 'asc', ...more] = order.trim().split(/\s+/);
  if (property !== 'createdDateTime' || !['asc', 'desc'].includes(direction) || more.length > 0)
    throw badRequest(`Invalid $orderby clause: '${order}'.`);
  return direction === 'asc';
};

const shapeFor = (call: Call, visible: Visible): Shape => {
  const select = selectOf(call);
  const foreign = select?.find((name) => !isSignInProperty(name, call.version));
  if (foreign !== undefined) throw badRequest(unknownProperty(foreign, 'microsoft.graph.signIn'));
  return { version: call.version, unknownMembers: call.includeUnknownMembers, select, ...visible };
};
