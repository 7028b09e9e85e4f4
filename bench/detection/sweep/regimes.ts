/** The regimes of the sweep: the states and claims in which a checker is asked about a network. */

import { type Precision, PRECISIONS, type Numbers } from '../arithmetic.js';
import type { Draws } from '../draws.js';
import type { Network } from '../networks/network.js';
import type { Style } from './drawing.js';
import type { Subject } from './subject.js';
import { adam, descend } from './training.js';
import { inHalfPrecision, offsetBy, unlikeScales, withRoundedLoss } from './wrappers.js';

export interface Regime {
  readonly name: string;
  /** What it is, for the page. */
  readonly what: string;
  /** Whether the loss itself leaves little to be known, so that the bound of inconclusive models isn't asked for. */
  readonly blurred?: boolean;
  readonly sizes?: readonly number[];
  readonly precisions?: readonly Precision[];
  readonly style?: Partial<Style>;
  readonly method?: 'directional';
  /** Brings a network to its state. */
  readonly prepare?: (network: Network, draws: Draws) => void;
  /** Makes another subject of it. */
  readonly wrap?: (subject: Subject, draws: Draws, precision: Precision) => Subject;
}

const weightsOf = ({ parameters }: Network): Numbers[] =>
  Object.values(parameters)
    .filter(({ role }) => role === 'weight')
    .map(({ data }) => data);

const fit = ({ design, outputs }: Network): void => design.head.fit(outputs());

/** 10 to a random power between these. */
const power = (draws: Draws, least: number, most: number): number =>
  10 ** (least + (most - least) * draws.uniform());

/** Adds normal numbers of this deviation to all parameters. */
function disturb({ parameters, setting }: Network, draws: Draws, deviation: number): void {
  for (const { data } of Object.values(parameters))
    for (let i = 0; i < data.length; i += 1)
      data[i] = setting.storage.round(data[i]! + deviation * Math.fround(draws.normal()));
}

/** As far as a test in the middle of training would be, or as far as it goes. */
function train(network: Network, draws: Draws): void {
  adam(network, draws.pick([100, 400]), draws.pick([0.01, 0.05]));
  const end = draws.pick(['early', 'loss', 'gradient'] as const);
  if (end !== 'early') descend(network, end);
}

export const REGIMES: readonly Regime[] = [
  { name: 'initialisation', what: 'random weights and biases' },
  {
    name: 'trained',
    what: 'Adam for 100 or 400 steps, two thirds of them then gradient descent until the loss or the gradient falls no more',
    sizes: [12, 30, 60, 120],
    prepare: train,
  },
  {
    name: 'overfitted',
    what: 'targets that the network itself gives, at that very place, or near it and trained until nothing falls any more; a third with zero biases',
    sizes: [12, 30, 60, 120],
    style: { penalty: false },
    prepare(network, draws) {
      if (draws.uniform() < 1 / 3)
        for (const { data, role } of Object.values(network.parameters)) if (role === 'bias') data.fill(0);
      fit(network);
      if (draws.uniform() < 1 / 3) return;
      disturb(network, draws, 0.03);
      descend(network, 'loss');
      if (draws.uniform() < 0.5) descend(network, 'gradient');
    },
  },
  {
    name: 'saturated',
    what: 'weights times 3 to 30, half of them sure of the right targets',
    prepare(network, draws) {
      const factor = Math.fround(power(draws, 0.5, 1.5));
      for (const values of weightsOf(network))
        for (let i = 0; i < values.length; i += 1)
          values[i] = network.setting.storage.round(values[i]! * factor);
      if (draws.uniform() < 0.5) fit(network);
    },
  },
  {
    name: 'tiny loss',
    what: 'a loss times 1e-8 to 1e-20, or with residuals of 1e-2 to 1e-8 (1e-2 to 1e-3 in single precision)',
    blurred: true,
    prepare(network, draws) {
      if (draws.uniform() < 0.5) {
        network.factor = Math.fround(power(draws, -20, -8));
        return;
      }
      fit(network);
      const single = network.setting.arithmetic === PRECISIONS.float32.arithmetic;
      disturb(network, draws, power(draws, single ? -3 : -8, -2));
    },
  },
  {
    name: 'offset',
    what: 'the loss plus 1e3 to 1e6',
    blurred: true,
    wrap: (subject, draws, { arithmetic }) => offsetBy(subject, power(draws, 3, 6), arithmetic),
  },
  {
    name: 'blank rows',
    what: 'activations with kinks, zero biases, and one or two samples that are zero throughout',
    sizes: [30, 60, 120, 250, 400],
    style: { kinked: true, zeroBiases: true, blankSamples: true },
  },
  {
    name: 'ties',
    what: 'activations with kinks, inputs and parameters rounded to halves, so that many units are at a kink and the largest of a window is there twice',
    style: { kinked: true },
    prepare({ design, parameters }) {
      for (const values of [design.inputs.data, ...Object.values(parameters).map(({ data }) => data)])
        for (let i = 0; i < values.length; i += 1) values[i] = Math.round(2 * values[i]!) / 2;
    },
  },
  {
    name: 'zero-initialised',
    what: 'zeros in the last layer (in both factors of a product), in one weight matrix, or in all',
    prepare(network, draws) {
      const { design, parameters } = network;
      const which = draws.pick(['last', 'one', 'all'] as const);
      const one = draws.pick(Object.keys(parameters).filter((name) => parameters[name]!.role === 'weight'));
      for (const [name, { data, role }] of Object.entries(parameters))
        if (which === 'all' ? role !== 'gain' : which === 'one' ? name === one : design.last.includes(name))
          data.fill(0);
    },
  },
  {
    name: 'half-precision claim',
    what: 'gradients rounded to float16 or bfloat16',
    wrap: (subject, draws) => inHalfPrecision(subject, draws.pick(['float16', 'bfloat16'])),
  },
  {
    name: 'rounded loss',
    what: 'the loss rounded to float32, float16, bfloat16, or two to six decimal places',
    blurred: true,
    wrap: withRoundedLoss,
  },
  {
    name: 'unlike scales',
    what: 'entries in units from 1e-5 to 1e5 in one array, by entry or by column',
    wrap: unlikeScales,
  },
  {
    name: 'loss in doubles',
    what: 'a network in single precision whose loss is summed in doubles',
    precisions: [PRECISIONS.float32],
    style: { doubleLoss: true },
    prepare(network, draws) {
      if (draws.uniform() < 0.5) train(network, draws);
    },
  },
  {
    name: 'directional',
    what: "`method: 'directional'`, one third trained",
    sizes: [60, 120, 250, 400],
    method: 'directional',
    prepare(network, draws) {
      if (draws.uniform() < 1 / 3) adam(network, 100, 0.05);
    },
  },
];
