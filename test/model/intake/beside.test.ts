/** Gradients that stand beside what they are of, under the names that people give them; or come back under these names. */

import { describe, expect, it } from 'vitest';
import { checked, outcomeOf, right, wrongIn } from './outcome.js';
import { fieldsOf, lossOf, type Names, owners, slopesOf, type Unit } from './owners.js';

const named = (w: string, b: string, dw: string, db: string): Names => ({ w, b, dw, db });

/** What people call a weight, a bias, and the gradients of the two. */
const NAMES: readonly Names[] = [
  named('W', 'b', 'dW', 'db'),
  named('W1', 'b1', 'dW1', 'db1'),
  named('weights', 'bias', 'dWeights', 'dBias'),
  named('weights', 'biases', 'dweights', 'dbiases'),
  named('weights', 'biases', 'weightGradients', 'biasGradients'),
  named('weights', 'biases', 'weightsGrad', 'biasesGrad'),
  named('weight', 'bias', 'grad_weight', 'grad_bias'),
  named('weight', 'bias', 'weight_grad', 'bias_grad'),
  named('W', 'b', 'd_W', 'd_b'),
  named('W', 'b', 'gradW', 'gradB'),
  named('W', 'b', 'WGrad', 'bGrad'),
  named('W', 'b', 'gW', 'gb'),
  named('W', 'b', 'deltaW', 'deltaB'),
  named('W', 'b', 'WDelta', 'bDelta'),
  named('W', 'b', 'gradientW', 'gradient_b'),
  named('gamma', 'beta', 'dgamma', 'dbeta'),
  named('_W', '_b', '_dW', '_db'),
  named('_W', '_b', 'dW', 'db'),
];

const [[, plainRecord]] = owners as [(typeof owners)[number]];

/** A model that puts its gradients beside its values, the second times a factor, and returns something. */
function storing(unit: Unit, names: Names, factor: number, returned: () => unknown): object {
  return {
    parameters: unit.parameters,
    loss: () => lossOf(unit, names),
    gradients: () => {
      const [dw, db] = slopesOf(unit, names, factor);
      unit.set(names.dw, dw);
      unit.set(names.db, db);
      return returned();
    },
  };
}

/** All names in a record, and all kinds of owners with two of them. */
const UNITS = NAMES.flatMap((names, k) => {
  const kinds = k === 0 || k === 3 ? owners : owners.slice(k % 2, (k % 2) + 1);
  return kinds.map(([kind, make]) => ({ ...names, kind, make, names }));
});

describe.each(UNITS)('$w, $b, $dw and $db', ({ names, kind, make }) => {
  describe(`of ${kind}`, () => {
    const both = (unit: Unit): string[] => [unit.nameOf(names.w), unit.nameOf(names.b)];

    it.each(['zeros', 'null', 'absent'] as const)('beside each other, %s at first', (unmade) => {
      // A class with accessors has the gradients it will have from the beginning.
      const unit = make(fieldsOf(names, unmade));
      if (unmade === 'absent' && unit.parameters?.constructor.name === 'Unit') return;
      expect(outcomeOf(storing(unit, names, 1, () => undefined))).toEqual(right(...both(unit)));
    });

    it('beside each other, wrong', () => {
      const unit = make(fieldsOf(names, 'zeros'));
      expect(outcomeOf(storing(unit, names, 3, () => undefined))).toEqual(wrongIn(both(unit)));
    });

    it('beside each other, and returned with what they are of', () => {
      const unit = make(fieldsOf(names, 'zeros'));
      expect(outcomeOf(storing(unit, names, 1, () => unit.parameters))).toEqual(right(...both(unit)));
      expect(outcomeOf(storing(unit, names, -1, () => unit.parameters))).toEqual(wrongIn(both(unit)));
    });

    it('beside each other, and something else returned', () => {
      const unit = make(fieldsOf(names, 'zeros'));
      for (const returned of [0.25, [1, 2, 3], null, { loss: 0.25 }, new Float64Array(7)])
        expect(outcomeOf(storing(unit, names, 1, () => returned))).toEqual(right(...both(unit)));
    });

    it('is checked by one of the two alone', () => {
      const unit = make(fieldsOf(names, 'zeros'));
      const [w, b] = both(unit) as [string, string];
      expect(
        outcomeOf(
          storing(unit, names, 3, () => undefined),
          { only: w },
        ),
      ).toEqual(right(w));
      expect(
        outcomeOf(
          storing(unit, names, 3, () => undefined),
          { except: w },
        ),
      ).toEqual(wrongIn([b]));
    });
  });

  it('returned in a record', () => {
    const unit = plainRecord(fieldsOf(names, 'absent'));
    const model = (factor: number): object => ({
      parameters: unit.parameters,
      loss: () => lossOf(unit, names),
      gradients: () => {
        const [dw, db] = slopesOf(unit, names, factor);
        return { [names.dw]: dw, [names.db]: db };
      },
    });
    expect(outcomeOf(model(1))).toEqual(right(names.w, names.b));
    expect(outcomeOf(model(0.5))).toEqual(wrongIn([names.w, names.b]));
  });

  it('returned by the layer, of which the values alone were handed over', () => {
    const unit = plainRecord(fieldsOf(names, 'zeros'));
    const model = storing(unit, names, 1, () => unit.parameters);
    const alone = { [names.w]: unit.get(names.w), [names.b]: [unit.get(names.b)] };
    const reading = {
      ...unit,
      get: (key: string) => (key === names.b ? (alone[key] as number[])[0] : unit.get(key)),
    };
    const loss = (): number => lossOf(reading, names);
    expect(outcomeOf({ ...model, parameters: alone, loss }, { only: names.w })).toEqual(right(names.w));
  });
});

describe('a value and its gradient in an object of their own', () => {
  class Parameter {
    value: number | number[];
    grad: unknown = null;
    readonly label: string;
    constructor(value: number | number[], label: string) {
      this.value = value;
      this.label = label;
    }
  }

  const spring = (): { k: Parameter; rest: Parameter } => ({
    k: new Parameter(2.5, 'stiffness'),
    rest: new Parameter([1, 0.4], 'length at rest'),
  });
  const model = (p: ReturnType<typeof spring>, factor: number, parameters: unknown = p): object => {
    const stretch = (): number[] => (p.rest.value as number[]).map((r, i) => i + 0.7 - r);
    return {
      parameters,
      loss: () => stretch().reduce((sum, s) => sum + ((p.k.value as number) * s * s) / 2, 0),
      gradients: () => {
        p.k.grad = factor * stretch().reduce((sum, s) => sum + (s * s) / 2, 0);
        p.rest.grad = stretch().map((s) => -(p.k.value as number) * s);
      },
    };
  };

  it('is one parameter, under its own name', () => {
    const p = spring();
    expect(outcomeOf(model(p, 1))).toEqual(right('k', 'rest'));
    expect(outcomeOf(model(p, -1))).toEqual(wrongIn(['k', 'rest'], 'k'));
    expect(outcomeOf(model(p, 2, [p.k, p.rest]))).toEqual(
      wrongIn(['parameters[0]', 'parameters[1]'], 'parameters[0]'),
    );
    expect(outcomeOf(model(p, 1, new Map([['k', p.k]])))).toEqual(right('k'));
  });

  it.each([
    ['data', 'grad'],
    ['value', 'grad'],
    ['value', 'gradient'],
    ['values', 'gradients'],
    ['val', 'grad'],
    ['params', 'grads'],
    ['w', 'dw'],
    ['x', 'dx'],
    ['weights', 'deltas'],
  ])('under %s and %s', (value, gradient) => {
    const make = (): Record<string, unknown> => ({ [value]: [0.5, -0.25], [gradient]: null, id: 7 });
    for (const [factor, outcome] of [
      [1, right('p')],
      [2, wrongIn(['p'])],
    ] as const) {
      const p = make();
      const numbers = p[value] as number[];
      const gradients = (): void => {
        p[gradient] = [factor * numbers[1]!, factor * numbers[0]!];
      };
      expect(outcomeOf({ parameters: { p }, loss: () => numbers[0]! * numbers[1]!, gradients })).toEqual(
        outcome,
      );
    }
  });

  it('is a record where another variable stands beside it that has none', () => {
    const unit = { w: [0.5, -0.25], b: 0.3, dw: [0, 0] };
    const withoutOne = {
      parameters: { unit },
      loss: () => unit.w[0]! * unit.w[1]! * unit.b,
      gradients: () => {
        unit.dw = [unit.w[1]! * unit.b, unit.w[0]! * unit.b];
      },
    };
    expect(checked(withoutOne).message).toBe(
      'expect-gradients: gradients() must return the gradient of unit.b, but it returned undefined. ' +
        "If unit.b, which is 0.3, is no parameter: leave it out with { except: 'unit.b' }.",
    );
    expect(outcomeOf(withoutOne, { except: 'unit.b' })).toEqual(right('unit.w'));
  });

  it('tells when the gradient was never made', () => {
    const p = spring();
    expect(checked({ ...model(p, 1), gradients: () => undefined }).message).toBe(
      'expect-gradients: the gradient of k must be numbers, but k.grad is null.',
    );
  });
});

describe('gradients in a record or list of their own, beside what they are of', () => {
  const values = (): { W: number[]; b: number } => ({ W: [0.3, 0.4], b: 0.2 });
  const slopes = ({ W, b }: { W: number[]; b: number }, factor: number): { W: number[]; b: number } => ({
    W: [W[1]! * b, W[0]! * b],
    b: factor * W[0]! * W[1]!,
  });
  const loss = ({ W, b }: { W: number[]; b: number }): number => W[0]! * W[1]! * b;

  it.each([
    ['params', 'grads'],
    ['params', 'gradients'],
    ['layer', 'dLayer'],
    ['layer', 'gradLayer'],
    ['theta', 'theta_grad'],
  ])('%s and %s', (value, gradient) => {
    const names = [`${value}.W`, `${value}.b`];
    for (const [factor, outcome] of [
      [1, right(...names)],
      [7, wrongIn(names)],
    ] as const) {
      const model: Record<string, unknown> = { [value]: values(), [gradient]: {} };
      const own = model[value] as ReturnType<typeof values>;
      const gradients = (): void => {
        model[gradient] = slopes(own, factor);
      };
      expect(outcomeOf({ parameters: model, loss: () => loss(own), gradients })).toEqual(outcome);
    }
  });

  it.each(['grads', 'grad', 'gradients', 'gradient'])('a record called %s among the values', (word) => {
    for (const [factor, outcome] of [
      [1, right('W', 'b')],
      [7, wrongIn(['W', 'b'])],
    ] as const) {
      const layer: Record<string, unknown> & ReturnType<typeof values> = {
        ...values(),
        [word]: { dW: null },
      };
      const gradients = (): void => {
        const { W, b } = slopes(layer, factor);
        layer[word] = { dW: W, db: b };
      };
      expect(outcomeOf({ parameters: layer, loss: () => loss(layer), gradients })).toEqual(outcome);
    }
  });

  it('lists in the same order', () => {
    const layer: { params: [number[], number]; grads: unknown[] } = { params: [[0.3, 0.4], 0.2], grads: [] };
    const own = (): { W: number[]; b: number } => ({ W: layer.params[0], b: layer.params[1] });
    for (const factor of [1, 2]) {
      const gradients = (): void => {
        const { W, b } = slopes(own(), factor);
        layer.grads = [W, b];
      };
      expect(outcomeOf({ parameters: layer, loss: () => loss(own()), gradients })).toEqual(
        factor === 1 ? right('params[0]', 'params[1]') : wrongIn(['params[0]', 'params[1]']),
      );
    }
  });

  it('returned below a word, beside the loss', () => {
    const own = values();
    const gradients = (): object => ({ cost: loss(own), grads: slopes(own, 1), accuracy: 1 });
    expect(outcomeOf({ parameters: own, loss: () => loss(own), gradients })).toEqual(right('W', 'b'));
  });
});
