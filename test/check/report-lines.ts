/** A report → all that a check took and found, in lines. */

import type { GradientReport, Offender } from '../../src/report.js';

/** The verdict, what it took, and who is to blame; then each parameter, and each offender with what it was told from. */
export function linesOf({ verdict, evaluations, offenders, parameters, findings }: GradientReport): string[] {
  return [
    [
      verdict,
      `${evaluations.loss} losses`,
      `${evaluations.gradients} claims`,
      ...findings.map(({ code }) => code),
    ],
    ...parameters.map((own) => [
      own.name,
      own.verdict,
      `${own.checked} of ${own.due}`,
      ...(own.directions === undefined ? [] : [`${own.directions} of ${own.longest!}`]),
      `± ${own.resolution.toExponential(1)}`,
      ...(own.unseen === undefined ? [] : [`unseen ${own.unseen.toExponential(1)}`]),
      ...(own.wrong === 0 ? [] : [`${own.wrongIs ?? 'exactly'} ${own.wrong} wrong`]),
      ...(own.step === undefined ? [] : [`steps ${[own.step.min, own.step.max].map(short).join(' to ')}`]),
    ]),
    ...offenders.map(offenderOf),
  ].map((parts) => parts.join('; '));
}

function offenderOf({
  parameter,
  index,
  numeric,
  uncertainty,
  subgradient,
  verdict,
  steps = [],
}: Offender): string[] {
  return [
    `${parameter}[${index.join(', ')}]`,
    verdict,
    `${short(numeric)} ± ${uncertainty.toExponential(0)}`,
    ...(subgradient === undefined ? [] : [`slopes ${subgradient.map(short).join(' to ')}`]),
    ...(steps.length === 0 ? [] : [`told at ${steps.map(({ step }) => step.toExponential(1)).join(', ')}`]),
  ];
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
