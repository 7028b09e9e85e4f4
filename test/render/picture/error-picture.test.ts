/** The picture as it is drawn: that it is SVG, what stands in it, and that no name can break it. */

import type { ErrorMap, ErrorPicture } from '../../../src/check/report/map-errors.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { errorPicture } from '../../../src/render/picture/error-picture.js';
import { jsonOf } from '../../../src/render/json.js';
import type { GradientReport, ParameterReport } from '../../../src/report.js';
import { modelOf, pictured, type Shapes, type Spoil } from '../../pages/pictured.js';
import { type Node, parsed } from './parsed.js';

function draw(shapes: Shapes, spoil: Spoil, options?: object): Node[] {
  const { report, picture } = pictured(modelOf(shapes, spoil), options);
  return parsed(errorPicture(report, picture)!);
}

const textsOf = (nodes: readonly Node[]): string[] =>
  nodes.filter(({ name }) => name === 'text').map(({ content }) => content);
const pathsOf = (nodes: readonly Node[], of: string | RegExp): string[] =>
  nodes
    .filter(({ name, attributes }) => name === 'path' && (attributes['class'] ?? '').match(of))
    .map(({ attributes }) => attributes['d']!);

const column: Spoil = (derivative, entry, name) =>
  name === 'W' && entry % 3 === 1 ? 2 * derivative : derivative;

describe('a matrix with a wrong column', () => {
  let nodes: Node[];
  beforeAll(() => {
    nodes = draw({ W: [2, 3], b: [2] }, column);
  });

  test('is an image with a title and a description', () => {
    expect(nodes[0]).toMatchObject({
      name: 'svg',
      attributes: { role: 'img', xmlns: 'http://www.w3.org/2000/svg' },
    });
    expect(nodes.find(({ name }) => name === 'title')?.content).toBe(
      'The gradients are wrong in 2 of 8 entries: W.',
    );
    expect(nodes.find(({ name }) => name === 'desc')?.content).toMatch(
      /^The worst entry of W is W\[\d, 1\]: numeric [\d.]+, analytic [\d.]+\.$/,
    );
  });

  test('says in words what the message says', () => {
    const texts = textsOf(nodes);
    expect(texts.slice(0, 3)).toEqual([
      'The gradients are wrong in 2 of 8 entries: W.',
      expect.stringMatching(/^difference 0\.\d+, tolerance 1e-7$/),
      expect.stringMatching(/^isolated-entries: /),
    ]);
    expect(
      texts[
        texts.indexOf('Differences against the step, by their distance from the numeric derivative.') - 1
      ],
    ).toMatch(/^W\[\d, 1\]$/);
    const map = texts.indexOf('W') - 4;
    expect(texts.slice(map, map + 9)).toEqual([
      '0',
      '1',
      '0',
      '2',
      'W',
      '2 × 3, 6 entries, 2 wrong',
      expect.stringMatching(/^worst: W\[\d, 1\]$/),
      'numeric   5.59016994   from the loss',
      'analytic  11.18033989  claimed',
    ]);
    expect(texts.slice(map + 9)).toEqual([
      'correct: b',
      'Wrong entries by analytic / numeric.',
      'Smaller squares are errors below 1/10, and below 1/1000, of the largest.',
      'opposite sign',
      'zero',
      'too small',
      'too large',
      ...'-3 -0.3 -0.01 0.01 0.3 0.9 0.999 1 1.001 1.1 3 100'.split(' '),
      'right',
      'worst',
    ]);
  });

  test('has the right cells in the dark and the wrong ones in colours', () => {
    expect(pathsOf(nodes, /^right$/)).toEqual([
      'M0 0h28v28h-28zM56 0h28v28h-28zM0 28h28v28h-28zM56 28h28v28h-28z',
    ]);
    expect(
      pathsOf(nodes, /^s10$/)
        .join('')
        .match(/M28 (0|28)h28v28h-28z/g),
    ).toHaveLength(2);
  });

  test('marks the worst entry with an outline of two lines, and so does the legend', () => {
    expect(nodes.filter(({ attributes }) => attributes['class'] === 'mark')).toHaveLength(3);
    expect(nodes.filter(({ attributes }) => attributes['class'] === 'mark under')).toHaveLength(3);
    const mark = nodes.find(({ attributes }) => attributes['class'] === 'mark');
    expect(mark?.attributes).toMatchObject({ x: '26', width: '32', height: '32' });
  });
});

describe('what else a picture tells', () => {
  test('entries of one cell', () => {
    expect(textsOf(draw({ W: [65, 3] }, column))).toContain('Each cell is the worst of 2 × 1 entries.');
    expect(textsOf(draw({ W: [5000] }, column))).toContain('Each cell is the worst of 2 entries.');
  });

  test('the lines of a long vector, and what entry each begins with', () => {
    const texts = textsOf(draw({ W: [70] }, column));
    expect(texts).toContain('In lines of 16 entries.');
    const first = texts.lastIndexOf('0');
    expect(texts.slice(first, first + 2)).toEqual(['0', '64']);
  });

  test('what the columns of a tensor are', () => {
    expect(textsOf(draw({ W: [2, 3, 3] }, column)).join(' ')).toContain(
      'Rows are the first dimension, columns all others.',
    );
  });

  test('what was not compared, with hatching', () => {
    const nodes = draw({ W: [4, 4] }, column, { shard: '1/2' });
    expect(textsOf(nodes)).toContain('4 × 4, 8 of 16 entries due, 3 wrong');
    expect(textsOf(nodes)).toContain('not compared');
    expect(pathsOf(nodes, /^open$/)).toEqual(['M0 56h112v28h-112zM0 84h112v28h-112z']);
    expect(textsOf(draw({ W: [4, 4] }, column))).not.toContain('not compared');
  });

  test('what a budget left, without a scale for errors that there are none of', () => {
    const texts = textsOf(draw({ W: [10, 10] }, (derivative) => derivative, { maxEvaluations: 100 }));
    expect(texts.slice(-2)).toEqual(['compared', 'not compared']);
    expect(texts).toContainEqual(expect.stringMatching(/^10 × 10, 100 entries, \d+ compared$/));
    expect(texts).toContainEqual(expect.stringMatching(/^\d+ entries were not compared\.$/));
    expect(texts.join()).not.toContain('worst');
  });

  test('claims that are no numbers, with crosses', () => {
    const nodes = draw({ W: [2, 3] }, (derivative, entry) => (entry === 4 ? Number.NaN : derivative));
    expect(textsOf(nodes)).toContain('not a finite number');
    expect(pathsOf(nodes, /^cross$/)[0]).toBe('M28 28l28 28m0 -28l-28 28');
    expect(textsOf(nodes).join()).toContain('analytic  NaN');
  });

  test.each([
    [
      (derivative: number, entry: number) => (entry === 777 ? derivative + 1 : derivative),
      /Only 1 entry was measured one by one; the others agree along \d+ random directions\./,
    ],
    [
      (derivative: number, entry: number) => (entry % 60 === 7 ? derivative + 1 : derivative),
      /Only the entries that were located are known; of the others nothing is\./,
    ],
    [(derivative: number) => 2 * derivative, /Only a sample of the entries was measured one by one\./],
  ])('how little directions know, %#', (spoil, words) => {
    expect(textsOf(draw({ W: [40, 30] }, spoil, { method: 'directional' })).join(' ')).toMatch(words);
  });

  test('no plot of a claim that is no number', () => {
    const isPlot = (texts: readonly string[]): boolean => texts.includes('step h');
    expect(isPlot(textsOf(draw({ W: [2] }, (derivative) => -derivative)))).toBe(true);
    expect(isPlot(textsOf(draw({ W: [2] }, () => Number.NaN)))).toBe(false);
  });

  test('the slopes to either side at a kink and at an edge, and nowhere else', () => {
    const textsAt = (loss: (x: number) => number): string => {
      const x = [0];
      const model = { parameters: { x }, loss: () => loss(x[0]!), gradients: () => ({ x: [5] }) };
      const { report, picture } = pictured(model);
      return textsOf(parsed(errorPicture(report, picture)!)).join();
    };
    expect(textsAt((x) => 3 * x + Math.abs(x))).toContain('slopes to either side');
    expect(textsAt((x) => (x < 0 ? Number.NaN : Math.exp(x)))).toContain('slopes to either side');
    expect(textsAt((x) => Math.exp(x))).not.toContain('slopes to either side');
  });

  test('a plot alone where all was compared and noise hides whether it is right', () => {
    const x = [1, 0.5];
    const { report, picture } = pictured({
      parameters: { x },
      loss: () => Math.fround(1000 + 1e-3 * (x[0]! ** 2 + x[1]!)),
      gradients: () => ({ x: [2.2e-3, 1e-3] }),
    });
    expect(report.verdict).toBe('inconclusive');
    expect(picture.maps).toEqual([]);
    const texts = textsOf(parsed(errorPicture(report, picture)!));
    expect(texts).toContain('step h');
    expect(texts).not.toContain('compared');
  });

  test('parameters that are left out', () => {
    const shapes = Object.fromEntries(Array.from({ length: 6 }, (_, k) => [`W${k}`, [2]]));
    expect(textsOf(draw(shapes, (derivative) => 2 * derivative))).toContain('2 more parameters not shown.');
  });

  test('nothing, where there is nothing to see', () => {
    const { report, picture } = pictured(modelOf({ W: [2] }));
    expect(errorPicture(report, picture)).toBeUndefined();
  });
});

/** A map as a check could have made it, of a parameter with any name. */
function mapNamed(name: string): { report: GradientReport; picture: ErrorPicture } {
  const { report, picture } = pictured(modelOf({ W: [2, 3] }, column));
  const parameter: ParameterReport = { ...report.parameters[0]!, name };
  const map: ErrorMap = {
    ...picture.maps[0]!,
    parameter,
    worst: { ...picture.maps[0]!.worst!, parameter: name },
  };
  return { report: { ...report, parameters: [parameter] }, picture: { ...picture, maps: [map] } };
}

describe('any name', () => {
  test.each([
    '<script>alert(1)</script>',
    `a & b "c" 'd' ]]>`,
    'größe 大きさ 🎲',
    'null\u0000escape\u001B[31mlone\uD800end\uFFFF',
    'x'.repeat(5000),
    ' leading and  double ',
  ])('is text, be it %j', (name) => {
    const { report, picture } = mapNamed(name);
    const svg = errorPicture(report, picture)!;
    expect(svg).toMatch(/^[\n\x20-\x7E]*$/);
    const nodes = parsed(svg);
    expect(new Set(nodes.map((node) => node.name))).toEqual(
      new Set(['svg', 'title', 'desc', 'style', 'defs', 'pattern', 'rect', 'path', 'circle', 'g', 'text']),
    );
    // oxlint-disable-next-line no-control-regex
    const shown = name.replaceAll(/[\u0000-\u001F\uFFFF]|\p{Cs}/gu, '?');
    const texts = textsOf(nodes);
    expect(texts.filter(({ length }) => length > 86)).toEqual([]);
    expect(texts.some((text) => text === shown || text.includes('…'))).toBe(true);
    expect(nodes.find((node) => node.name === 'title')?.content).toContain(shown);
  });

  test('is cut in its middle where it is too long to stand beside the map', () => {
    const { report, picture } = mapNamed(`encoder.${'x'.repeat(60)}.weight`);
    const texts = textsOf(parsed(errorPicture(report, picture)!));
    expect(texts).toContain(`encoder.${'x'.repeat(10)}…${'x'.repeat(12)}.weight`);
  });
});

test('the picture of a large model stays small', () => {
  const noisy: Spoil = (derivative, entry) => derivative * (1 + 10 ** -(entry % 7));
  const shapes = { A: [64, 39], B: [64, 39], C: [64, 39], D: [64, 39] };
  const { report, picture } = pictured(modelOf(shapes, noisy), { method: 'exhaustive' });
  expect(picture.maps).toHaveLength(4);
  expect(errorPicture(report, picture)!.length).toBeLessThan(300_000);
});

test('JSON keeps what is no finite number by its name, and everything else as it is', () => {
  const { report } = pictured(
    modelOf({ W: [2] }, (derivative, entry) => [Number.NaN, -Infinity][entry]! + derivative),
  );
  const json = jsonOf(report);
  expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  expect(json.offenders.map(({ analytic }) => analytic)).toEqual(['NaN', '-Infinity']);
  const right = pictured(modelOf({ W: [2] })).report;
  expect(jsonOf(right)).toEqual(right);
});
