/** Pictures as programs other than browsers show them: literal colours, and room for all words in the widest of common letters. */

import { describe, expect, test } from 'vitest';
import type { GradientCheckOptions } from 'expect-gradients';
import { errorPicture } from '../../../src/render/picture/error-picture.js';
import { modelOf, pictured } from '../../pages/pictured.js';
import { type Node, parsed } from './parsed.js';

const cube = (scale: number, factor: number): object => ({
  parameters: { x: [1, 2] },
  loss: ({ x }: { x: number[] }) => scale * (x[0]! ** 3 + x[1]! ** 3),
  gradients: ({ x }: { x: number[] }) => ({ x: [factor * scale * x[0]! ** 2, 3 * scale * x[1]! ** 2] }),
});
const kinked: object = {
  parameters: { x: [0, 0.5, 1] },
  loss: ({ x }: { x: number[] }) => Math.abs(x[0]!) + 3 * x[0]! + x[1]! ** 2 + x[2]!,
  gradients: ({ x }: { x: number[] }) => ({ x: [5, 2 * x[1]!, 1] }),
};
const noisy: object = {
  parameters: { x: [1, 0.5, 1] },
  loss: ({ x }: { x: number[] }) => Math.fround(1000 + x[0]! ** 2 + 2 * x[1]! + x[2]!),
  gradients: () => ({ x: [4, 2, 1] }),
};
const oneSided: object = {
  parameters: { x: [0, 2] },
  loss: ({ x }: { x: number[] }) => (x[0]! >= 0 ? Math.exp(x[0]!) + x[1]! ** 3 : Number.NaN),
  gradients: ({ x }: { x: number[] }) => ({ x: [2, 3 * x[1]! ** 2] }),
};
const many = Object.fromEntries(
  Array.from({ length: 40 }, (_, k) => [`layers[${k}].attention.projection.weight`, [3, 4]]),
);

const CASES: readonly (readonly [what: string, model: object, options?: GradientCheckOptions])[] = [
  ['a doubled gradient', modelOf({ W: [3, 4], b: [2] }, (d, _, name) => (name === 'W' ? 2 * d : d))],
  ['a flipped sign', modelOf({ W: [3, 4] }, (d) => -d)],
  ['a small error', modelOf({ W: [3, 4] }, (d, k) => (k === 5 ? d * (1 + 1e-5) : d))],
  ['a given step', modelOf({ W: [3, 4] }, (d) => 2 * d), { epsilon: 1e-4 }],
  ['one wrong entry in a large matrix', modelOf({ W: [300, 400] }, (d, k) => (k === 7777 ? d + 1 : d))],
  ['a vector in lines', modelOf({ W: [700] }, (d, k) => (k % 7 === 0 ? -d : d))],
  ['a claim that is no number', modelOf({ W: [3, 4] }, (d, k) => (k === 3 ? Number.NaN : d))],
  ['what was not compared', modelOf({ W: [10, 10] }), { maxEvaluations: 100 }],
  ['many parameters', modelOf(many, (d, _, name) => (name.includes('5]') ? 2 * d : d))],
  ['a kink', kinked],
  ['a kink that is no excuse', kinked, { kinks: 'reject' }],
  ['noise', noisy],
  ['an edge of the domain', oneSided],
  ['the smallest numbers', cube(1e-300, 6)],
  ['the largest numbers', cube(1e300, -6e7)],
];

/** Widths of letters over their size, of DejaVu, which is wider than most: on average, and where all are as wide. */
const WIDTH = { sans: 0.6, bold: 0.68, mono: 0.603 };
const ASCENT = 0.76;
const DESCENT = 0.24;

interface Box {
  readonly content: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function boxOf({ attributes, shift, content }: Node): Box {
  const size = Number(attributes['font-size']);
  const isMono = (attributes['font-family'] ?? '').includes('mono');
  const letter = isMono ? WIDTH.mono : attributes['font-weight'] === '600' ? WIDTH.bold : WIDTH.sans;
  const width = [...content].length * size * letter;
  const x = shift.x + Number(attributes['x']);
  const y = shift.y + Number(attributes['y']);
  const left = { end: x - width, middle: x - width / 2 }[attributes['text-anchor'] ?? ''] ?? x;
  return { content, left, right: left + width, top: y - ASCENT * size, bottom: y + DESCENT * size };
}

describe.each(CASES.map(([what, model, options]) => ({ what, model, options })))(
  'the picture of $what',
  ({ model, options }) => {
    const { report, picture } = pictured(model, options);
    const nodes = parsed(errorPicture(report, picture)!);
    const boxes = nodes.filter(({ name }) => name === 'text').map(boxOf);

    test('has a literal colour for everything that is drawn', () => {
      const colour = /^(?:url\(#open\) )?#[\da-f]{6}$/;
      const drawn = nodes.filter(({ isDrawn }) => isDrawn);
      const isColoured = ({ attributes: { fill, stroke } }: Node): boolean =>
        fill === 'none'
          ? colour.test(stroke ?? '')
          : colour.test(fill ?? '') && colour.test(stroke ?? '#000000');
      expect(drawn.length).toBeGreaterThan(5);
      expect(drawn.filter((node) => !isColoured(node))).toEqual([]);
    });

    test('needs no style sheet but on dark pages', () => {
      const style = nodes.find(({ name }) => name === 'style');
      expect(style!.content).toMatch(/^@media\(prefers-color-scheme:dark\)\{(?:[^{}]+\{[^{}]+\})+\}$/);
      const sized = nodes.filter(({ name, attributes }) => name === 'text' && !('font-size' in attributes));
      expect(sized).toEqual([]);
    });

    test('has all its words inside', () => {
      const [, , width, height] = nodes[0]!.attributes['viewBox']!.split(' ').map(Number);
      const outside = boxes.filter(
        ({ left, right, top, bottom }) => left < 0 || right > width! || top < 0 || bottom > height!,
      );
      expect(outside).toEqual([]);
    });

    test('has no words over others', () => {
      const overlaps = boxes.flatMap((one, k) =>
        boxes
          .slice(k + 1)
          .filter(
            (other) =>
              one.left < other.right &&
              other.left < one.right &&
              one.top < other.bottom &&
              other.top < one.bottom,
          )
          .map((other) => `${one.content} | ${other.content}`),
      );
      expect(overlaps).toEqual([]);
    });
  },
);
