/**
 * A report of gradients that agree with the loss → what makes that a weak pass, in lines: all of it where `strict` asks, else what nothing
 * else in the message says.
 */

import type { Report, Weakness } from '../report.js';
import { type Block, span, wrapped } from './lines.js';
import { listed, nounOf, valueOf } from './nouns.js';
import { counted, plain } from './numbers.js';

/** What a report has to say beside a test that passes, in one paragraph; undefined where it says nothing. */
export function noticeOf(report: Report): string | undefined {
  const weak = weaknessesIn(report);
  if (report.verdict !== 'correct' || weak.length === 0) return undefined;
  return `${agreement(report)}, but the check is weak: ${[...weak, ...blindLines(report)].join('; ')}.`;
}

function agreement(report: Report): string {
  const { all, are } = nounOf(report);
  return `The ${all} ${are === 'are' ? 'agree' : 'agrees'} with ${valueOf(report)}`;
}

/** So many mistakes that could not have shown are listed. */
const MOST_LISTED = 4;

/** What is said of each weakness, after the names of its parameters where it has any. */
const SAID: Readonly<Record<Weakness['code'], (report: Report, names: string) => string>> = {
  'blind-spot': (report) =>
    `${counted(blindIn(report).length, 'mistake')} could not have shown ${where(report)}`,
  'unused-parameter': (report, names) => `${valueOf(report)} does not move with ${names}`,
  'unresolved-parameter': (report, names) =>
    `less than a digit of the ${nounOf(report).one} ${report.kind === 'gradients' ? 'of' : 'by'} ${names} is known`,
  kink: (_, names) => `any claim between two slopes will do at a kink in ${names}`,
  'stale-elsewhere': (_, names) => `what is claimed of ${names} was computed once, before the check`,
  'skipped-point': ({ points }) => `${counted(points?.skipped ?? 0, 'point')} could not be evaluated`,
  'ignored-gradient': ({ ignored }) =>
    `${listed(ignored)} ${ignored.length === 1 ? 'was not checked, as it has no parameter' : 'were not checked, as they have no parameters'}`,
  'raised-tolerance': ({ tolerance }) => `noise raised the tolerance to ${plain(tolerance)}`,
};

/** The first sentence where agreement is not enough. */
export function weakSentence(report: Report): string {
  return `Inconclusive: ${agreement(report).replace('The', 'the')}, but the check is weak, which strict does not accept, so the test fails, with or without .not.`;
}

/** Each weakness in a sentence without a full stop. */
export function weaknessesIn(report: Report): readonly string[] {
  return (report.weaknesses ?? []).map((weakness) =>
    SAID[weakness.code](report, listed(weakness.parameters ?? [])),
  );
}

/** The blocks that say it; none where there is nothing to say. */
export function weakBlocks(report: Report): readonly Block[] {
  const weak = untold(report);
  const blind = blindIn(report);
  return [
    ...(weak.length === 0 ? [] : [block('The check is weak:', weak)]),
    ...(blind.length === 0
      ? []
      : [block(`These mistakes could not have shown ${where(report)}:`, blindLines(report))]),
  ];
}

const RAISED = 'raised-tolerance';

/** What makes agreement weak and nothing else in the message says; where `strict` asks, the findings don't say that they make it weak. */
function untold(report: Report): readonly string[] {
  const found = report.verdict === 'inconclusive' ? [] : report.findings.map(({ code }) => code);
  const told = new Set<string>(['blind-spot', 'ignored-gradient', RAISED, ...found]);
  const all = report.weaknesses ?? [];
  return [
    ...weaknessesIn({ ...report, weaknesses: all.filter(({ code }) => !told.has(code)) }),
    // To what, stands above.
    ...(all.some(({ code }) => code === RAISED) ? ['noise raised the tolerance'] : []),
  ];
}

function block(title: string, lines: readonly string[]): Block {
  return [[span(title, 'bold')], ...lines.flatMap((line) => wrapped(line, 'plain', '  '))];
}

function blindLines(report: Report): readonly string[] {
  const blind = blindIn(report);
  const more = blind.length - MOST_LISTED;
  return [
    ...blind.slice(0, MOST_LISTED).map(({ because }) => because),
    ...(more > 0 ? [`… and ${more} more in the report`] : []),
  ];
}

function blindIn({ blindSpots = [] }: Report): NonNullable<Report['blindSpots']> {
  return blindSpots;
}

/** At which points. */
function where({ points }: Report): string {
  const { checked = 1 } = points ?? {};
  if (checked === 1) return 'at this point';
  return checked === 2 ? 'at either point' : `at any of the ${checked} points`;
}
