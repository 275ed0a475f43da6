import assert from 'node:assert/strict';
import { startChat } from '../../src/demo/chat/world.ts';
import { PEOPLE, TENANT_ID } from '../../src/demo/tenant/people.ts';
import { quiet, startScriptedBot } from '../demo/scripted-bot.ts';
import type { Case } from './steps.ts';

const messageOf = (title: string): string =>
  JSON.stringify({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          type: 'AdaptiveCard',
          version: '1.5',
          body: [
            { type: 'TextBlock', text: title },
            { type: 'Input.Text', id: 'reason', label: 'Reason' },
          ],
        },
      },
    ],
  });

/** The bot edits a card into which somebody is typing; here the bot is a script, so that it does so in time. */
export const typingGoesOn: Case = async (open) => {
  const bot = await startScriptedBot(quiet);
  const chat = await startChat({ people: Object.values(PEOPLE), tenantId: TENANT_ID, appId: TENANT_ID });
  const conversation = encodeURIComponent(chat.personal(PEOPLE.analyst.oid));
  const tell = async (method: string, id: string, title: string): Promise<string> => {
    const answer = await fetch(`${chat.serviceUrl}v3/conversations/${conversation}/activities/${id}`, {
      method,
      headers: { authorization: 'Bearer opaque', 'content-type': 'application/json' },
      body: messageOf(title),
    });
    return String(Object(await answer.json()).id);
  };
  try {
    await chat.connect(bot.url);
    const page = await open();
    await page.goto(chat.pageUrl);
    const id = await tell('POST', '', 'As it was');
    const reason = page.getByLabel('Reason');
    await reason.pressSequentially('spoke phone');
    for (const _ of 'phone') await page.keyboard.press('ArrowLeft');
    await tell('PUT', id, 'As it is now');
    await page.getByText('As it is now').waitFor();
    await page.keyboard.type('by ');
    assert.equal(await reason.inputValue(), 'spoke by phone');
    await page.getByText('Edited').waitFor();
    await page.goto('about:blank');
  } finally {
    await chat.close();
    await bot.close();
  }
};
