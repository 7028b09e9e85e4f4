/** Models as people have them, at the points beside their parameters: moved there by their owners' paths, and put back bit for bit. */

import { checkGradients, type GradientReport } from 'expect-gradients';
import { fromStep } from 'expect-gradients/adapters';
import { describe, expect, it } from 'vitest';
import { bitsOf } from '../../bits.js';

const check = (model: unknown, options: object = {}): GradientReport =>
  checkGradients(model as never, options) as unknown as GradientReport;

/** Σ x⁴, whose gradient has no zero by chance. */
const quartic = (x: readonly number[]): number => x.reduce((sum, value) => sum + value ** 4, 0);
const slopes = (x: readonly number[], factor = 1): number[] => x.map((value) => factor * 4 * value ** 3);

/** An array behind accessors that copy it, and that take no other one that is further away than so much of each entry. */
class Guarded {
  #x = [0.3, -0, 0.7, -1.1, 0.45, 2.5];
  readonly #first = [...this.#x];
  readonly #reach: number;
  refused = 0;
  written = 0;
  constructor(reach: number) {
    this.#reach = reach;
  }
  get x(): number[] {
    return [...this.#x];
  }
  set x(values: number[]) {
    this.written += 1;
    if (
      values.some(
        (value, i) => Math.abs(value - this.#first[i]!) > this.#reach * Math.max(1, Math.abs(value)),
      )
    ) {
      this.refused += 1;
      throw new RangeError('too far');
    }
    this.#x = [...values];
  }
}

const guarded = (owner: Guarded, factor = 1): object => ({
  parameters: owner,
  loss: () => quartic(owner.x),
  gradients: () => ({ x: slopes(owner.x, factor) }),
});
const EXCEPT = { except: ['refused', 'written'] };

describe('a setter that refuses what is far away', () => {
  it.each([
    [Infinity, 0, { checked: 2, skipped: 0 }],
    [0.05, 1, { checked: 2, skipped: 0 }],
    [1e-4, 4, { checked: 1, skipped: 1 }],
  ])('within %d of it: refuses %i times', (reach, refused, points) => {
    const owner = new Guarded(reach);
    const before = bitsOf(owner.x);
    const report = check(guarded(owner), EXCEPT);
    expect(report).toMatchObject({ verdict: 'correct', points });
    expect(owner.refused).toBe(refused);
    expect(bitsOf(owner.x)).toEqual(before);
  });

  it('is given an array once for a point, and not once for each entry that moves', () => {
    const owner = new Guarded(Infinity);
    const { evaluations } = check(guarded(owner), { ...EXCEPT, method: 'directional' });
    expect(owner.written).toBeLessThanOrEqual(2 * (evaluations.loss + evaluations.gradients));
  });

  it('costs no wrong claim its report', () => {
    const owner = new Guarded(1e-4);
    const before = bitsOf(owner.x);
    const report = check(guarded(owner, 2), EXCEPT);
    expect(report).toMatchObject({
      verdict: 'wrong',
      findings: [{ code: 'scaled', evidence: { factor: expect.closeTo(2, 9) } }],
    });
    expect(bitsOf(owner.x)).toEqual(before);
  });
});

describe('a function that throws beside the parameters', () => {
  const reachOf = 1e-4;
  it.each(['loss', 'gradients'])('%s: is skipped, and the parameters are as before', (which) => {
    const p = { a: new Float64Array([0.3, -0, 1.7]) };
    const [first] = [Array.from(p.a)];
    const guard = (name: string): void => {
      if (name === which && p.a.some((value, i) => Math.abs(value - first[i]!) > reachOf))
        throw new Error('far');
    };
    const model = {
      parameters: p,
      loss: () => (guard('loss'), quartic(Array.from(p.a))),
      gradients: () => (guard('gradients'), { a: slopes(Array.from(p.a)) }),
    };
    expect(check(model)).toMatchObject({ verdict: 'correct', points: { checked: 1, skipped: 1 } });
    expect(bitsOf(p.a)).toEqual(bitsOf(first));
  });

  it('and of a claim of zero where the loss has slopes, is no way out of being wrong', () => {
    const p = { a: [0.9] };
    const model = {
      parameters: p,
      loss: () => {
        if (Math.abs(p.a[0]! - 0.9) > 0.05) throw new RangeError('too far');
        return -Math.log(1 - p.a[0]!);
      },
      gradients: () => ({ a: [0] }),
    };
    expect(check(model).verdict).toBe('wrong');
    expect(p.a).toEqual([0.9]);
  });
});

describe('a training step', () => {
  it('is made beside the parameters, too, where it replaces arrays', () => {
    class Fit {
      w: readonly number[] = [0.4, -0.9, 0.2];
      loss(): number {
        return quartic(this.w);
      }
      train(rate: number): void {
        const slope = slopes(this.w);
        this.w = this.w.map((value, i) => value - rate * slope[i]!);
      }
    }
    const fit = new Fit();
    const { w } = fit;
    const model = fromStep({ parameters: fit, loss: () => fit.loss(), step: (rate) => fit.train(rate) });
    expect(check(model)).toMatchObject({ verdict: 'correct', points: { checked: 2, skipped: 0 } });
    expect(fit.w).toBe(w);
    expect(w).toEqual([0.4, -0.9, 0.2]);
  });

  it('that is right at the parameters alone is wrong beside them', () => {
    const p = { w: [0, 0.5] };
    const model = fromStep({
      parameters: p,
      loss: () => 3 * p.w[0]! + p.w[0]! ** 2 + p.w[1]! ** 2,
      // The derivative of a square is missing, which is zero at zero.
      step(rate) {
        p.w = [p.w[0]! - rate * 3, p.w[1]! - rate * 2 * p.w[1]!];
      },
    });
    expect(check(model)).toMatchObject({ verdict: 'wrong', points: { wrongAt: 2 } });
    expect(p.w).toEqual([0, 0.5]);
  });
});

describe('reset()', () => {
  it('is called before every call, at every point', () => {
    const p = { w: [0.4, -0.9, 0.2] };
    const calls: string[] = [];
    let state = 0;
    const noted = (name: string): number => {
      calls.push(name);
      state += 1;
      return state;
    };
    const model = {
      parameters: p,
      reset: () => {
        calls.push('reset');
        state = 0;
      },
      loss: () => noted('loss') * quartic(p.w),
      gradients: () => ({ w: slopes(p.w, noted('gradients')) }),
    };
    expect(check(model)).toMatchObject({ verdict: 'correct', points: { checked: 2, skipped: 0 } });
    expect(calls.filter((_, k) => k % 2 === 0).every((name) => name === 'reset')).toBe(true);
    expect(calls.filter((_, k) => k % 2 === 1)).not.toContain('reset');
    expect(p.w).toEqual([0.4, -0.9, 0.2]);
  });
});
