/**
 * A finding of a loss and its gradients → the same in the words of a Jacobian or a Hessian.
 */

import type { Evidence } from '../check/measurement.js';
import type { Finding, Kind } from '../report.js';

/** The function that is differentiated. */
const VALUE: Readonly<Record<Kind, string>> = {
  gradients: 'loss',
  jacobian: 'outputs',
  hessian: 'gradients',
};

/** A finding of a loss and its gradients, in other terms. */
export function inTerms(finding: Finding, { kind, claim }: Pick<Evidence, 'kind' | 'claim'>): Finding {
  if (kind === 'gradients') return finding;
  const matrix = kind === 'hessian' ? 'Hessian' : 'Jacobian';
  const names: Readonly<Record<string, string>> = {
    'loss()': `${VALUE[kind]}()`,
    'gradients()': `${claim}()`,
    'the loss': 'the function',
    'a loss': 'a function',
    'The loss': 'The function',
    'gradient of ': `${matrix} by `,
    'gradients of ': `${matrix}s by `,
    // What is called repeatedly is one number; of many values, one made of all of them.
    ': it gave': ': a sum of its values with random signs was',
  };
  const put = (text: string): string =>
    text.replaceAll(NAMED, `${matrix}$<s> of `).replaceAll(PHRASES, (phrase) => names[phrase]!);
  return { ...finding, title: put(finding.title), advice: put(finding.advice) };
}

/** Before the name of an array of the outputs, as in `y by W`. */
const NAMED = /\bgradient(?<s>s?) of (?=\S+ by |all \d+ wrong blocks)/g;
const PHRASES = /\bloss\(\)|\bgradients\(\)|\b(?:[Tt]he|a) loss\b|\bgradients? of |: it gave/g;
