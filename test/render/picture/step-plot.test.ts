/** The plot of the worst entry: planted differences at their places. */

import { describe, expect, test } from 'vitest';
import type { StepDifference } from 'expect-gradients';
import { stepPlot, type Stepped } from '../../../src/render/picture/step-plot.js';
import { offender } from '../reports.js';
import { parsed, type Node } from './parsed.js';

/** A difference of a smooth loss: the slopes to both sides are as the centred one. */
const at = (step: number, numeric: number, uncertainty = 0): StepDifference => ({
  step,
  numeric,
  uncertainty,
  forward: numeric,
  backward: numeric,
});

/** An entry that is 1 ± 0.01 and claimed to be 11. */
const entry = (more: Partial<Stepped> = {}): Stepped => ({
  ...offender('W', [1, 2], { analytic: 11, numeric: 1, uncertainty: 0.01, difference: 10 / 12 }),
  steps: [at(1e-2, 1.1), at(1e-4, 1, 0.001), at(1e-6, 0.9, 1)],
  ...more,
});

const draw = (more: Partial<Stepped> = {}, hasSides = false): Node[] =>
  parsed(`<svg>${stepPlot(entry(more), hasSides).markup}</svg>`);
const textsOf = (nodes: readonly Node[]): string[] =>
  nodes.filter(({ name }) => name === 'text').map(({ content }) => content);
const of = (nodes: readonly Node[], name: string, tint: string): Readonly<Record<string, string>>[] =>
  nodes
    .filter((node) => node.name === name && node.attributes['class'] === tint)
    .map(({ attributes }) => attributes);

/** Upwards a power of ten takes so much: 0.7 + 3 + 0.5 of them above zero, and 0.7 + 2 + 0.5 below, as the error bar of ±1 does. */
const POWER = 190 / (4.2 + 3.2);
const ZERO = 4.2 * POWER;
const height = (powers: number): number => Math.round((ZERO - powers * POWER) * 10) / 10;

describe('the differences', () => {
  test('lie at their steps, and at their distances from the derivative', () => {
    const points = of(draw(), 'circle', 'numeric-fill').slice(0, 3);
    // 4.6 powers of ten across 430 pixels.
    const across = (power: number): number => Math.round((power / 4.6) * 4300) / 10;
    expect(points.map(({ cx, cy }) => [Number(cx), Number(cy)])).toEqual([
      [across(4.3), height(0.7 + 1)],
      [across(2.3), height(0)],
      [across(0.3), height(-0.7 - 1)],
    ]);
  });

  test('have error bars, cut off at the largest that is shown, and none where it would not be seen', () => {
    const bars = of(draw({ steps: [at(1e-2, 1.1, 1e-9), at(1e-6, 0.9, 1)] }), 'path', 'numeric-line');
    // The line of the derivative, one bar, and that of the key.
    expect(bars).toHaveLength(3);
    const x = 28;
    const [top, bottom] = [height(0.7 + Math.log10(90)), height(-0.7 - Math.log10(110))];
    expect(bars[1]).toMatchObject({
      d: `M${x} ${top}V${bottom}M${x - 3} ${top}h6M${x - 3} ${bottom}h6`,
    });
  });

  test('are left out where a loss was not finite', () => {
    const steps = [at(1e-2, Number.NaN), at(1e-4, 1)];
    expect(of(draw({ steps }), 'circle', 'numeric-fill')).toHaveLength(1 + 1);
  });
});

describe('the lines', () => {
  test('of the derivative and of the claim lie where these are, with their names and values', () => {
    const nodes = draw();
    expect(of(nodes, 'path', 'numeric-line')[0]).toMatchObject({ d: `M0 ${height(0)}h430` });
    expect(of(nodes, 'path', 'analytic-line')).toMatchObject([{ d: `M0 ${height(0.7 + 3)}h430` }]);
    const texts = textsOf(nodes);
    expect(texts.slice(-5)).toEqual([
      'numeric',
      '1.00',
      'analytic',
      '11.00',
      'centred difference, with its noise',
    ]);
  });

  test('have labels that never touch', () => {
    const labels = (analytic: number): number[] => {
      const nodes = draw({ analytic });
      return ['numeric', 'analytic'].map((name) =>
        Number(nodes.find(({ content }) => content === name)!.attributes['y']),
      );
    };
    const [numeric, above] = labels(1.000001) as [number, number];
    expect(numeric - above).toBeCloseTo(34, 0);
    const [own, below] = labels(0.999999) as [number, number];
    expect(below - own).toBeCloseTo(34, 0);
    expect(labels(11)[1]).toBe(height(0.7 + 3) - 2);
  });

  test('have a band that is as wide as what is uncertain', () => {
    const [band] = of(draw(), 'rect', 'band-fill');
    expect(Number(band!['y'])).toBe(height(0.7));
    expect(Number(band!['height'])).toBeCloseTo(height(-0.7) - height(0.7), 0);
  });

  test('of a derivative that was not found is left out, and distances are from the claim', () => {
    const measured = textsOf(draw({ numeric: Number.NaN, uncertainty: Number.NaN, difference: Number.NaN }));
    expect(measured).not.toContain('numeric');
    expect(measured).toContain('analytic');
    expect(measured).toContain('Differences against the step, by their distance from the claim.');
  });
});

describe('at a kink', () => {
  const steps = [1e-2, 1e-4].map((step) => ({ step, numeric: 1, uncertainty: 0, forward: 3, backward: -1 }));
  const kink: Partial<Stepped> = { steps, subgradient: [-1, 3], uncertainty: 0.02 };

  test('all slopes between those to both sides are shaded, and named', () => {
    const nodes = draw(kink, true);
    const [band] = of(nodes, 'rect', 'band-fill');
    const [low, high] = of(nodes, 'path', 'side-line').map(({ d }) => Number(d!.split(' ').at(-1)));
    expect(Number(band!['y'])).toBeLessThan(high!);
    expect(Number(band!['y']) + Number(band!['height'])).toBeGreaterThan(low!);
    const texts = textsOf(nodes);
    expect(texts).toContain('slopes from -1.00000');
    expect(texts).toContain('to 3.00000');
    expect(texts).toContain('slopes to either side');
  });

  test('the slopes to either side are lines with a dot at each step; elsewhere there are none', () => {
    expect(of(draw(kink, true), 'circle', 'side-fill')).toHaveLength(4);
    expect(of(draw(kink), 'circle', 'side-fill')).toEqual([]);
    expect(textsOf(draw(kink))).not.toContain('slopes to either side');
  });
});

test.each([1e-300, 1e300])('numbers about %d are drawn as any', (scale) => {
  const nodes = draw({
    analytic: -1e7 * scale,
    numeric: scale,
    uncertainty: 1e-8 * scale,
    steps: [at(1e-5, scale, 1e-9 * scale), at(1e-9, scale * 1.1, scale)],
  });
  expect(nodes.filter(({ attributes }) => /NaN|Infinity/.test(Object.values(attributes).join()))).toEqual([]);
  const places = of(nodes, 'circle', 'numeric-fill').map(({ cy }) => Number(cy));
  expect(places.every((place) => place >= 0 && place <= 320)).toBe(true);
});

test('a difference that overflows lies at the end of the axis', () => {
  const nodes = draw({
    analytic: Number.MAX_VALUE,
    numeric: -Number.MAX_VALUE,
    uncertainty: 1e300,
    steps: [at(1, -Number.MAX_VALUE, 1e299)],
  });
  expect(of(nodes, 'path', 'analytic-line')[0]!['d']).toMatch(/^M0 [\d.]+h430$/);
});
