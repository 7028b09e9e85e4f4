/** A report over sizes → its sentences: at how many sizes the gradients are wrong, by which law, or on what condition. */

import { worstCase } from '../check/report/worst-case.js';
import type { Report, Verdict } from '../report.js';
import type { SizesCase, SizesReport } from '../sizes-report.js';
import { counted, grouped } from './numbers.js';
import { EITHER_WAY, noteOf } from './sentences.js';

/** Whether a report is one over sizes. */
export function isOverSizes(report: Report | SizesReport): report is SizesReport {
  return 'cases' in report;
}

/** The first sentences of the message. */
export function sizesSentence(report: SizesReport, negated: boolean): string {
  const { verdict, cases } = report;
  const all = atAll(cases.length);
  if (verdict === 'correct')
    return negated
      ? `Expected wrong gradients, but they are correct ${all}.`
      : `The gradients are correct ${all}.`;
  if (verdict === 'wrong') return wrongSentence(report, all);
  if (cases.length === 0)
    return `Inconclusive: the factory gave no model at any of the sizes, and nothing was checked, so the test fails, ${EITHER_WAY}.`;
  return `Inconclusive: the check can't tell whether the gradients are right ${extent(report, 'inconclusive')}, so the test fails, ${EITHER_WAY}.`;
}

function atAll(sizes: number): string {
  if (sizes === 1) return 'at the only size';
  return sizes === 2 ? 'at both sizes' : `at all ${grouped(sizes)} sizes`;
}

function wrongSentence(report: SizesReport, all: string): string {
  const { cases, law, predictor } = report;
  const wrong = countOf(cases, 'wrong');
  const open = countOf(cases, 'inconclusive');
  const where = wrong === cases.length ? all : extent(report, 'wrong');
  const doubt = open === 0 ? '' : ` ${extent(report, 'inconclusive', 'At')} the check can't tell.`;
  const condition = predictor === undefined ? '' : ` They are wrong exactly where ${predictor}.`;
  if (law === undefined) return `The gradients are wrong ${where}.${doubt}${condition}`;
  // Beside a condition the law is of the wrong sizes; by itself it is of the right ones too, where its factor is 1.
  const known = cases.length - open;
  const of =
    predictor === undefined && open === 0
      ? all
      : `at all ${predictor === undefined ? known : wrong} of these`;
  return `The gradients are wrong ${where}: ${lawInWords(law.exponents)} ${of}.${doubt}${condition}`;
}

function countOf(cases: readonly SizesCase[], verdict: Verdict): number {
  return cases.filter(({ report }) => report.verdict === verdict).length;
}

function extent({ cases }: SizesReport, verdict: Verdict, at = 'at'): string {
  return `${at} ${grouped(countOf(cases, verdict))} of ${counted(cases.length, 'size')}`;
}

/** How analytic / numeric depends on the sizes. */
function lawInWords(exponents: Readonly<Record<string, number>>): string {
  const powers = Object.entries(exponents);
  const above = powers
    .filter(([, exponent]) => exponent > 0)
    .map(([name, exponent]) => power(name, exponent));
  const below = powers
    .filter(([, exponent]) => exponent < 0)
    .map(([name, exponent]) => power(name, -exponent));
  if (above.length + below.length === 0) return 'analytic / numeric is one number';
  const divisor = below.length > 1 ? `(${below.join(' · ')})` : below.join('');
  const product = above.length === 0 ? '1' : above.join(' · ');
  return `analytic / numeric is proportional to ${product}${divisor === '' ? '' : ` / ${divisor}`}`;
}

const SUPERSCRIPTS: Readonly<Record<number, string>> = { 2: '²', 3: '³' };

function power(name: string, exponent: number): string {
  if (exponent === 1) return name;
  if (exponent === 1 / 2) return `√${name}`;
  return SUPERSCRIPTS[exponent] === undefined ? `${name}^${exponent}` : name + SUPERSCRIPTS[exponent];
}

/** A combination of sizes as it is said: `batch = 2, units = 3`. */
export function sizesInWords(sizes: Readonly<Record<string, number>>): string {
  return Object.entries(sizes)
    .map(([name, size]) => `${name} = ${size}`)
    .join(', ');
}

/** What came of a check that did not find the gradients correct, in a line. */
export function noteOfAny(report: Report | SizesReport): string {
  if (!isOverSizes(report)) return noteOf(report);
  const worst = worstCase(report.cases);
  const own = worst === undefined ? '' : ` At ${sizesInWords(worst.sizes)}: ${noteOf(worst.report)}`;
  return sizesSentence(report, false) + own;
}
