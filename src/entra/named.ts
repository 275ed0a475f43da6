import type { Condition } from './condition.ts';
import type { Named } from './ledger-event.ts';
import type { Query } from './query.ts';

const USERS = new Set<string>(['userPrincipalName', 'userId', 'userDisplayName']);

/** Every value that a condition gives for properties of this kind, however deep it stands. */
const valuesIn = (condition: Condition, isWanted: (property: string) => boolean): readonly string[] => {
  switch (condition.op) {
    case 'eq':
    case 'startswith':
      return isWanted(condition.property) ? [String(condition.value).toLowerCase()] : [];
    case 'within':
      return isWanted('ipAddress') ? [condition.range] : [];
    case 'and':
    case 'or':
      return condition.of.flatMap((part) => valuesIn(part, isWanted));
    case 'not':
      return valuesIn(condition.of, isWanted);
    case 'any':
      return [];
  }
};

/** The users and addresses that a question names, in lower case, also those that it leaves out. */
export const namedIn = ({ where, otherwise }: Query): Named => {
  const conditions = [...where, ...(otherwise?.where ?? [])];
  const named = (isWanted: (property: string) => boolean): readonly string[] => [
    ...new Set(conditions.flatMap((condition) => valuesIn(condition, isWanted))),
  ];
  return { users: named((name) => USERS.has(name)), addresses: named((name) => name === 'ipAddress') };
};
