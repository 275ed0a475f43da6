import type { Command } from './commands.ts';
import { DECIDER, READER, TURNS } from './tenant.ts';
import type { World } from './world.ts';

/** Everybody who stood still goes on. */
export const wake = ({ lives }: World): void => {
  for (const life of lives) life.gatesLeft = Number.POSITIVE_INFINITY;
};

/** Does to the world what nobody asked Flagman for: time, faults, people elsewhere, and the death of processes. */
export const disturb = (world: World, command: Command): void => {
  const { tenant } = world;
  switch (command.do) {
    case 'wait':
      world.time += command.ms;
      break;
    case 'set clocks':
      world.shift(command.ms);
      break;
    case 'fail POST':
      tenant.faults.push(command.fault);
      break;
    case 'fail reads':
      tenant.blind[command.of] += command.times;
      break;
    case 'take role':
      tenant.roles.set(command.from, command.from === 'ana' ? [] : [READER]);
      break;
    case 'give role':
      tenant.roles.set(command.from, [READER, DECIDER]);
      break;
    case 'disable':
      tenant.disabled.add(command.from);
      break;
    case 'turn':
      tenant.turn(command.signIn, world.time, TURNS[command.to]);
      break;
    case 'kill':
      world.lifeOf(command.replica).isAlive = false;
      break;
    case 'stand still':
      world.lifeOf(command.replica).gatesLeft = command.after;
      break;
    case 'go on':
      wake(world);
      break;
    case 'kill at':
      world.deaths.set(command.replica, command.moment);
      break;
  }
};
