/** A look, and what was sampled along its direction at closer steps → the look with what they tell: right, wrong, or open where kinks may have put it off. */

import type { Estimate } from '../../numerics/estimate.js';
import { decided, type Open } from '../paths/suspect.js';
import type { Look, LookRule } from './look.js';
import {
  type Clean,
  cleanSide,
  errorOnBothSides,
  isBorneOut,
  isOffOnBothSides,
  isSmooth,
  staysKinked,
} from './sides.js';

/** Along a direction with a kink at θ a right claim may have any value. */
export function settledLook(look: Look, seen: Open, { rejectsKinks = false }: LookRule): Look {
  const { samples } = seen;
  const found = decided(seen);
  const isKinked = !rejectsKinks && found.kink !== undefined && staysKinked(samples);
  const isBent = !rejectsKinks && !isSmooth(samples);
  const settled = {
    ...look,
    isKinked,
    isBent,
    isBorneOut: isBorneOut(samples, look.step),
  };
  const known = knownOf(found, seen, settled, rejectsKinks);
  if (known !== undefined && Math.abs(known.value) - look.allowed > known.uncertainty) {
    const isWrong = !isBent || known.isOnBothSides === true || isOffOnBothSides(samples, known.value);
    return withValue(settled, known, isWrong ? 'wrong' : 'open');
  }
  const clean = rejectsKinks ? undefined : cleanSide(samples, look.allowed);
  const doubt = ({ value, uncertainty }: Clean): number => Math.abs(value) + uncertainty;
  const [best] = [clean, known].filter((one) => one !== undefined).toSorted((a, b) => doubt(a) - doubt(b));
  return best === undefined
    ? { ...settled, isBent: look.isBent, outcome: 'open' }
    : withValue(settled, best, 'right');
}

interface Known extends Clean {
  readonly isOnBothSides?: boolean;
}

/** What the samples say of the slope at θ; undefined at a kink, and where they don't agree. */
function knownOf(
  { kink, value, uncertainty, hidden }: Estimate,
  { samples }: Open,
  { isKinked }: Look,
  rejectsKinks: boolean,
): Known | undefined {
  const isFree = kink !== undefined && !rejectsKinks;
  const step = samples.at(-1)!.above;
  if (!isFree && !Number.isNaN(value)) return { value, uncertainty: uncertainty + hidden, step };
  // What looks like a kink at θ, and falls away, may be kinks beside it: a claim may be wrong there.
  const found = isKinked ? undefined : errorOnBothSides(samples);
  return found && { ...found, isOnBothSides: true };
}

function withValue(look: Look, { value, uncertainty, step }: Clean, outcome: Look['outcome']): Look {
  return {
    ...look,
    error: -value,
    uncertainty,
    toldAt: step,
    outcome,
    numeric: look.numeric + look.error + value,
  };
}

/** Whether kinks may make a claim look wrong. */
export function isDoubtful({ error, allowed, uncertainty, isKinked, isBent }: Look): boolean {
  return isBent && !isKinked && Math.abs(error) - allowed > uncertainty;
}
