import { example as scalar } from './01-scalar.js';
import { example as threeLayers } from './02-three-layer-network.js';
import { example as iris } from './03-iris-softmax.js';
import { example as convnetjs } from './04-convnetjs.js';
import { example as layers } from './05-layers.js';
import { example as leastSquares } from './06-levenberg-marquardt.js';
import { example as tensorflow } from './07-tensorflow-js.js';
import { example as newton } from './08-newton.js';
import type { Example } from './example.js';

export const examples: readonly Example[] = [
  scalar,
  threeLayers,
  iris,
  convnetjs,
  layers,
  leastSquares,
  tensorflow,
  newton,
];
