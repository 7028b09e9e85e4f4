/** The sentences of a message: each verdict, each kind, each way of counting. */

import { describe, expect, test } from 'vitest';
import type { GradientReport, ParameterReport } from 'expect-gradients';
import { provenance } from '../../src/render/provenance.js';
import { noteOf, rerun, sentence } from '../../src/render/sentences.js';
import { finding, jacobian, offender, parameter, report, wrong } from './reports.js';

const wrongReport = (parameters: readonly ParameterReport[], more: Partial<GradientReport> = {}) =>
  report({ verdict: 'wrong', parameters, ...more });
const scalar = (name: string, more: Partial<ParameterReport> = {}) =>
  parameter(name, { shape: [], count: 1, checked: 1, ...more });

describe('a correct report', () => {
  test.each([
    [report(), 'The gradients are correct: all 6 checked entries agree with the loss.'],
    [
      report({ parameters: [scalar('w')] }),
      'The gradients are correct: the only checked entry agrees with the loss.',
    ],
    [
      report({ parameters: [parameter('W', { count: 2000, checked: 1200 }), parameter('b')] }),
      'The gradients are correct: all 1,206 checked entries agree with the loss.',
    ],
    [jacobian(), 'The Jacobian is correct: all 6 checked entries agree with outputs().'],
    [
      jacobian({ kind: 'hessian', vectors: 4 }),
      'The Hessian is correct: all 6 checked entries along random vectors agree with gradients().',
    ],
    [
      report({ shard: '3/8' }),
      'The gradients of part 3/8 are correct: all 6 checked entries agree with the loss.',
    ],
  ])('%#', (given, text) => {
    expect(sentence(given, false)).toBe(text);
  });

  test.each([
    [report(), 'Expected a wrong gradient, but all 6 checked entries agree with the loss.'],
    [
      report({ parameters: [scalar('w')] }),
      'Expected a wrong gradient, but the only checked entry agrees with the loss.',
    ],
    [jacobian(), 'Expected a wrong Jacobian, but all 6 checked entries agree with outputs().'],
    [
      report({ shard: '3/8', parameters: [scalar('w')] }),
      'Expected a wrong gradient, but the only checked entry of part 3/8 agrees with the loss.',
    ],
    [
      jacobian({ vectors: 4, shard: '1/2' }),
      'Expected a wrong Jacobian, but all 6 checked entries of part 1/2 along random vectors agree with outputs().',
    ],
  ])('under .not, %#', (given, text) => {
    expect(sentence(given, true)).toBe(text);
  });
});

describe('a wrong report', () => {
  test.each([
    [wrongReport([parameter('W', wrong), parameter('b')]), 'The gradients are wrong in 1 of 12 entries: W.'],
    [wrongReport([scalar('w', wrong)]), 'The gradient is wrong: w.'],
    [
      wrongReport([scalar('w', wrong)], { points: { checked: 2, skipped: 0, wrongAt: 2 } }),
      'The gradient is wrong: w. It agrees with the loss at the parameters as given, and not at a point beside them: either that point hides the mistake, or gradients() uses what was computed there, before the check.',
    ],
    [wrongReport([scalar('w', wrong)], { shard: '1/2' }), 'The gradient of part 1/2 is wrong: w.'],
    [
      wrongReport([parameter('W', { ...wrong, wrong: 1200, count: 2000 }), parameter('b')]),
      'The gradients are wrong in 1,200 of 2,006 entries: W.',
    ],
    [
      wrongReport([parameter('W', { ...wrong, wrong: 3, wrongIs: 'at least' }), parameter('b')]),
      'The gradients are wrong in at least 3 of 12 entries: W.',
    ],
    // A sample is less than a count that ended early.
    [
      wrongReport([
        parameter('W', { ...wrong, wrongIs: 'at least' }),
        parameter('b', { ...wrong, wrong: 2, wrongIs: 'about' }),
      ]),
      'The gradients are wrong in about 3 of 12 entries: W and b.',
    ],
    [
      wrongReport([parameter('W', { verdict: 'wrong' }), parameter('b')]),
      'The gradients are wrong by many small errors: W.',
    ],
    [
      wrongReport([parameter('W', { verdict: 'wrong' }), parameter('b')], { shard: '1/2' }),
      'The gradients are wrong by many small errors in the entries of part 1/2: W.',
    ],
    [
      wrongReport([parameter('W', { ...wrong, due: 4 })], { shard: '1/2' }),
      'The gradients are wrong in 1 of 4 entries of part 1/2: W.',
    ],
    [
      wrongReport([parameter('W', { ...wrong, checked: 4 })], { stopped: 'timeLimit' }),
      'The gradients are wrong in 1 of 6 entries: W. The check was stopped by timeLimit with 2 of 6 entries unchecked.',
    ],
    [
      jacobian({ verdict: 'wrong', vectors: 4, parameters: [parameter('W', { ...wrong, output: 'y' })] }),
      'The Jacobian is wrong along random vectors: W.',
    ],
    [
      jacobian({
        verdict: 'wrong',
        parameters: [
          parameter('W', { ...wrong, output: 'y' }),
          parameter('b', { ...wrong, output: 'z' }),
          parameter('c', { output: 'y' }),
        ],
      }),
      'The Jacobian is wrong in 2 of 18 entries: y by W and z by b.',
    ],
    [
      jacobian({ verdict: 'wrong', findings: [finding('scaled'), finding('not-linear')] }),
      'The Jacobian is wrong, though no entry is by itself: what is claimed is not linear.',
    ],
    [
      jacobian({ kind: 'hessian', verdict: 'wrong', findings: [finding('not-symmetric')] }),
      'The Hessian is wrong, though no entry is by itself: what is claimed is not symmetric.',
    ],
    // Where entries are wrong, they are what is said.
    [
      jacobian({ verdict: 'wrong', parameters: [parameter('W', wrong)], findings: [finding('not-linear')] }),
      'The Jacobian is wrong in 1 of 6 entries: W.',
    ],
  ])('%#', (given, text) => {
    expect(sentence(given, false)).toBe(text);
    expect(sentence(given, true)).toBe(text);
  });

  test('names four parameters at most, as long as their names are short', () => {
    const named = (...names: string[]): string =>
      /entries: (.*)\.$/.exec(sentence(wrongReport(names.map((name) => parameter(name, wrong))), false))![1]!;
    expect(named('a', 'b', 'c', 'd')).toBe('a, b, c and d');
    expect(named('a', 'b', 'c', 'd', 'e')).toBe('a, b, c, d and 1 more');
    expect(named('x'.repeat(30), 'y'.repeat(30))).toBe(`${'x'.repeat(30)} and ${'y'.repeat(30)}`);
    expect(named('x'.repeat(30), 'y'.repeat(31))).toBe(`${'x'.repeat(30)} and 1 more`);
    expect(named('x'.repeat(61), 'y')).toBe(`${'x'.repeat(61)} and 1 more`);
  });
});

describe('the place of a mistake', () => {
  const placeIn = (...verdicts: string[]): string => {
    const parameters = [...verdicts].map((verdict, k) =>
      parameter(`p${k}`, verdict === 'wrong' ? wrong : { verdict: verdict as 'correct' }),
    );
    return sentence(wrongReport(parameters), false).replace(/^.*?entries: [^.]*\./, '');
  };

  test.each([
    [
      ['wrong', 'wrong', 'correct'],
      ' Counted from the output p1 is the first that is wrong: p2 after it is right.',
    ],
    [
      ['wrong', 'correct', 'wrong', 'correct', 'correct'],
      ' Counted from the output p2 is the first that is wrong: p3 and p4 after it are right.',
    ],
    [
      ['wrong', 'wrong', 'correct', 'correct', 'correct'],
      ' Counted from the output p1 is the first that is wrong: the 3 after it are right.',
    ],
    // One alone is where it is; after the last there is nothing; and where something after it is in doubt nothing is known.
    [['wrong', 'correct'], ''],
    [['correct', 'wrong', 'wrong'], ''],
    [['wrong', 'wrong', 'correct', 'inconclusive'], ''],
  ])('of %j', (verdicts, text) => {
    expect(placeIn(...verdicts)).toBe(text);
  });

  test('is not counted in a part, nor along outputs', () => {
    const parameters = [parameter('a', wrong), parameter('b', wrong), parameter('c')];
    expect(sentence(wrongReport(parameters, { shard: '1/2' }), false)).not.toContain('Counted');
    expect(sentence(jacobian({ verdict: 'wrong', parameters }), false)).not.toContain('Counted');
  });
});

describe('an inconclusive report', () => {
  test.each([
    [
      report({ verdict: 'inconclusive' }),
      "Inconclusive: the check can't tell whether the gradients are right, so the test fails, with or without .not.",
    ],
    [
      jacobian({ verdict: 'inconclusive', shard: '1/2' }),
      "Inconclusive: the check can't tell whether the Jacobian of part 1/2 is right, so the test fails, with or without .not.",
    ],
    [
      report({
        verdict: 'inconclusive',
        stopped: 'maxEvaluations',
        parameters: [parameter('W', { count: 2000, checked: 800 })],
      }),
      'Inconclusive, so the test fails, with or without .not. The check was stopped by maxEvaluations with 1,200 of 2,000 entries unchecked.',
    ],
    [
      report({ verdict: 'inconclusive', stopped: 'timeLimit', parameters: [scalar('w', { checked: 0 })] }),
      'Inconclusive, so the test fails, with or without .not. The check was stopped by timeLimit with 1 of 1 entry unchecked.',
    ],
  ])('%#', (given, text) => {
    expect(sentence(given, false)).toBe(text);
    expect(sentence(given, true)).toBe(text);
  });
});

describe('the note', () => {
  test('has the sentence, the worst entry and the first finding', () => {
    const given = wrongReport([parameter('W', wrong), parameter('b')], {
      offenders: [offender('W', [0, 1], { numeric: -1 }), offender('b', [1])],
      findings: [finding('scaled', { title: 'Twice.' }), finding('kink')],
    });
    expect(noteOf(given)).toBe(
      'The gradients are wrong in 1 of 12 entries: W. The worst entry is W[0, 1]: numeric -1.000000000, analytic 2.000000000. scaled: Twice.',
    );
  });

  test('names no worst entry where none is wrong', () => {
    const given = report({ verdict: 'inconclusive', offenders: [offender('W', [0, 1])] });
    expect(noteOf(given)).toBe(sentence(given, false));
    expect(noteOf(wrongReport([parameter('W', wrong)]))).toBe(
      'The gradients are wrong in 1 of 6 entries: W.',
    );
  });
});

describe('how to check again', () => {
  const [a, b, c] = [parameter('a', wrong), parameter('b', wrong), parameter('c')];

  test.each([
    [wrongReport([a, c]), "To check only a again, pass { only: ['a'], seed: 1 }."],
    [wrongReport([a, b, c], { seed: 7 }), "To check only a and b again, pass { only: ['a', 'b'], seed: 7 }."],
    [wrongReport([a, b]), undefined],
    [report({ parameters: [a, c] }), undefined],
    [wrongReport([{ ...c, verdict: 'inconclusive' }, c]), undefined],
    [
      wrongReport([a, c], { shard: '3/8' }),
      "To check this part again, with all else as it is, pass { shard: '3/8', seed: 1 }.",
    ],
    [report({ shard: '3/8' }), undefined],
  ])('%#', (given, text) => {
    expect(rerun(given)).toBe(text);
  });

  test('names the one nearest the output where there is no room for all', () => {
    const names = ['a', 'b', 'd', 'e', 'f'];
    expect(rerun(wrongReport([...names.map((name) => parameter(name, wrong)), c]))).toBe(
      "To check only f, the one nearest the output, again, pass { only: ['f'], seed: 1 }.",
    );
  });

  test('of a Jacobian names the parameter, of a Hessian those of rows and columns', () => {
    const parameters = [
      parameter('x', { output: 'x' }),
      parameter('y', { ...wrong, output: 'x' }),
      parameter('z', { output: 'z' }),
    ];
    expect(rerun(jacobian({ verdict: 'wrong', parameters }))).toBe(
      "To check only y again, pass { only: ['y'], seed: 1 }.",
    );
    expect(rerun(jacobian({ kind: 'hessian', verdict: 'wrong', parameters }))).toBe(
      "To check only x and y again, pass { only: ['x', 'y'], seed: 1 }.",
    );
    // Rows that are no parameters, as all of them together, can't be chosen.
    const together = [
      parameter('y', { ...wrong, output: 'gradients' }),
      parameter('z', { output: 'gradients' }),
    ];
    expect(rerun(jacobian({ kind: 'hessian', verdict: 'wrong', parameters: together }))).toBe(
      "To check only y again, pass { only: ['y'], seed: 1 }.",
    );
  });
});

describe('how the check was done', () => {
  test.each([
    [
      report(),
      'Central differences were taken entry by entry with steps from 1.0e-6 to 2.0e-6. It took 12,345 losses and 2 calls of gradients(); the seed is 1.',
    ],
    [
      report({
        evaluations: { loss: 1, gradients: 1 },
        seed: 7,
        parameters: [parameter('W', { step: { min: 1e-6, max: 1.01e-6 } })],
      }),
      'Central differences were taken entry by entry with a step of 1.0e-6. It took 1 loss and 1 call of gradients(); the seed is 7.',
    ],
    [
      report({
        parameters: [
          parameter('W', { step: { min: 1e-6, max: 1e-5 } }),
          parameter('b', { step: { min: 1e-7, max: 2e-7 } }),
          unmoved(parameter('c')),
        ],
      }),
      'Central differences were taken entry by entry with steps from 1.0e-7 to 1.0e-5. It took 12,345 losses and 2 calls of gradients(); the seed is 1.',
    ],
    [
      report({ parameters: [unmoved(parameter('W'))] }),
      'It took 12,345 losses and 2 calls of gradients(); the seed is 1.',
    ],
    [
      report({ shard: '3/8' }),
      'Central differences were taken entry by entry in part 3/8 with steps from 1.0e-6 to 2.0e-6. It took 12,345 losses and 2 calls of gradients(); the seed is 1.',
    ],
    [
      report({
        method: 'directional',
        parameters: [
          parameter('W', { directions: 4, longest: 6000 }),
          parameter('b', { directions: 1200, longest: 60 }),
        ],
      }),
      'Central differences were taken along 1,204 random directions of up to 6,000 entries with steps from 1.0e-6 to 2.0e-6. It took 12,345 losses and 2 calls of gradients(); the seed is 1.',
    ],
    [
      report({ method: 'directional', parameters: [parameter('W', { directions: 1, longest: 1 })] }),
      'Central differences were taken along 1 random direction of up to 1 entry with steps from 1.0e-6 to 2.0e-6. It took 12,345 losses and 2 calls of gradients(); the seed is 1.',
    ],
    [
      report({ method: 'directional', parameters: [parameter('W', { directions: 0 })] }),
      'Central differences were taken entry by entry with steps from 1.0e-6 to 2.0e-6. It took 12,345 losses and 2 calls of gradients(); the seed is 1.',
    ],
    [
      jacobian(),
      'Central differences were taken entry by entry with steps from 1.0e-6 to 2.0e-6. It took 30 calls of outputs() and 4 of vjp(); the seed is 1.',
    ],
    [
      jacobian({ kind: 'hessian', evaluations: { gradients: 1, hessian: 1, hvp: 2000 } }),
      'Central differences were taken entry by entry with steps from 1.0e-6 to 2.0e-6. It took 1 call of gradients(), 1 of hessian() and 2,000 of hvp(); the seed is 1.',
    ],
    [
      jacobian({ method: 'directional', vectors: 4 }),
      'Central differences were taken entry by entry with steps from 1.0e-6 to 2.0e-6, for 4 random cotangents. It took 30 calls of outputs() and 4 of vjp(); the seed is 1.',
    ],
    [
      jacobian({
        method: 'directional',
        vectors: 4,
        parameters: (['jvp', 'hvp', 'vjp', 'jacobian'] as const).map((derivative) =>
          parameter('W', { derivative }),
        ),
      }),
      'Central differences were taken entry by entry with steps from 1.0e-6 to 2.0e-6, for 4 random tangents and cotangents. It took 30 calls of outputs() and 4 of vjp(); the seed is 1.',
    ],
  ])('%#', (given, text) => {
    expect(provenance(given)).toBe(text);
  });

  test('what directions would have missed is told of the worst parameter', () => {
    const unseenIn = (...unseen: (number | undefined)[]): string => {
      const parameters = unseen.map((most, k) =>
        parameter(`p${k}`, { directions: 4, ...(most !== undefined && { unseen: most }) }),
      );
      return provenance(report({ parameters })).replace(/^.*seed is 1\./, '');
    };
    expect(unseenIn(2e-7)).toBe(' An error in one entry of up to 2.00e-7 would not have shown in p0.');
    expect(unseenIn(1e-7, undefined, 0.5)).toBe(
      ' An error in one entry of up to 0.500 would not have shown in p2, less elsewhere.',
    );
    expect(unseenIn(0, undefined)).toBe('');
  });
});

/** Without steps, as where nothing was perturbed. */
function unmoved(own: ParameterReport): ParameterReport {
  const { step: _, ...rest } = own;
  return rest;
}
