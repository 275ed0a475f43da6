import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Page } from '../../src/entra/page.ts';
import { RiskDetection } from '../../src/entra/risk-detection.ts';
import { RiskyUser, RiskyUserHistoryItem } from '../../src/entra/risky-user.ts';
import { SignIn } from '../../src/entra/sign-in.ts';
import { csdlFile, type Declared, type Metadata, readMetadata } from './csdl.ts';

const EXAMPLES = new URL('../../../shared/data/examples/', import.meta.url);
const there = existsSync(csdlFile('beta')) && existsSync(EXAMPLES);

const SCHEMAS = {
  signIn: SignIn,
  riskyUser: RiskyUser,
  riskyUserHistoryItem: RiskyUserHistoryItem,
  riskDetection: RiskDetection,
};

type Entity = keyof typeof SCHEMAS;
const ENTITIES: readonly Entity[] = ['signIn', 'riskyUser', 'riskyUserHistoryItem', 'riskDetection'];

const entityOf = (file: string): Entity => {
  if (file.includes('__signin-')) return 'signIn';
  if (file.includes('riskdetection')) return 'riskDetection';
  return /history/.test(file) ? 'riskyUserHistoryItem' : 'riskyUser';
};

/** A value as the metadata allows it; enumerations hold a member that does not exist yet. */
const sampleOf = (metadata: Metadata, type: string): unknown => {
  const element = /^Collection\((.+)\)$/.exec(type)?.[1];
  if (element) return [sampleOf(metadata, element), null];
  if (type === 'Edm.DateTimeOffset') return '2026-11-21T12:00:00.1234567Z';
  if (type === 'Edm.Boolean') return true;
  if (/^Edm\.(Int32|Double)$/.test(type)) return 7;
  const name = type.replace(/^graph\./, '');
  if (!metadata.isComplex(name)) return metadata.isEnum(name) ? 'memberOfTomorrow' : 'text';
  return rowOf(metadata, metadata.properties(name), () => false);
};

const rowOf = (
  metadata: Metadata,
  properties: readonly Declared[],
  empty: (one: Declared) => boolean,
): Record<string, unknown> =>
  Object.fromEntries(properties.map((one) => [one.name, empty(one) ? null : sampleOf(metadata, one.type)]));

const accepts = (entity: Entity, row: unknown): void => {
  expect(SCHEMAS[entity].safeParse(row).error?.issues ?? []).toEqual([]);
};

describe('what Graph’s schemas and samples allow is accepted', () => {
  const samples = there
    ? readdirSync(EXAMPLES).filter((file) => file.endsWith('-response.json') && !file.includes('revoke'))
    : [];

  (there ? test : test.skip)('there are samples of every kind', () => {
    expect(new Set(samples.map(entityOf))).toEqual(new Set(ENTITIES));
  });

  (there ? test : test.skip).each(there ? samples : ['absent'])('the documented sample %s', (file) => {
    const page = Page.parse(JSON.parse(readFileSync(new URL(file, EXAMPLES), 'utf8')));
    expect(page.value).toHaveLength(1);
    for (const row of page.value) accepts(entityOf(file), row);
  });

  const cases = (['v1.0', 'beta'] as const).flatMap((version) =>
    ENTITIES.map((entity) => [version, entity] as const),
  );

  (there ? test : test.skip).each(cases)(
    '%s %s: full, with every nullable property null, absent, and one by one',
    (version, entity) => {
      const metadata = readMetadata(version);
      const properties = metadata.properties(entity);
      expect(properties.length).toBeGreaterThan(7);
      const full = rowOf(metadata, properties, () => false);
      accepts(entity, full);
      accepts(
        entity,
        rowOf(metadata, properties, (one) => one.nullable),
      );
      accepts(
        entity,
        rowOf(
          metadata,
          properties.filter((one) => !one.nullable),
          () => false,
        ),
      );
      for (const one of properties.filter((property) => property.nullable)) {
        accepts(entity, { ...full, [one.name]: null });
        const { [one.name]: _, ...without } = full;
        accepts(entity, without);
      }
    },
  );

  (there ? test : test.skip)('nothing within a complex value is required either', () => {
    for (const version of ['v1.0', 'beta'] as const) {
      const metadata = readMetadata(version);
      for (const entity of ENTITIES)
        for (const one of metadata.properties(entity)) {
          const inner = one.type.replace(/^Collection\(|\)$/g, '').replace(/^graph\./, '');
          if (!metadata.isComplex(inner)) continue;
          const hollow = rowOf(metadata, metadata.properties(inner), () => true);
          const wrap = (value: unknown): unknown => (one.type.startsWith('Collection') ? [value] : value);
          const row = rowOf(metadata, metadata.properties(entity), () => false);
          accepts(entity, { ...row, [one.name]: wrap(hollow) });
          accepts(entity, { ...row, [one.name]: wrap({}) });
        }
    }
  });
});

const bare = { id: '66ea54eb-6301-4ee5-be62-ff5a759b0100', createdDateTime: '2026-11-21T12:00:00Z' };

describe('reading rows', () => {
  test('H101: unknown values and new properties are kept, missing ones stay missing', () => {
    const row = SignIn.parse({
      ...bare,
      riskState: 'newThing',
      riskDetail: 'unknownFutureValue',
      novelty: { a: 1 },
    });
    expect(row).toEqual({
      ...bare,
      riskState: 'newThing',
      riskDetail: 'unknownFutureValue',
      novelty: { a: 1 },
    });
  });

  test('nulls within a list are left out', () => {
    const row = SignIn.parse({
      ...bare,
      riskEventTypes_v2: ['passwordSpray', null],
      authenticationDetails: [null, {}],
    });
    expect(row.riskEventTypes_v2).toEqual(['passwordSpray']);
    expect(row.authenticationDetails).toEqual([{}]);
    expect(SignIn.parse({ ...bare, signInEventTypes: null }).signInEventTypes).toBeUndefined();
  });

  test('something else in the place of a flag says nothing and does not cost the row', () => {
    expect(SignIn.parse({ ...bare, flaggedForReview: 'Boolean' }).flaggedForReview).toBeUndefined();
    expect(SignIn.parse({ ...bare, flaggedForReview: true }).flaggedForReview).toBe(true);
  });

  test.each([
    ['no id', { createdDateTime: bare.createdDateTime }],
    ['an empty id', { ...bare, id: '' }],
    ['no date', { id: bare.id }],
    ['a date that is none', { ...bare, createdDateTime: 'yesterday' }],
    ['a list for a name', { ...bare, userDisplayName: ['Kim'] }],
    ['no object', 'text'],
  ])('a row with %s is not understood', (_, row) => {
    expect(SignIn.safeParse(row).success).toBe(false);
  });

  test('H099: a page is a list or one object, and nothing else', () => {
    expect(Page.parse({ value: [] })).toEqual({ value: [] });
    expect(Page.parse({ value: { id: 'a' }, '@odata.nextLink': null }).value).toEqual([{ id: 'a' }]);
    for (const body of [
      null,
      '',
      '<html>',
      [],
      {},
      { value: null },
      { value: 'x' },
      { value: true },
      { value: [], '@odata.nextLink': 5 },
    ])
      expect(Page.safeParse(body).success).toBe(false);
  });

  test('a bad row does not cost the page', () => {
    expect(Page.parse({ value: [bare, null, 5] }).value).toHaveLength(3);
  });
});
