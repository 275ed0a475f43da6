import { messageActivity } from '../../src/demo/chat/activity.ts';
import { threadId } from '../../src/demo/chat/conversations.ts';
import { newId } from '../support/forged-shares.ts';
import { type Shift, shifts, tale } from '../support/shift.ts';

/** The longest pause between two tries, and more tries than are made. */
const PAUSE_MS = 300_000;
const TRIES = 15;

/** Makes a thread the place of an incident that Flagman is thrown out of as soon as it was said. */
const loseThread = async ({ talk }: Shift, incident: string): Promise<void> => {
  const id = '19:archived@thread.tacv2';
  const scene = talk.scene('analyst', 'channel');
  const conversation = { ...scene.conversation, id };
  const there = { ...scene, conversation, conversationId: threadId(id, incident) };
  await talk.send(
    messageActivity(there, { id: newId(), text: `this is incident ${incident}`, mention: true }),
  );
};

/** Lets all tries pass. */
const waitLong = async ({ talk, rest }: Shift): Promise<void> => {
  for (let tried = 0; tried < TRIES; tried += 1) {
    talk.wait(PAUSE_MS);
    await rest();
  }
};

shifts('a share whose thread is lost', {}, (shift) => {
  tale(
    shift,
    'sharing-given-up',
    'is told to be that to whoever shared it, and is called so wherever it is met',
    async (now) => {
      const { say, look } = now;
      await loseThread(now, 'INC-404');
      await say('analyst', 'top 1 sign-ins for kim@contoso.com last 7 days');
      await say('analyst', 'share #1 to incident INC-404');
      await waitLong(now);
      await look('analyst', /Share 1 could not/);
      await say('analyst', 'share 1');
      await say('approver', 'timeline INC-404');
      await say('approver', 'incidents');
    },
  );

  tale(
    shift,
    'sharing-given-up-elsewhere',
    'is told in the personal chat when it was shared from another one, and there where Flagman was not added',
    async (now) => {
      const { say, look, talk } = now;
      await loseThread(now, 'INC-405');
      await say('analyst', 'top 1 sign-ins for kim@contoso.com last 7 days', 'group');
      await say('analyst', 'share #1 to incident INC-405', 'group');
      await waitLong(now);
      await look('analyst', /Share 2 could not/);
      talk.demo.chat.faults.add({ answer: 403, about: 'new-chat' });
      await say('analyst', 'share #1 to incident INC-405', 'group');
      await waitLong(now);
      await look('analyst', /Share 3 could not/, 'group');
    },
  );

  tale(
    shift,
    'sharing-given-up-edited',
    'is told to be changed when somebody changed it in the database meanwhile',
    async (now) => {
      const { say, press, ground, later } = now;
      await loseThread(now, 'INC-406');
      await say('analyst', 'top 1 sign-ins for kim@contoso.com last 7 days');
      await press('analyst', 'Share…');
      await press('analyst', 'Share', 'personal', { inputs: { incident: 'INC-406' } });
      await ground.run(
        `update shares set incident = 'INC-999', by_id = 'mallory', document = replace(document, '"of":1', '"of":412')
         where number = (select max(number) from shares)`,
      );
      await later(60_000, 'analyst');
      await say('analyst', 'share 4');
      await press('analyst', 'Back to the list');
      await press('analyst', 'Share…');
      await press('analyst', 'Share', 'personal', { inputs: { incident: 'INC-406' } });
    },
  );

  tale(
    shift,
    'sharing-given-up-again',
    'is posted when it is shared again into the other thread of its incident',
    async (now) => {
      const { say, press, look } = now;
      await loseThread(now, 'INC-407');
      await say('analyst', 'top 1 sign-ins for kim@contoso.com last 7 days');
      await press('analyst', 'Share…');
      await press('analyst', 'Share', 'personal', { inputs: { incident: 'INC-407' } });
      await waitLong(now);
      await look('analyst', /Share 5 could not/);
      await say('secondAnalyst', 'move incident INC-407 here', 'group');
      await press('analyst', 'Back to the list');
      await press('analyst', 'Share…');
      await press('analyst', 'Share', 'personal', { inputs: { incident: 'INC-407' } });
      await look('analyst', /Share 6/, 'group');
    },
  );
});
