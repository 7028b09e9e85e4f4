import { example as scalar } from './01-scalar.js';
import { example as threeLayers } from './02-three-layer-network.js';
import { example as iris } from './03-iris-softmax.js';
import { example as convnetjs } from './04-convnetjs.js';
import type { Example } from './example.js';

export const examples: readonly Example[] = [scalar, threeLayers, iris, convnetjs];
