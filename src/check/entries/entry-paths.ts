/** Single entries of a parameter as paths along which the loss can be sampled. */

import type { SweepRequest } from '../../model/evaluate/requests.js';
import type { Sample } from '../../numerics/sample.js';
import { noiseAt } from '../../numerics/noise.js';
import { entryScale, movedScale } from '../../numerics/step.js';
import type { LossNoise } from '../preconditions/loss-noise.js';
import type { Paths, Place } from '../paths/paths.js';
import { sweepRoom } from './sweep.js';
import { type ParameterTask, stepLimits } from './task.js';

export function entryPaths(task: ParameterTask, noise: LossNoise): Paths {
  const { frame, parameter, loss, scale, budget } = task;
  const saved = frame.saved[parameter]!;
  const { spacing } = frame.parameters[parameter]!.values;
  const sizeOf = (entry: number): number =>
    Math.max(Math.abs(saved[entry]!), movedScale(saved[entry]!, scale));
  return {
    loss,
    size: sizeOf,
    stored: (entry) => spacing * sizeOf(entry),
    limits: (entry) => stepLimits(task, saved[entry]!, noise.reach),
    *sample(places: readonly Place[]): Generator<SweepRequest, readonly Sample[] | undefined, void> {
      const samples: Sample[] = [];
      if (!budget.allows(2 * places.length)) return undefined;
      while (samples.length < places.length) {
        if (budget.spent()) return undefined;
        const block = places.slice(samples.length, samples.length + budget.entries(places.length));
        const room = sweepRoom(block.length);
        for (const [k, { path, step }] of block.entries()) {
          room.entries[k] = path;
          room.steps[k] = step * entryScale(saved[path]!, scale);
        }
        yield { kind: 'sweep', parameter, count: block.length, ...room };
        for (let k = 0; k < block.length; k += 1) {
          const [above, below] = [room.above[k]!, room.below[k]!];
          const [forward, backward] = [room.forward[k]!, room.backward[k]!];
          samples.push({ above, below, forward, backward, noise: noiseAt(noise, forward, backward) });
        }
      }
      return samples;
    },
  };
}
