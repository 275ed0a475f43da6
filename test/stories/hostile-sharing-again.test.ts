import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  composeActivity,
  invokeActivity,
  messageActivity,
  submitActivity,
} from '../../src/demo/chat/activity.ts';
import { PEOPLE } from '../../src/demo/tenant/people.ts';
import { askedBy, count, keptIn, newId, pressed } from '../support/forged-shares.ts';
import { shifts } from '../support/shift.ts';
import { watchPrototype } from '../teams/support/watch.ts';

watchPrototype();

/** What people type and send as names. */
const NAMES = [
  '[Approved](https://evil.example)',
  '![x](https://evil.example/p.png)',
  '<at>Security Team</at>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a hostile name, not a template.
  '${$root} {{by}}',
  '=HYPERLINK("https://evil.example")',
  'Priya\u202Eegdirb\nShare 1 · verified',
  'x'.repeat(4_096),
  `${'\u0489'.repeat(1_000)}a`,
  '__proto__',
];

shifts('a share, an incident and a pick that arrive again', {}, (shift) => {
  beforeAll(async () => {
    await shift().say('analyst', 'this is incident INC-204', 'channel');
  }, 300_000);

  test('H052: come once, however often and in whatever order they are sent', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.constantFrom('form', 'submit', 'text', 'pick'), fc.integer({ min: 1, max: 5 })),
          {
            minLength: 1,
            maxLength: 5,
          },
        ),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        fc.boolean(),
        async (made, chance, isAtOnce) => {
          round += 1;
          const { talk } = shift();
          // A reading of its own, so that nothing is what was shared before.
          const { result, row } = await askedBy(
            shift(),
            'analyst',
            `top 3 sign-ins for kim@contoso.com last ${round + 6} days`,
          );
          const before = await keptIn(shift());
          const data = { result, row, incident: 'INC-204' };
          const all = made.flatMap(([how, times], index) => {
            talk.wait(1);
            const id = newId();
            const forms = {
              form: () => pressed(shift(), 'analyst', { verb: 'share-to', data, where: 'personal', id }),
              submit: () =>
                submitActivity(talk.scene('analyst'), {
                  id,
                  cardId: '1',
                  data: { ...data, verb: 'share-to' },
                }),
              text: () =>
                messageActivity(talk.scene('analyst'), {
                  id,
                  text: `share #${(index % 3) + 1} to INC-204`,
                  mention: false,
                }),
              pick: () =>
                composeActivity(talk.scene('analyst', 'group'), {
                  id,
                  name: 'selectItem',
                  value: { result, row },
                }),
            };
            const activity = forms[how as keyof typeof forms]();
            return Array.from({ length: times }, () => ({ activity, order: chance.next().value }));
          });
          const shuffled = all
            .toSorted((one, other) => one.order - other.order)
            .map(({ activity }) => activity);
          if (isAtOnce) await Promise.all(shuffled.map((activity) => talk.send(activity)));
          else for (const activity of shuffled) await talk.send(activity);
          await shift().rest();
          // The form means the same thing whichever way and however often it is pressed.
          const isForm = (how: string): boolean => how === 'form' || how === 'submit';
          const forms = made.some(([how]) => isForm(how)) ? 1 : 0;
          const others = made.filter(([how]) => !isForm(how)).length;
          const picks = made.filter(([how]) => how === 'pick').length;
          const after = await keptIn(shift());
          expect(after.shares - before.shares).toBe(forms + others);
          expect(after.entries - before.entries).toBe(forms + others);
          expect(after.posts - before.posts).toBe(forms + others - picks);
        },
      ),
      { numRuns: 12 },
    );
  }, 300_000);

  test.each(['submit', 'text', 'pick'] as const)(
    'H052: %s comes once, though the process died before it could note that it had come',
    async (how) => {
      const { talk, ground, rest } = shift();
      const asked = await askedBy(shift(), 'analyst', 'top 3 sign-ins for kim@contoso.com last 5 days');
      const data = { ...asked, verb: 'share-to', incident: 'INC-204' };
      const before = await keptIn(shift());
      const scene = talk.scene('analyst');
      const activity = {
        submit: () => submitActivity(scene, { id: newId(), cardId: '1', data }),
        text: () => messageActivity(scene, { id: newId(), text: 'share #2 to INC-204', mention: false }),
        pick: () => composeActivity(scene, { id: newId(), name: 'selectItem', value: asked }),
      }[how]();
      await talk.send(activity);
      await rest();
      await ground.run('delete from handled');
      await talk.restart();
      await talk.send(activity);
      await rest();
      const after = await keptIn(shift());
      expect([after.shares - before.shares, after.entries - before.entries]).toEqual([1, 1]);
      expect(after.posts - before.posts).toBe(how === 'pick' ? 0 : 1);
    },
  );

  test('H052: a thread becomes the place of an incident once', async () => {
    const { talk } = shift();
    const said = messageActivity(talk.scene('analyst', 'group'), {
      id: newId(),
      text: 'this is incident INC-777',
      mention: true,
    });
    await Promise.all(Array.from({ length: 5 }, () => talk.send(said)));
    await shift().rest();
    const { ground } = shift();
    const places = "select count(*) from ledger where kind = 'incident' and body like '%INC-777%'";
    expect(await count(ground.data, places)).toBe(1);
  });
});

shifts('a name that somebody gave themselves', {}, (shift) => {
  test('H152 H154 H155 H158: is plain text on a share, in a timeline and in a pick', async () => {
    await shift().say('analyst', 'this is incident INC-204', 'channel');
    const { talk, rest } = shift();
    const posts = talk.demo.chat.posts.length;
    for (const name of NAMES) {
      talk.wait(1);
      const scene = talk.scene('analyst');
      const named = { ...scene, person: { ...scene.person, name } };
      const { result, row } = await askedBy(shift(), 'analyst');
      const data = { result, row, incident: 'INC-204' };
      const action = { type: 'Action.Execute', verb: 'share-to', data };
      await talk.send(invokeActivity(named, { id: newId(), cardId: '1', action, trigger: 'manual' }));
      const group = { ...talk.scene('analyst', 'group'), person: named.person };
      const picked = await talk.send(
        composeActivity(group, { id: newId(), name: 'selectItem', value: { result, row } }),
      );
      expect(JSON.stringify(picked.body)).toMatch(/AdaptiveCard/);
      expectPlain(picked.body);
      await rest();
    }
    await shift().say('analyst', 'timeline INC-204');
    const bodies = talk.demo.chat.posts.slice(posts).map(({ body }) => body);
    const said = JSON.stringify(bodies.flatMap(partsOf).filter(({ type }) => type === 'TextRun'));
    expect(said).toMatch(/shared by “\[Approved\]\(https:\/\/evil\.example\)”/);
    expect(said).toMatch(/“\$ \{\$root\}|“\$ \{/);
    for (const body of bodies) expectPlain(body);
  }, 300_000);

  test.each([
    // A cell that begins as a formula does.
    ['csv', /[\r\n,]"[=+@-]/, /"[^"]*=HYPERLINK\(""https/],
    // Anything outside of code.
    ['markdown', /^(?:[^`\n]|`[^`\n]*`)*?evil\.example/m, /`[^`|\n]*\[Approved\]\(https:\/\/evil\.example\)/],
    ['json lines', /^[^{]/m, /\[Approved\]\(https:\/\/evil\.example\)/],
  ] as const)('H152 H161 H164: is plain text in a timeline as %s', async (format, active, named) => {
    const { talk, say } = shift();
    const { chat } = talk.demo;
    const place = chat.personal(PEOPLE.analyst.oid);
    await say('analyst', `timeline INC-204 as ${format}`);
    const offer = chat.messages(place, PEOPLE.analyst.oid).findLast(({ offered }) => offered !== undefined);
    const turn = await chat.consent(PEOPLE.analyst.oid, place, offer?.id ?? '', 'accept', {
      until: (answers) => answers.length > 0,
    });
    const file = turn.answers.find((one) => one.file !== undefined)?.file;
    const text = chat.files.find(file?.id ?? '')?.body.toString() ?? '';
    expect(file?.name).toMatch(/^flagman-timeline-[\w-]+\.\w+$/);
    expect(text).toMatch(named);
    expect(text).not.toMatch(active);
    expect(text).not.toMatch(/\u202e/);
    for (const line of format === 'json lines' ? text.trim().split('\n') : []) JSON.parse(line);
  });
});

interface Element {
  readonly type?: string;
  readonly text?: string;
  readonly title?: string;
}

const partsOf = (value: unknown): readonly Element[] => {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(partsOf)];
};

/** No link, picture or mention by a name, no line of its own, and not more than Teams takes. */
const expectPlain = (body: unknown): void => {
  const parts = partsOf(body);
  for (const { type, text, title } of parts)
    if (type !== 'TextRun')
      expect(`${text} ${title}`).not.toMatch(/evil\.example|Security Team|\$root|verified/);
  expect(parts.filter(({ type }) => ['Image', 'Action.OpenUrl', 'Media'].includes(type ?? ''))).toEqual([]);
  const runs = parts.flatMap(({ type, text }) => (type === 'TextRun' && text ? [text] : []));
  expect(runs.filter((text) => /\u202e|\u0489{9}|<at>|\n.*verified/.test(text))).toEqual([]);
  expect(parts.filter((part) => 'entities' in part && (part.entities as unknown[]).length > 0)).toEqual([]);
  const cards = parts.filter(({ type }) => type === 'AdaptiveCard');
  // Teams counts a card as UTF-16.
  for (const card of cards) expect(JSON.stringify(card).length * 2).toBeLessThan(28 * 1024);
};
