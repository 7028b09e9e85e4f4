/** One row of the bench in a process of its own: some models of one kind, each checked once. */

import type { checkGradients, Displacement, GradientReport, Model } from '../../src/index.js';
import { Draws } from '../detection/draws.js';
import type { Arrays } from '../detection/models/model.js';
import type { Network } from '../detection/networks/network.js';
import { type FaultKind, wrongEntries } from './faults.js';
import { type ModelKind, modelOf } from './models.js';

/** How the added time of a loss is spent: in work; in a promise for each loss; or in one for each call of `losses`. */
export type Waiting = 'busy' | 'awaited' | 'batched';

export interface Row extends ModelKind {
  /** Milliseconds that a loss takes beside its own. */
  readonly added: number;
  readonly waiting: Waiting;
  readonly fault: FaultKind;
  readonly seed: number;
  /** Models that are drawn. */
  readonly draws: number;
  /** Seconds after which a check is given up. */
  readonly limit: number;
}

export interface Measured {
  readonly verdict: GradientReport['verdict'];
  readonly stopped: boolean;
  readonly entries: number;
  readonly tensors: number;
  readonly losses: number;
  readonly gradients: number;
  readonly seconds: number;
  /** Seconds that 2N losses take one after the other. */
  readonly bare: number;
  /** What a single entry could be off unseen, in root mean squares of its parameter's claim: the most of all parameters that say so. */
  readonly unseen: number | undefined;
  /** Whether all wrong entries are among those that the report names. */
  readonly named: boolean;
}

const FIRST_SEED = 1000;
const LOSSES_TIMED = 4000;
const MOST_TIMED_MS = 400;
/** Named entries in a report: more than are planted. */
const WORST = 20;

export async function measure(row: Row, check: typeof checkGradients): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (let k = 0; k < row.draws; k += 1)
    measured.push(await measureOne(row, row.seed * FIRST_SEED + k, check));
  return measured;
}

function spin(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** The network's functions with what a loss takes beside. */
function costly(of: Network, { added, waiting }: Row, gradients: () => Arrays): Model<Arrays> {
  const parameters = Object.fromEntries(
    Object.entries(of.parameters).map(([name, { data }]) => [name, data]),
  );
  if (waiting === 'busy') {
    const loss = (): number => {
      if (added > 0) spin(added);
      return of.loss();
    };
    return { parameters, loss, gradients };
  }
  const loss = async (): Promise<number> => {
    await wait(added);
    return of.loss();
  };
  if (waiting === 'awaited') return { parameters, loss, gradients };
  const losses = async (displacements: readonly Displacement[]): Promise<number[]> => {
    await wait(added);
    return displacements.map((displacement) => lossBeside(of, displacement));
  };
  return { parameters, loss, losses, gradients };
}

function lossBeside(of: Network, displacement: Displacement): number {
  const moved = Object.entries(of.parameters).flatMap(([name, { data }]) => {
    const deltas = displacement[name];
    return deltas === undefined ? [] : [{ data, deltas, before: data.slice() }];
  });
  for (const { data, deltas } of moved) for (let i = 0; i < data.length; i += 1) data[i]! += deltas[i]!;
  const value = of.loss();
  for (const { data, before } of moved) data.set(before);
  return value;
}

/** Milliseconds of a loss without what is added: the median of the later half, which is compiled. */
function ownTime(of: Network): number {
  const times: number[] = [];
  const end = performance.now() + MOST_TIMED_MS;
  while (times.length < LOSSES_TIMED && performance.now() < end) {
    const start = performance.now();
    of.loss();
    times.push(performance.now() - start);
  }
  const later = times.slice(Math.floor(times.length / 2)).toSorted((a, b) => a - b);
  return later[Math.floor(later.length / 2)]!;
}

async function measureOne(row: Row, seed: number, check: typeof checkGradients): Promise<Measured> {
  const network = modelOf(row, seed);
  const { places, spoil } = wrongEntries(row.fault, network.gradients(), new Draws(seed));
  const gradients = (): Arrays => {
    const claim = network.gradients();
    spoil(claim);
    return claim;
  };
  const model = costly(network, row, gradients);
  const entries = Object.values(model.parameters).reduce((sum, { length }) => sum + length, 0);
  const bare = (2 * entries * (ownTime(network) + row.added)) / 1000;
  const start = performance.now();
  const report = await check(model, { timeLimit: row.limit * 1000, worst: WORST, seed });
  const seconds = (performance.now() - start) / 1000;
  const unseen = report.parameters.flatMap(({ unseen: error, analyticNorm, count }) =>
    error === undefined ? [] : [error / (analyticNorm / Math.sqrt(count))],
  );
  const offending = new Set(report.offenders.map(({ parameter, index }) => `${parameter} ${index[0]}`));
  return {
    verdict: report.verdict,
    stopped: report.stopped !== undefined,
    entries,
    tensors: report.parameters.length,
    losses: report.evaluations.loss,
    gradients: report.evaluations.gradients,
    seconds,
    bare,
    unseen: unseen.length === 0 ? undefined : Math.max(...unseen),
    named: places.every(({ parameter, entry }) => offending.has(`${parameter} ${entry}`)),
  };
}
