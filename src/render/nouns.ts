/** What a report is about, in words: gradients of a loss, or a Jacobian, or a Hessian, and who claims it. */

import type { Kind, Offender, ParameterReport, Report } from '../report.js';

export interface Noun {
  /** One of them, and all there is of them in a model. */
  readonly one: 'gradient' | 'Jacobian' | 'Hessian';
  readonly all: 'gradients' | 'Jacobian' | 'Hessian';
  readonly are: 'are' | 'is';
}

const NOUNS: Readonly<Record<Kind, Noun>> = {
  gradients: { one: 'gradient', all: 'gradients', are: 'are' },
  jacobian: { one: 'Jacobian', all: 'Jacobian', are: 'is' },
  hessian: { one: 'Hessian', all: 'Hessian', are: 'is' },
};

export function nounOf({ kind }: Pick<Report, 'kind'>): Noun {
  return NOUNS[kind];
}

/** The function that is differentiated. */
const VALUES: Readonly<Record<Kind, string>> = {
  gradients: 'the loss',
  jacobian: 'outputs()',
  hessian: 'gradients()',
};

/** What claims are held against, where that is no difference of the function. */
interface Against {
  readonly against?: Report['against'] | undefined;
}

export function valueOf({ kind, against }: Pick<Report, 'kind'> & Against): string {
  return against === undefined ? VALUES[kind] : 'the reference';
}

/** What the claims are held against, before a number of it. */
export function numericOf({ against }: Against): 'numeric' | 'reference' {
  return against ?? 'numeric';
}

/** `a`, `a and b`, `a, b and c`. */
export function series(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** How many names a sentence lists, and how many characters of them, one name in any case. */
const NAMES_LISTED = 4;
const LETTERS_LISTED = 60;

/** The first of some names that a sentence has room for. */
export function namesThatFit(
  names: readonly string[],
  most: number = NAMES_LISTED,
  mostLetters: number = LETTERS_LISTED,
): readonly string[] {
  let letters = 0;
  return names.slice(0, most).filter((name, k) => (letters += name.length) <= mostLetters || k === 0);
}

/** As many of some names as a sentence has room for, and how many more there are. */
export function listed(names: readonly string[]): string {
  const shown = namesThatFit(names);
  if (shown.length < names.length) return `${shown.join(', ')} and ${names.length - shown.length} more`;
  return series(names);
}

/** The functions that claim what is shown of a report. */
export function claimsOf(offenders: readonly Pick<Offender, 'derivative'>[]): string {
  const names = [...new Set(offenders.map(({ derivative }) => `${derivative ?? 'gradients'}()`))];
  return series(names);
}

/** The name of a line of the table: of the parameter, with that of the outputs and of the claim where there are several. */
export function labelOf(parameter: ParameterReport, { parameters }: Pick<Report, 'parameters'>): string {
  const several = (of: (one: ParameterReport) => string | undefined): boolean =>
    new Set(parameters.map(of)).size > 1;
  const output = several((one) => one.output) ? `${parameter.output} by ` : '';
  const claim = several((one) => one.derivative) ? ` (${parameter.derivative})` : '';
  return `${output}${parameter.name}${claim}`;
}

/** The different names of some lines of the table. */
export function labelsOf(
  report: Pick<Report, 'parameters'>,
  which: (parameter: ParameterReport) => boolean,
): readonly string[] {
  return report.parameters.filter(which).map((parameter) => labelOf(parameter, report));
}
