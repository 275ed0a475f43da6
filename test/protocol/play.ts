import type { Approval } from '../../src/actions/approval.ts';
import { ACTIONS } from '../../src/actions/list.ts';
import { pressApproval } from '../../src/bot/changes/press.ts';
import { requestChange } from '../../src/bot/changes/request.ts';
import { readPress } from '../../src/bot/pressed.ts';
import type { Worker } from '../../src/bot/worker.ts';
import type { Press } from '../../src/entra/inbound.ts';
import type { Command, Run } from './commands.ts';
import { disturb, wake } from './disturb.ts';
import type { Life } from './journal.ts';
import { CONVERSATION, type Mutation, middleOf, workerOf } from './replica.ts';
import { REPLICAS, World } from './world.ts';

const FIRST_NUMBER = 1_001;

type Told<Do extends Command['do']> = Extract<Command, { readonly do: Do }>;

const placeOf = (conversationId: string) => ({
  kind: 'channel' as const,
  conversationId,
  serviceUrl: 'https://smba.example/',
  tenantId: 'tenant',
  botId: 'bot',
});

const personOf = (id: string) => ({ id, teamsId: `29:${id}`, tenantId: 'tenant', name: `Name of ${id}` });

/** By its name it is seen whether a press can count at all. */
const nameOf = ({ off, isHere }: Pick<Told<'press'>, 'off' | 'isHere'>): string => {
  if (!isHere) return 'elsewhere';
  return off < 0 ? 'stale' : 'press';
};

/** One run of the world, from its beginning until nothing is due any more. */
export class Play {
  readonly world: World;
  readonly #mutate: Mutation;
  /** The newest last. */
  readonly #numbers: number[] = [];
  readonly #presses: Press[] = [];
  readonly #workers = new WeakMap<Life, Worker>();

  constructor(world: World, mutate: Mutation) {
    this.world = world;
    this.#mutate = mutate;
  }

  #tend(replica: number): void {
    const life = this.world.lifeOf(replica);
    const worker = this.#workers.get(life) ?? workerOf(this.world, { life, task: 'worker' }, this.#mutate);
    this.#workers.set(life, worker);
    // A killed process rejects, and nobody hears it.
    worker.run().catch(() => undefined);
  }

  #middle(replica: number, task: string) {
    return middleOf(this.world, { life: this.world.lifeOf(replica), task });
  }

  #ask({ replica, by, action, signIns }: Told<'ask'>): void {
    const asker = { person: personOf(by), place: placeOf(CONVERSATION) };
    const wanted = { action: ACTIONS[action], ids: signIns, reason: 'The user denies the travel.' };
    requestChange(this.#middle(replica, this.world.newId('ask')), asker, wanted).then(
      (made) => {
        if ('number' in made) this.#numbers.push(made.number);
      },
      () => undefined,
    );
  }

  /** A press as a client sends it. */
  #send(replica: number, press: Press): void {
    const button = readPress(press);
    if (button === undefined || !('approval' in button)) return;
    pressApproval(this.#middle(replica, press.activityId), press, button).catch(() => undefined);
  }

  async #press({ replica, by, verb, which, off, isHere, forged }: Told<'press'>): Promise<void> {
    const number = this.#numbers.at(-1 - which) ?? this.#numbers.at(-1);
    const approval = number && (await this.world.store.approvals.find(number));
    if (!approval) return;
    const press: Press = {
      activityId: this.world.newId(nameOf({ off, isHere })),
      verb,
      data: { ...forged, approval: approval.number, version: approval.version + off, reason: 'No.' },
      trigger: 'manual',
      person: personOf(by),
      place: placeOf(isHere ? CONVERSATION : '19:elsewhere@thread.tacv2'),
    };
    this.#presses.push(press);
    this.#send(replica, press);
  }

  async #begin(command: Command): Promise<void> {
    switch (command.do) {
      case 'tend':
        return this.#tend(command.replica);
      case 'ask':
        return this.#ask(command);
      case 'press':
        return this.#press(command);
      case 'press again': {
        const press = this.#presses[command.which % this.#presses.length];
        return press && this.#send(command.replica, press);
      }
      default:
        disturb(this.world, command);
    }
  }

  async #goOn({ pace }: Pick<Command, 'pace'>): Promise<void> {
    const { gates } = this.world;
    if (pace === 'through') return gates.openAll();
    await gates.settled();
    for (const pick of pace) await gates.open(pick);
  }

  /** Who is dead begins anew, as whatever watches over processes has it. */
  #revive(): void {
    for (const replica of REPLICAS) if (!this.world.lifeOf(replica).isAlive) this.world.begin(replica);
  }

  async happen(commands: readonly Command[]): Promise<void> {
    for (const command of commands) {
      this.#revive();
      await this.#begin(command);
      await this.#goOn(command);
    }
  }

  /** Heals everything, and lets time pass until nothing is due. False when it never comes to rest. */
  async rest(): Promise<boolean> {
    const { world } = this;
    world.tenant.heal();
    world.deaths.clear();
    wake(world);
    await world.gates.openAll();
    this.#revive();
    for (let round = 0; round < 2_000; round += 1) {
      const [next] = await world.store.approvals.due(Number.MAX_SAFE_INTEGER, 1);
      if (next === undefined) return true;
      const replica = round % REPLICAS.length;
      const left = (next.dueAt ?? 0) - world.nowOf(world.lifeOf(replica));
      // Whose clock is behind comes later.
      if (left > 0) world.time += Math.max(left, world.circumstances.stride);
      this.#tend(replica);
      await world.gates.openAll();
    }
    return false;
  }

  async table(): Promise<readonly Approval[]> {
    const { approvals } = this.world.store;
    const table: Approval[] = [];
    for (;;) {
      const approval = await approvals.find(FIRST_NUMBER + table.length);
      if (approval === undefined) return table;
      table.push(approval);
    }
  }

  /** Everything that was ever pressed arrives once more, here and there. */
  async pressAllAgain(): Promise<void> {
    for (const [index, press] of this.#presses.entries()) this.#send(index % REPLICAS.length, press);
    await this.world.gates.openAll();
  }
}

/** What is left when a run has come to rest. */
export interface Left {
  readonly world: World;
  readonly isAtRest: boolean;
  /** Before every press arrived once more, and after that. */
  readonly tableBefore: readonly Approval[];
  readonly table: readonly Approval[];
}

/** Plays a run to its end, and gives what is left to `look` before the store is closed. */
export const play = async <Value>(
  { circumstances, commands, afterwards }: Run,
  mutate: Mutation,
  look: (left: Left) => Promise<Value>,
): Promise<Value> => {
  const world = await World.open(circumstances);
  try {
    const run = new Play(world, mutate);
    await run.happen(commands);
    const wasAtRest = await run.rest();
    await run.happen(afterwards);
    const isAtRest = wasAtRest && (await run.rest());
    const tableBefore = await run.table();
    await run.pressAllAgain();
    return await look({ world, isAtRest, tableBefore, table: await run.table() });
  } finally {
    await world.store.close();
  }
};
