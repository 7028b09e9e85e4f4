/** A function of the suites of other checkers, at a point -> cases: its right claim, and one or two mistakes. */
import type { Verdict } from 'expect-gradients';
import { CORRECT, Kind, NOT_WRONG, WRONG } from '../case.js';
import type { Arithmetic } from '../models/arithmetic.js';
import { changed, oneOff, times } from '../models/changes.js';
import type { Claimed } from '../models/net.js';
import { expression, type Named, type Values, type X } from './expression.js';

/** Of the loss: what a slope has to move it by over its parameter. */
const LEAST = 1e-12;

const FACTORS: readonly number[] = [-1, 2, 0.5, 0, 1.1];

export interface PortOptions {
  readonly right?: readonly Verdict[];
  readonly wrong?: readonly Verdict[];
  readonly finding?: string;
  readonly arithmetic?: Arithmetic;
}

export class Suite extends Kind {
  /** Two mistakes: all of a parameter by a factor, and the largest entry 10 % off or another one by as much. At a point where the gradient is zero neither can be made. */
  port<P extends Values>(name: string, at: P, formula: (p: Named<P>) => X, options: PortOptions = {}): void {
    this.claimed(name, () => expression(at, formula, options.arithmetic), options);
  }

  claimed(name: string, model: () => Claimed, options: PortOptions = {}): void {
    const { wrong = WRONG, finding } = options;
    const made = model();
    const steep = plainSlopes(made);
    const gradients = Object.entries(made.gradients());
    // A gradient that is rounding and nothing else is right as far as can be told.
    const rounding =
      steep.length === 0 &&
      gradients.some(([, g]) => g.reduce((most, v) => Math.max(most, Math.abs(v)), 0) > 0);
    const right = options.right ?? (rounding ? NOT_WRONG : CORRECT);
    this.add(`${name}, right`, model, right, finding === undefined ? {} : { finding });
    if (steep.length === 0) return;
    const turn = this.cases.length;
    const array = steep[turn % steep.length]!;
    const count = made.parameters[array]!.length;
    const factor = FACTORS[turn % FACTORS.length]!;
    this.add(`${name}, ${array} × ${factor}`, () => changed(model(), times(factor, array)), wrong, {
      wrongIn: array,
    });
    if (count < 2) return;
    const index = turn % count;
    this.add(
      `${name}, ${array}[${index}] off by half a root mean square`,
      () => changed(model(), oneOff(array, index, 0.5)),
      wrong,
      { wrongIn: array },
    );
  }
}

/** The parameters whose slopes are plain beside what the loss is, and is an eighth away: at a stationary point, or next to one, there are none. */
function plainSlopes(model: Claimed): string[] {
  const size = (values: ArrayLike<number>): number => Math.max(...Array.from(values, Math.abs));
  const gradients = model.gradients();
  const here = Math.abs(model.loss());
  const before = Object.values(model.parameters).map((values) => [values, values.slice()] as const);
  for (const [values] of before)
    for (const i of values.keys()) values[i]! += (values[i]! || 1) * (i % 2 === 0 ? 0.12 : -0.1);
  const there = Math.abs(model.loss());
  for (const [values, old] of before) for (const i of old.keys()) values[i] = old[i]!;
  const scale = Math.max(here, Number.isFinite(there) ? there : 0);
  return Object.keys(gradients).filter(
    (array) => size(gradients[array]!) * (size(model.parameters[array]!) || 1) > LEAST * scale,
  );
}
