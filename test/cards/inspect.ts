import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { AdaptiveCard } from '../../src/cards/card.ts';

interface Renderer {
  readonly HostConfig: new (settings: unknown) => unknown;
  readonly AdaptiveCard: new () => {
    hostConfig: unknown;
    parse(card: unknown, context: unknown): void;
    validateProperties(): { readonly validationEvents: readonly { readonly message: string }[] };
  };
  readonly SerializationContext: new () => {
    readonly eventCount: number;
    getEventAt(index: number): { readonly message: string };
  };
}

const require = createRequire(import.meta.url);
const renderer: Renderer = require('adaptivecards/dist/adaptivecards.js');

/** What the open-source renderer has to say against a card. */
export const complaintsOf = (card: AdaptiveCard): string[] => {
  const context = new renderer.SerializationContext();
  const parsed = new renderer.AdaptiveCard();
  // Teams shows six buttons of a bar.
  parsed.hostConfig = new renderer.HostConfig({ actions: { maxActions: 6 } });
  parsed.parse(card, context);
  return [
    ...Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message),
    ...parsed.validateProperties().validationEvents.map(({ message }) => message),
    // Its check of `lang` keeps a state and refuses every other card, whatever the language is.
  ].filter((message) => !message.endsWith('for property "lang".'));
};

const SCHEMA = '../shared/data/adaptive-card-1.5.schema.json';

export const schemaIsThere = existsSync(SCHEMA);

/**
 * The check of the official schema. It was written for draft-06 under an older key for its id, and it does not
 * know `msteams`, which Teams adds to the format.
 */
export const officialCheck = (): ((card: AdaptiveCard) => string[]) => {
  const { id, ...schema } = JSON.parse(readFileSync(SCHEMA, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: false });
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
  addFormats.default(ajv);
  const validate = ajv.compile({ ...schema, $id: id });
  return ({ msteams, ...card }) =>
    validate(card) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
};

/** A string of a card, and the chain of keys and element types that leads to it. */
export interface Spot {
  readonly value: unknown;
  readonly key: string;
  readonly type: string;
  readonly path: string;
}

/** Every leaf of a card. */
export const leavesOf = (node: unknown, type = '', key = '', path = ''): Spot[] => {
  if (node === null || typeof node !== 'object') return [{ value: node, key, type, path }];
  const own = 'type' in node && typeof node.type === 'string' ? node.type : type;
  return Object.entries(node).flatMap(([name, child]) => leavesOf(child, own, name, `${path}/${name}`));
};

/** Every object of a card that has this type. */
export const elementsOf = (node: unknown, type: string): Record<string, unknown>[] => {
  if (node === null || typeof node !== 'object') return [];
  const below = Object.values(node).flatMap((child) => elementsOf(child, type));
  return 'type' in node && node.type === type ? [node as Record<string, unknown>, ...below] : below;
};

/** Bytes of a card as Teams counts them. */
export const sizeOf = (card: AdaptiveCard): number => JSON.stringify(card).length * 2;
