/** Test functions of optimisation, as SciPy, Ceres, Optim and the collection of Moré, Garbow and Hillstrom have them: at their usual start, and at a minimum. */
import type { TruthCase } from '../case.js';
import { LANDSCAPES } from './landscapes.js';
import { LEAST_SQUARES } from './least-squares.js';
import { MORE_SQUARES } from './more-squares.js';
import { squares } from './objective.js';
import { Suite } from './port.js';

export function optimisation(): TruthCase[] {
  const suite = new Suite('suites: optimisation');
  for (const [name, f, start, minimum] of [...LEAST_SQUARES, ...MORE_SQUARES, ...LANDSCAPES]) {
    suite.port(`${name} at its start`, { x: start }, ({ x }) => f(x));
    if (minimum !== undefined) suite.port(`${name} at its minimum`, { x: minimum }, ({ x }) => f(x));
  }
  suite.port('sphere beside its minimum', { x: [1e-8, -2e-8] }, ({ x }) => squares(...x));
  suite.port(
    'booth beside its minimum',
    { x: [1 + 1e-9, 3 - 2e-9] },
    ({ x }) => squares(x[0]!.plus(x[1]!.times(2)).minus(7), x[0]!.times(2).plus(x[1]!).minus(5)),
    { right: ['correct', 'inconclusive'], wrong: ['wrong', 'inconclusive'] },
  );
  return suite.cases;
}
