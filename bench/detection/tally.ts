/** Runs rules on cases and counts what they did. */

import { type Case, draw } from './cases.js';
import type { BenchModel } from './models/model.js';
import { ceres } from './rules/ceres.js';
import { checkGrads } from './rules/check-grads.js';
import { gradcheck } from './rules/gradcheck.js';
import { ours } from './rules/ours.js';
import type { Outcome, Rule } from './rules/rule.js';
import { source } from './rules/source.js';

export const RULES: readonly Rule[] = [ours, source, gradcheck, checkGrads, ceres];

/** What one rule did on some models, each once right and once with an error planted. */
export interface Tally {
  models: number;
  /** Right models called wrong. */
  falseAlarms: number;
  /** Right models about which the rule said that it can't tell. */
  inconclusive: number;
  /** Planted errors not called wrong. */
  missed: number;
  /** Planted errors found, but with another entry put first. */
  misplaced: number;
  /** Losses taken on the right models, and 2N for the same models. */
  losses: number;
  twiceEntries: number;
}

export const emptyTally = (): Tally => ({
  models: 0,
  falseAlarms: 0,
  inconclusive: 0,
  missed: 0,
  misplaced: 0,
  losses: 0,
  twiceEntries: 0,
});

export function add(to: Tally, tally: Tally): void {
  for (const key of Object.keys(to) as (keyof Tally)[]) to[key] += tally[key];
}

/** One case under one rule. */
export function judge(rule: Rule, drawnCase: Case, seed: number): Tally {
  const { correct, planted, place } = draw(drawnCase, seed);
  let losses = 0;
  const counted: BenchModel = {
    ...correct,
    loss: () => {
      losses += 1;
      return correct.loss();
    },
  };
  const right = rule.check(counted, drawnCase.precision);
  const found = rule.check(planted, drawnCase.precision);
  const entries = Object.values(correct.parameters).reduce((sum, { length }) => sum + length, 0);
  return {
    models: 1,
    falseAlarms: Number(right.verdict === 'wrong'),
    inconclusive: Number(right.verdict === 'inconclusive'),
    missed: Number(found.verdict !== 'wrong'),
    misplaced: Number(found.verdict === 'wrong' && rule.namesEntries && !isAt(found, place)),
    losses,
    twiceEntries: 2 * entries,
  };
}

function isAt({ named }: Outcome, { parameter, entry }: NonNullable<Outcome['named']>): boolean {
  return named?.parameter === parameter && named.entry === entry;
}
