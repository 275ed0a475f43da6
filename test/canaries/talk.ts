import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findAction } from '../../src/demo/chat/actions.ts';
import {
  type Activity,
  composeActivity,
  invokeActivity,
  messageActivity,
  type Scene,
} from '../../src/demo/chat/activity.ts';
import { type Delivery, deliver, TEAMS_PATIENCE } from '../../src/demo/chat/deliver.ts';
import { TENANT_ID } from '../../src/demo/tenant/people.ts';
import { SIGN_IN_SEARCH } from '../../src/entra/message-extension.ts';
import { type Conversation, converse, type Where, type Who } from '../support/conversation.ts';
import { openTables } from '../support/tables.ts';
import type { Neighbours } from './microsoft.ts';
import type { Canary } from './scan.ts';

const RESTLESS_MS = 20_000;

/** Somebody who talks to the bot while all that it speaks to may quote its secrets. */
export interface Talk {
  readonly conversation: Conversation;
  /** What the bot was started with, for the tools beside it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Tokens that Teams signed, and addresses that it gave for files. */
  readonly secrets: Canary[];
  /** What the bot answered on HTTP. */
  readonly answers: Delivery[];
  say(who: Who, text: string, where?: Where): Promise<void>;
  /** Presses the newest button of this title. */
  press(who: Who, title: string, where?: Where, inputs?: Readonly<Record<string, string>>): Promise<void>;
  /** Types it into the compose box, waits, and picks the first result if there is one. */
  search(who: Who, text: string): Promise<void>;
  /** Lets the bot put the newest file that it offered into OneDrive. */
  takeFile(who: Who): Promise<void>;
  /** Waits until nothing is due. */
  rest(): Promise<void>;
  /** Ends the bot; its files stay. */
  stop(): Promise<void>;
}

/** The offer of a file that was posted last. */
const offerIn = (bodies: readonly string[]): string => {
  const [, offer = ''] =
    /"acceptContext":\{"offer":"([^"]+)"/.exec(
      bodies.findLast((one) => one.includes('acceptContext')) ?? '',
    ) ?? [];
  return offer;
};

const ITEM = /"tap":\{"type":"invoke","value":(\{[^}]*"row"[^}]*\})/;

/** Starts the real bot on a file of its own. */
export const startTalk = async (
  { connector, graph: relayed, onedrive }: Neighbours,
  given: Readonly<Record<string, string>>,
  metricsPort: number,
): Promise<Talk> => {
  const folder = mkdtempSync(join(tmpdir(), 'flagman-evening-'));
  const environment = {
    ...given,
    DATA: join(folder, 'flagman.db'),
    LEDGER_CHECKPOINT_FILE: join(folder, 'checkpoint'),
    METRICS_PORT: String(metricsPort),
    QUESTIONS_PER_MINUTE: '1000',
    FRESHNESS_SECONDS: '0',
    ROLE_MEMORY_SECONDS: '0',
    ANSWERS_IN_CHANNELS: 'targeted',
  };
  const conversation = await converse({ environment });
  const { chat, graph } = conversation.demo;
  relayed.target = graph.url;
  connector.target = new URL(chat.serviceUrl).origin;
  const tables = await openTables(environment.DATA);
  const secrets: Canary[] = [];
  const answers: Delivery[] = [];
  const serviceUrl = `${connector.url}/`;
  const signActivity: typeof chat.keys.signActivity = async (claims) => {
    const secret = await chat.keys.signActivity(claims);
    secrets.push({ name: 'inbound token', secret });
    return secret;
  };
  const keys = { ...chat.keys, signActivity };

  const rest = async (): Promise<void> => {
    const patience = AbortSignal.timeout(RESTLESS_MS);
    while (!(await tables.areAtRest(conversation.now()))) {
      if (patience.aborted)
        throw new Error(`Something is due for ever:\n${conversation.log.slice(-20).join('')}`);
      await sleep(5);
    }
  };

  const send = async (
    who: Who,
    where: Where,
    make: (scene: Scene, id: string) => Activity,
  ): Promise<Delivery> => {
    // Ids of messages are times.
    conversation.wait(1);
    const scene = { ...conversation.scene(who, where), serviceUrl };
    const { appId } = scene;
    const line = { botUrl: conversation.botUrl(), appId, serviceUrl, keys, patience: TEAMS_PATIENCE };
    const delivery = await deliver(make(scene, String(conversation.now())), line);
    answers.push(delivery);
    await rest();
    return delivery;
  };

  const compose = async (who: Who, name: 'query' | 'selectItem', value: unknown): Promise<string> => {
    const { body } = await send(who, 'group', (scene, id) =>
      composeActivity(scene, { id: `f:${id}`, name, value }),
    );
    return JSON.stringify(body);
  };

  return {
    conversation,
    environment: {
      ...environment,
      CLOUD: 'local',
      LOCAL_OPENID_URL: chat.openIdUrl,
      MicrosoftAppId: conversation.scene('analyst').appId,
      MicrosoftAppTenantId: TENANT_ID,
      LEDGER_CONVERSATION: chat.group.id,
    },
    folder,
    secrets,
    answers,
    async say(who, text, where = 'personal') {
      await send(who, where, (scene, id) => {
        const thread = where === 'channel' ? `;messageid=${id}` : '';
        const conversationId = `${scene.conversationId}${thread}`;
        return messageActivity({ ...scene, conversationId }, { id, text, mention: where !== 'personal' });
      });
    },
    async press(who, title, where = 'personal', inputs = {}) {
      const { conversationId, person } = conversation.scene(who, where);
      const seen = chat.messages(conversationId, person.oid).findLast(({ card }) => findAction(card, title));
      const action = findAction(seen?.card ?? null, title);
      if (!seen || !action) throw new Error(`${who} sees no button ${title} in the ${where}.`);
      const data = { ...(action.data as object), ...inputs };
      await send(who, where, (scene, id) =>
        invokeActivity(scene, {
          id: `f:${id}`,
          cardId: seen.id,
          action: { ...action, data },
          trigger: 'manual',
        }),
      );
    },
    async search(who, text) {
      const parameters = [{ name: SIGN_IN_SEARCH.parameter, value: text }];
      const found = await compose(who, 'query', { commandId: SIGN_IN_SEARCH.commandId, parameters });
      const [, item] = ITEM.exec(found) ?? [];
      if (item !== undefined) await compose(who, 'selectItem', JSON.parse(item));
    },
    async takeFile(who) {
      const secret = `tempauth.${randomBytes(24).toString('base64url')}`;
      secrets.push({ name: 'address of an upload', secret });
      const { url } = onedrive;
      const uploadInfo = {
        uploadUrl: `${url}/upload?tempauth=${secret}`,
        contentUrl: `${url}/sign-ins.csv`,
        uniqueId: '1',
        fileType: 'csv',
      };
      const value = {
        type: 'fileUpload',
        action: 'accept',
        context: { offer: offerIn(connector.bodies) },
        uploadInfo,
      };
      await send(who, 'personal', (scene, id) => ({
        ...composeActivity(scene, { id: `f:${id}`, name: 'query', value }),
        name: 'fileConsent/invoke',
      }));
    },
    rest,
    async stop() {
      await tables.close();
      await conversation.close();
    },
  };
};
