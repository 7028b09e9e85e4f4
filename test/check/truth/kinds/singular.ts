/**
 * Points where a loss has no derivative, or has one and does not look so: cusps, jumps, poles, vertical tangents, the edge of a domain. What settles each is the
 * one-sided slopes. Both finite: a kink, and any claim between them is right. Infinite, or a jump: there is no derivative (rule 14), so no claim is correct, and the
 * central difference of a symmetric cusp, which is 0 at every step, proves nothing. One side without values: the slope of the other; where that is a constant,
 * nothing moved (rule 8).
 */
import { CORRECT, Kind, NOT_CORRECT, NOT_WRONG, type TruthCase, UNSURE, WRONG } from '../case.js';
import { changed, times } from '../models/changes.js';
import { Draws } from '../models/draws.js';
import { formula, of } from '../models/formula.js';
import type { Claimed } from '../models/net.js';
import { edges, kinked, type Point, smooth, without } from './points.js';

const { abs, hypot, sign } = Math;

/** One number; at 0 the claim is 0. */
const at0 =
  (f: (x: number) => number, slope: (x: number) => number): (() => Claimed) =>
  () =>
    of([0], f, (x) => [x === 0 ? 0 : slope(x)]);

/** Distance of two points that are equal, plus p₀². */
const distance = (): Claimed =>
  formula(
    { p: [1, 2], q: [1, 2] },
    ({ p, q }) => hypot(p[0]! - q[0]!, p[1]! - q[1]!) + p[0]! ** 2,
    ({ p, q }) => {
      const r = hypot(p[0]! - q[0]!, p[1]! - q[1]!) || 1;
      const d = [0, 1].map((i) => (p[i]! - q[i]!) / r);
      return { p: [d[0]! + 2 * p[0]!, d[1]!], q: d.map((v) => -v) };
    },
  );

export function files(): TruthCase[] {
  const kind = new Kind('singular points');
  const power = (p: number): (() => Claimed) =>
    at0(
      (x) => abs(x) ** p,
      (x) => p * sign(x) * abs(x) ** (p - 1),
    );
  kind.add('|x|^0.4 at 0', power(0.4), NOT_CORRECT);
  kind.add('|x|^0.8 at 0', power(0.8), NOT_CORRECT);
  kind.add(
    '3|x| at 0, right',
    at0(
      (x) => 3 * abs(x),
      (x) => 3 * sign(x),
    ),
    CORRECT,
    { finding: 'kink' },
  );
  kind.add(
    'x² + 2|x| at 0, right',
    at0(
      (x) => x * x + 2 * abs(x),
      (x) => 2 * x + 2 * sign(x),
    ),
    CORRECT,
    { finding: 'kink' },
  );
  kind.add(
    'x = 0 ? 2 : 1 at 0',
    at0(
      (x) => (x === 0 ? 2 : 1),
      () => 0,
    ),
    ['inconclusive', 'wrong'],
  );
  kind.add(
    'x⁴ at 0, right',
    at0(
      (x) => x ** 4,
      (x) => 4 * x ** 3,
    ),
    CORRECT,
  );
  kind.add('distance of two equal points plus p₀², right', distance, CORRECT, { finding: 'kink' });
  return kind.cases;
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('singular points');
  const draws = new Draws(seed * 7919 + 11);
  /** Σ weight · f(x − place), in one entry among others that are plain, or alone; the claim at the place itself is `claim`. */
  const around = ({ f, slope }: Point, claim: number, alone: boolean): (() => Claimed) => {
    const place = alone ? 0 : draws.pick([0, 0.5, -2]);
    const own = draws.integer(1, 1e6);
    return () =>
      formula(
        { x: [place], w: alone ? [] : new Draws(own).list(3, 1.5) },
        (p) => f(p.x[0]! - place) + p.w.reduce((sum, v) => sum + Math.sin(v), 0),
        (p) => {
          const u = p.x[0]! - place;
          return { x: [u === 0 ? claim : slope(u)], w: Array.from(p.w, Math.cos) };
        },
      );
  };
  const only = { options: { only: 'x' } };
  for (const [k, point] of without(draws).entries()) {
    const alone = k % 2 === 0;
    const claim = k % 3 === 2 ? draws.signed(0.5, 5) : 0;
    kind.add(
      `${point.name}${alone ? ' alone' : ''}, claim ${claim.toFixed(2)}`,
      around(point, claim, alone),
      NOT_CORRECT,
      only,
    );
  }
  for (const point of kinked(draws)) {
    const inside = point.low + (point.high - point.low) * draws.uniform(0.1, 0.9);
    const edge = draws.pick([point.low, point.high]);
    kind.add(`${point.name}, claim between, right`, around(point, inside, false), CORRECT, {
      finding: 'kink',
    });
    kind.add(`${point.name}, claim of one side, right`, around(point, edge, false), CORRECT, {
      finding: 'kink',
    });
    // Outside of both at θ and right beside it: no chain rule gives three times the steepest slope, but nothing beside θ speaks against it.
    const far = 3 * Math.max(Math.abs(point.low), Math.abs(point.high));
    kind.add(`${point.name}, claim outside at θ only`, around(point, far, false), NOT_CORRECT, {
      wrongIn: 'x',
    });
    const thrice = { ...point, slope: (u: number) => 3 * point.slope(u) };
    kind.add(`${point.name}, three times too steep everywhere`, around(thrice, far, false), WRONG, {
      wrongIn: 'x',
    });
  }
  for (const point of smooth(draws)) {
    // One side alone, with slopes that fall as √u only: what rounds in x − place is seen as a slope of 1e-8.
    kind.add(
      `${point.name}, right`,
      around(point, point.right, false),
      point.name.startsWith('u^1.5') ? NOT_WRONG : CORRECT,
    );
    // Wrong by 1 at the very place: no one-sided slope is near it.
    if (draws.uniform() > 0)
      kind.add(`${point.name}, 1 off`, around(point, point.right + 1, false), WRONG, { wrongIn: 'x' });
  }
  for (const { name, x, f, slope } of edges(draws)) {
    const model = (): Claimed => of([x], f, (v) => [slope(v)]);
    kind.add(`${name}, right`, model, CORRECT);
    if (draws.uniform() > 0) kind.add(`${name}, halved`, () => changed(model(), times(0.5)), WRONG);
  }
  // A constant with nothing on one side: nothing moved the loss. Alone that never passes; beside others it is unused, and told.
  const half: Point = {
    name: 'a constant with nothing below',
    f: (u) => (u < 0 ? Number.NaN : 1),
    slope: () => 0,
  };
  kind.add(`${half.name}, alone, claim 0`, () => of([0], half.f, () => [0]), UNSURE);
  kind.add(`${half.name}, beside others, right`, around(half, 0, false), NOT_WRONG);
  return kind.cases;
}
