import fc from 'fast-check';
import type { ShareFormView, ShareView } from '../../src/cards/view.ts';
import { REDACTIONS, type Share, type Snapshot } from '../../src/entra/share.ts';
import { anyListView, anyText } from './any.ts';
import { incident, shareFormView } from './shares.ts';
import { share } from './timelines.ts';

const anySnapshot: fc.Arbitrary<Snapshot> = fc
  .record({ view: anyListView, more: fc.nat({ max: 500 }), filter: anyText })
  .map(({ view: { answer, asked, notes }, more, filter }) => ({
    asked,
    notes,
    answer: { ...answer, filter },
    of: answer.rows.length + more,
  }));

const anyShare: fc.Arbitrary<Share> = fc
  .record(
    {
      number: fc.integer({ min: 1 }),
      by: fc.record({ id: fc.oneof(fc.uuid(), anyText), name: anyText }),
      incident: fc.oneof(fc.constant('INC-204'), anyText),
      redacted: fc.subarray([...REDACTIONS]),
      snapshot: anySnapshot,
    },
    { requiredKeys: ['number', 'by', 'redacted'] },
  )
  .map((change) => {
    const { snapshot: _kept, incident: _named, ...usual } = share();
    return { ...usual, ...change };
  });

const zone = fc.constantFrom('UTC', 'Europe/Oslo', 'America/Argentina/Buenos_Aires');

const anyShareCard: fc.Arbitrary<ShareView> = fc.record({
  card: fc.constant('share' as const),
  share: anyShare,
  isRepeat: fc.boolean(),
  zone,
});

const anyIncident = fc
  .oneof(fc.constantFrom('INC-204', 'SEC7', 'ABCDEFGHIJ-1234567890'), anyText)
  .map(incident);

const anyShareForm: fc.Arbitrary<ShareFormView> = fc
  .record(
    {
      snapshot: anySnapshot,
      row: fc.oneof(fc.uuid(), anyText),
      first: fc.nat({ max: 5000 }),
      incidents: fc.array(anyIncident, { maxLength: 60 }),
      here: anyIncident,
      zone,
    },
    { requiredKeys: ['snapshot', 'first', 'incidents', 'zone'] },
  )
  .map((change) => shareFormView(change));

/** Any card about sharing. */
export const anyShareView = fc.oneof(
  { weight: 3, arbitrary: anyShareCard },
  { weight: 1, arbitrary: anyShareForm },
);
