/** Classes that keep their numbers private: behind getters and setters, that copy, validate, or stand before a field of their own. */

import { describe, expect, it } from 'vitest';
import { checkGradients } from 'expect-gradients';
import { bitsOf, thrownBy } from '../../bits.js';
import { checked, outcomeOf, right, wrongIn } from './outcome.js';

const TIMES = [0.5, 1, 2.5];
const SEEN = [2, 1.9, 0.4];

/** A decaying curve, however it keeps its numbers. */
interface Curve {
  level: number;
  decay: number;
}

class PublicAndPrivate implements Curve {
  level = 3;
  #decay = 0.6;
  get decay(): number {
    return this.#decay;
  }
  set decay(value: number) {
    this.#decay = value;
  }
}

/* oxlint-disable eslint/no-underscore-dangle -- the field behind an accessor as most people call it */
class Underscored implements Curve {
  level = 3;
  _decay = 0.6;
  get decay(): number {
    return this._decay;
  }
  set decay(value: number) {
    this._decay = value;
  }
}
/* oxlint-enable eslint/no-underscore-dangle */

class Inherited extends PublicAndPrivate {
  note(): string {
    return 'the accessors are those of a class above';
  }
}

class Validating implements Curve {
  #level = 3;
  #decay = 0.6;
  readonly refused: number[] = [];
  get level(): number {
    return this.#level;
  }
  set level(value: number) {
    this.#level = this.#demand(value, value > 0 && value < 4);
  }
  get decay(): number {
    return this.#decay;
  }
  set decay(value: number) {
    this.#decay = this.#demand(value, value > 0 && value < 1);
  }
  #demand(value: number, isRight: boolean): number {
    if (isRight) return value;
    throw new RangeError(`${value} is out of range`);
  }
}

const literal = (): Curve => {
  let decay = 0.6;
  return {
    level: 3,
    get decay() {
      return decay;
    },
    set decay(value) {
      decay = value;
    },
  };
};

const defined = (): Curve => {
  let decay = 0.6;
  const curve = { level: 3 } as Curve;
  return Object.defineProperty(curve, 'decay', {
    get: () => decay,
    set: (value: number) => {
      decay = value;
    },
  });
};

const KINDS: readonly (readonly [string, () => Curve])[] = [
  ['one public, one behind an accessor', () => new PublicAndPrivate()],
  ['behind an accessor with an underscored field', () => new Underscored()],
  ['behind inherited accessors', () => new Inherited()],
  ['behind accessors that validate', () => new Validating()],
  ['in a literal with an accessor', literal],
  ['behind an accessor that is not enumerable', defined],
];

const at = ({ level, decay }: Curve, t: number): number => level * Math.exp(-decay * t);

describe.each(KINDS)('two numbers, %s', (kind, make) => {
  const modelOf = (curve: Curve, factor: number): object => {
    const errors = (): number[] => TIMES.map((t, k) => at(curve, t) - SEEN[k]!);
    return {
      parameters: curve,
      loss: () => errors().reduce((sum, e) => sum + e ** 2, 0),
      gradients: () => ({
        level: errors().reduce((sum, e, k) => sum + 2 * e * Math.exp(-curve.decay * TIMES[k]!), 0),
        decay: factor * errors().reduce((sum, e, k) => sum - 2 * e * TIMES[k]! * at(curve, TIMES[k]!), 0),
      }),
    };
  };

  const options = kind.includes('validate') ? { except: 'refused' } : {};

  it.each([1, 40, 0, -1])('are both checked, the claim of the second times %d', (factor) => {
    const curve = make();
    const { verdict, names, wrong } = outcomeOf(modelOf(curve, factor), options);
    expect({ verdict, wrong }).toEqual(
      factor === 1 ? { verdict: 'correct', wrong: [] } : { verdict: 'wrong', wrong: ['decay'] },
    );
    expect(names).toEqual(expect.arrayContaining(['level', 'decay']));
    expect(names).toHaveLength(2);
    expect(bitsOf([curve.level, curve.decay])).toEqual(bitsOf([3, 0.6]));
  });

  it('are refused where the second has no claim', () => {
    const model = modelOf(make(), 1) as { gradients(): Curve };
    const gradients = (): object => ({ level: model.gradients().level });
    const { verdict, message } = checked({ ...model, gradients }, options);
    expect(verdict).toBe('TypeError');
    expect(message).toMatch(/the gradient of _?decay under/);
    expect(outcomeOf({ ...model, gradients }, { only: 'level' })).toEqual(right('level'));
  });
});

describe('an array behind an accessor', () => {
  class Held {
    #w = [0.3, 0.7];
    get w(): number[] {
      return this.#w;
    }
    set w(value: number[]) {
      if (value.length !== 2) throw new RangeError('two numbers');
      this.#w = value;
    }
    product(): number {
      return this.#w[0]! * this.#w[1]!;
    }
  }

  class Copied {
    #w = Float64Array.of(0.3, 0.7);
    written = 0;
    get w(): Float64Array {
      return this.#w.slice();
    }
    set w(value: Float64Array) {
      if (value.some((x) => x <= 0 || x >= 1)) throw new RangeError('a probability each');
      this.#w = value.slice();
    }
    product(): number {
      return this.#w[0]! * this.#w[1]!;
    }
  }

  class Frozen {
    #w: readonly number[] = Object.freeze([0.3, 0.7]);
    get w(): readonly number[] {
      return Object.freeze([...this.#w]);
    }
    set w(value: readonly number[]) {
      this.#w = value;
    }
    product(): number {
      return this.#w[0]! * this.#w[1]!;
    }
  }

  /** As a store of states that are never changed. */
  class Replaced {
    #state: { readonly w: readonly number[] } = Object.freeze({ w: Object.freeze([0.3, 0.7]) });
    get w(): readonly number[] {
      return this.#state.w;
    }
    set w(value: readonly number[]) {
      this.#state = Object.freeze({ w: Object.freeze([...value]) });
    }
    product(): number {
      return this.#state.w[0]! * this.#state.w[1]!;
    }
  }

  class Rows {
    #w = [[0.3], [0.7]];
    get w(): number[][] {
      return this.#w.map((row) => [...row]);
    }
    set w(value: number[][]) {
      this.#w = value.map((row) => [...row]);
    }
    product(): number {
      return this.#w[0]![0]! * this.#w[1]![0]!;
    }
  }

  class Alone {
    #w = [0.3, 0.7];
    get w(): number[] {
      return this.#w;
    }
    product(): number {
      return this.#w[0]! * this.#w[1]!;
    }
  }

  it.each([
    ['that gives the array itself', () => new Held()],
    ['that gives a copy, and takes one', () => new Copied()],
    ['that gives a frozen copy', () => new Frozen()],
    ['that gives what is frozen, and takes another', () => new Replaced()],
    ['that gives copies of its rows', () => new Rows()],
    ['of which there is a getter alone', () => new Alone()],
  ] as const)('%s', (_, make) => {
    for (const factor of [1, 2]) {
      const unit = make();
      const flat = (): number[] => [...unit.w].flat();
      const before = bitsOf(flat());
      const model = {
        parameters: { unit },
        loss: () => unit.product() ** 2,
        gradients: () => ({
          unit: { w: [2 * unit.product() * flat()[1]!, factor * 2 * unit.product() * flat()[0]!] },
        }),
      };
      const options = 'written' in unit ? { except: 'unit.written' } : {};
      expect(outcomeOf(model, options)).toEqual(factor === 1 ? right('unit.w') : wrongIn(['unit.w']));
      expect(bitsOf(flat())).toEqual(before);
    }
  });

  it('that gives a copy and takes none is refused', () => {
    class Closed {
      readonly #w = [0.3, 0.7];
      get w(): number[] {
        return [...this.#w];
      }
    }
    const closed = new Closed();
    expect(checked({ parameters: closed, loss: () => 1, gradients: () => ({ w: [1, 2] }) }).message).toBe(
      "expect-gradients: w is another array at each reading and has no setter, so it can't be perturbed. Leave it out with { except: 'w' }.",
    );
  });

  it('that is no parameter where nobody claims a gradient for what a getter computes', () => {
    class Unit {
      w = [0.3, 0.7];
      get norm(): number {
        return Math.hypot(...this.w);
      }
      get doubled(): number[] {
        return this.w.map((x) => 2 * x);
      }
    }
    const unit = new Unit();
    const model = {
      parameters: unit,
      loss: () => unit.w[0]! * unit.w[1]!,
      gradients: () => ({ w: [unit.w[1], unit.w[0]] }),
    };
    expect(outcomeOf(model)).toEqual(right('w'));
    const other = Object.assign(new Unit(), { w: [0.7, 0.3] });
    expect(outcomeOf({ ...model, gradients: () => other })).toEqual(right('w'));
    expect(checked({ ...model, gradients: () => ({ ...model.gradients(), dNorm: 1 }) }).message).toBe(
      "expect-gradients: norm is read-only, so it can't be perturbed. Leave it out with { except: 'norm' }.",
    );
  });
});

describe('a setter that validates', () => {
  class Coin {
    #p: number;
    readonly tried: number[] = [];
    constructor(p: number) {
      this.#p = p;
    }
    get p(): number {
      return this.#p;
    }
    set p(value: number) {
      this.tried.push(value);
      if (!(value > 0 && value < 1)) throw new RangeError(`${value} is no probability`);
      this.#p = value;
    }
  }
  const modelOf = (coin: Coin, factor: number): object => ({
    parameters: coin,
    loss: () => -7 * Math.log(coin.p) - 3 * Math.log(1 - coin.p),
    gradients: () => ({ p: factor * (3 / (1 - coin.p) - 7 / coin.p) }),
  });

  // By at most a quarter of it all parameters are moved together, where a claim is zero.
  it.each([0.35, 0.9, 0.02])(
    'is given nothing far from what it holds, be the claim right or wrong: %d',
    (p) => {
      for (const factor of [1, 2, 0, -1]) {
        const coin = new Coin(p);
        expect(outcomeOf(modelOf(coin, factor), { except: 'tried' })).toEqual(
          factor === 1 ? right('p') : wrongIn(['p']),
        );
        expect(coin.p).toBe(p);
        expect(coin.tried.every((value) => Math.abs(value - p) <= p / 4)).toBe(true);
      }
    },
  );

  it('throws its own error where a step has to leave its range, and says what was to be written', () => {
    const coin = new Coin(1 - 1e-15);
    const error = thrownBy(() =>
      checkGradients(modelOf(coin, 1) as never, { except: 'tried' }),
    ) as RangeError;
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toMatch(/is no probability$/);
    expect(String(error.cause)).toMatch(/^Error: expect-gradients had moved p from 0\.999999999999999 to /);
    expect(coin.p).toBe(1 - 1e-15);
  });

  it('that stores something else than it is given can’t be put back, and that is told', () => {
    class Rounded {
      #w = 0.1 + 0.2;
      get w(): number {
        return this.#w;
      }
      set w(value: number) {
        this.#w = Math.round(value * 1e12) / 1e12;
      }
    }
    const unit = new Rounded();
    expect(
      checked({ parameters: unit, loss: () => unit.w ** 2, gradients: () => ({ w: 2 * unit.w }) }).message,
    ).toBe(
      'expect-gradients: w could not be put back: what was written there is read as something else. ' +
        'Hand over what the setter stores, or leave it out with except.',
    );
  });
});

describe('parameters that are changed by assigning others', () => {
  class Root {
    #x = 0.3;
    factor = 1;
    get parameters(): number {
      return this.#x;
    }
    set parameters(value: number) {
      this.#x = value;
    }
    loss(): number {
      return Math.sin(this.#x);
    }
    gradients(): number {
      return this.factor * Math.cos(this.#x);
    }
  }

  class CopiedRoot {
    #x: readonly number[] = [0.3, 0.8];
    factor = 1;
    get parameters(): readonly number[] {
      return [...this.#x];
    }
    set parameters(value: readonly number[]) {
      this.#x = [...value];
    }
    loss(): number {
      return Math.sin(this.#x[0]! * this.#x[1]!);
    }
    gradients(): readonly number[] {
      const [x, y] = this.#x as [number, number];
      return [y * Math.cos(x * y), this.factor * x * Math.cos(x * y)];
    }
  }

  class Field {
    parameters = 0.3;
    factor = 1;
    loss(): number {
      return Math.sin(this.parameters);
    }
    gradients(): number {
      return this.factor * Math.cos(this.parameters);
    }
  }

  it.each([
    ['a number behind a setter of the model', () => new Root()],
    ['an array that a getter of the model copies', () => new CopiedRoot()],
    ['a number that is a field of the model', () => new Field()],
  ] as const)('may be %s', (_, make) => {
    for (const factor of [1, 2]) {
      const model = Object.assign(make(), { factor });
      const before = [model.parameters].flat();
      expect(outcomeOf(model)).toEqual(factor === 1 ? right('parameters') : wrongIn(['parameters']));
      expect(bitsOf([model.parameters].flat())).toEqual(bitsOf(before));
    }
  });

  it('are but handed over where the model can’t be written to', () => {
    const model = Object.freeze({
      parameters: 0.3,
      loss: (x: number) => Math.sin(x),
      gradients: (x: number) => Math.cos(x),
    });
    expect(outcomeOf(model)).toEqual(right('parameters'));
  });

  it('are told where the functions read neither', () => {
    const x = 0.3;
    const { verdict, message } = checked({
      parameters: x,
      loss: () => Math.sin(x),
      gradients: () => Math.cos(x),
    });
    expect(verdict).toBe('inconclusive');
    expect(message).toContain('read it from the argument, as in loss: (x) => x ** 2.');
  });
});
