/**
 * What the functions of a check are called. The causes say what they find of a loss and its gradients; of a vector function it is the
 * same with other names, and those are put in here.
 */

import type { Derivative, Finding } from '../report.js';

export interface Terms {
  /** The function that is differentiated. */
  readonly value: 'loss' | 'outputs' | 'gradients';
  /** The one that claims its derivatives. */
  readonly claim: 'gradients' | Derivative;
}

export const GRADIENT_TERMS: Terms = { value: 'loss', claim: 'gradients' };

/** A finding of a loss and its gradients, in other terms. */
export function inTerms(finding: Finding, terms: Terms): Finding {
  if (terms.claim === 'gradients') return finding;
  const matrix = terms.value === 'gradients' ? 'Hessian' : 'Jacobian';
  const names: Readonly<Record<string, string>> = {
    'loss()': `${terms.value}()`,
    'gradients()': `${terms.claim}()`,
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
