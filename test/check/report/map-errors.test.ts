/** What a picture shows: which parameters, which cell for which entry, and what is known of it. */

import { describe, expect, test } from 'vitest';
import { modelOf, pictured, type Shapes, type Spoil } from '../../pages/pictured.js';

const one =
  (at: number, of = 'W'): Spoil =>
  (derivative, entry, name) =>
    name === of && entry === at ? derivative + 1 : derivative;

/** The map of W with some entries wrong. */
function mapOf(shape: readonly number[], spoil: Spoil, more: Shapes = {}) {
  const { picture } = pictured(modelOf({ W: shape, ...more }, spoil));
  expect(picture.maps).toHaveLength(1);
  return picture.maps[0]!;
}

const wrongCells = (errors: Float64Array): number[] => [...errors.keys()].filter((k) => errors[k]! > 1);

describe('the cells', () => {
  test.each([
    [[], 0, { rows: 1, columns: 1, cell: { rows: 1, columns: 1 } }, 0, 1],
    [[7], 3, { rows: 1, columns: 7, cell: { rows: 1, columns: 1 } }, 3, 7],
    [[64], 63, { rows: 1, columns: 64, cell: { rows: 1, columns: 1 } }, 63, 64],
    [[65], 64, { rows: 5, columns: 16, cell: { rows: 1, columns: 1 } }, 64, 65],
    [[700], 555, { rows: 22, columns: 32, cell: { rows: 1, columns: 1 } }, 555, 700],
    [[5000], 4999, { rows: 40, columns: 128, cell: { rows: 1, columns: 2 } }, 2499, 2500],
    [[3, 4], 7, { rows: 3, columns: 4, cell: { rows: 1, columns: 1 } }, 7, 12],
    [[64, 64], 4095, { rows: 64, columns: 64, cell: { rows: 1, columns: 1 } }, 4095, 4096],
    [[150, 60], 133 * 60 + 11, { rows: 150, columns: 60, cell: { rows: 3, columns: 1 } }, 44 * 60 + 11, 3000],
    [[4, 70], 3 * 70 + 69, { rows: 4, columns: 70, cell: { rows: 1, columns: 2 } }, 3 * 35 + 34, 140],
    [[65, 2], 129, { rows: 65, columns: 2, cell: { rows: 2, columns: 1 } }, 65, 66],
    [[4, 3, 2], 23, { rows: 4, columns: 6, cell: { rows: 1, columns: 1 } }, 23, 24],
    [[2, 3, 5, 7], 104, { rows: 2, columns: 105, cell: { rows: 1, columns: 2 } }, 52, 106],
  ])('of the shape %j show entry %i in its place', (shape, at, layout, place, count) => {
    const map = mapOf(shape, one(at));
    expect(map).toMatchObject(layout);
    expect(map.errors).toHaveLength(count);
    expect(wrongCells(map.errors)).toEqual([place]);
    expect(map.worst).toMatchObject({ parameter: 'W' });
  });

  test('never lose a wrong entry among right ones, wherever it is', () => {
    for (let at = 0; at < 130 * 3; at += 43) {
      const { errors, worst } = mapOf([130, 3], one(at));
      expect(wrongCells(errors)).toEqual([Math.floor(at / 3 / 3) * 3 + (at % 3)]);
      expect(worst?.index).toEqual([Math.floor(at / 3), at % 3]);
    }
  });

  test('hold the larger of two errors, and tell how large in multiples of the tolerance', () => {
    const spoil: Spoil = (derivative, entry) =>
      entry === 0 ? derivative * (1 + 2e-4) : entry === 1 ? derivative * (1 + 2e-3) : derivative;
    const map = mapOf([1, 65], spoil);
    // Both entries are below the typical size, so they are measured against that.
    expect(map.cell).toEqual({ rows: 1, columns: 2 });
    expect(map.worst?.index).toEqual([0, 1]);
    const alone = mapOf([1, 65], (derivative, entry) => (entry === 0 ? derivative * (1 + 2e-4) : derivative));
    expect(map.errors[0]).toBeGreaterThan(5 * alone.errors[0]!);
    expect(alone.errors[0]).toBeGreaterThan(10);
    expect(alone.errors[0]).toBeLessThan(1000);
  });

  test('tell what is not finite from what is wrong', () => {
    const spoil: Spoil = (derivative, entry) =>
      [derivative, Number.NaN, Infinity, 2 * derivative][entry % 4]!;
    const { errors, worst } = mapOf([2, 4], spoil);
    expect(
      Array.from(errors, (error) => (error > 1 ? (error === Infinity ? 'odd' : 'wrong') : 'right')),
    ).toEqual(['right', 'odd', 'odd', 'wrong', 'right', 'odd', 'odd', 'wrong']);
    expect(worst).toMatchObject({ index: [0, 1], analytic: Number.NaN });
  });

  test('are right where the error is within the tolerance', () => {
    const { errors } = mapOf([2, 3], one(4));
    expect([...errors.keys()].filter((k) => errors[k]! >= 0 && errors[k]! < 1)).toEqual([0, 1, 2, 3, 5]);
  });
});

describe('what was not compared', () => {
  test('is not right: what a budget left out', () => {
    const model = modelOf({ W: [10, 10] });
    const { report, picture } = pictured(model, { maxEvaluations: 100 });
    expect(report.verdict).toBe('inconclusive');
    const [map] = picture.maps;
    const compared = map!.errors.filter((error) => error <= 1).length;
    expect(compared).toBe(report.parameters[0]!.checked);
    expect(map!.errors.filter(Number.isNaN)).toHaveLength(100 - compared);
    expect(map!.worst).toBeUndefined();
    expect(picture.range).toBeUndefined();
  });

  test('is not right: what is of another part', () => {
    const model = modelOf({ W: [4, 4] }, (derivative) => 2 * derivative);
    const { picture } = pictured(model, { shard: '2/4' });
    expect(Array.from(picture.maps[0]!.errors, (error) => error > 1)).toEqual(
      Array.from({ length: 16 }, (_, k) => k >= 4 && k < 8),
    );
    expect(picture.maps[0]!.errors.filter(Number.isNaN)).toHaveLength(12);
  });

  test('is right along directions where what was found explains them', () => {
    const { report, picture } = pictured(modelOf({ W: [40, 30] }, one(777)), { method: 'directional' });
    expect(report.parameters[0]).not.toHaveProperty('wrongIs');
    expect(wrongCells(picture.maps[0]!.errors)).toEqual([777]);
    expect(picture.maps[0]!.errors.some(Number.isNaN)).toBe(false);
  });

  test('is unknown along directions where the search was not finished', () => {
    const spoil: Spoil = (derivative, entry) => (entry % 50 === 7 ? derivative + 1 : derivative);
    const { report, picture } = pictured(modelOf({ W: [40, 30] }, spoil), { method: 'directional' });
    expect(report.parameters[0]).toMatchObject({ wrongIs: 'at least' });
    const { errors } = picture.maps[0]!;
    expect(wrongCells(errors)).toHaveLength(report.parameters[0]!.wrong);
    expect(errors.filter(Number.isNaN)).toHaveLength(1200 - report.parameters[0]!.wrong);
  });

  test('is unknown where only a sample was measured', () => {
    const spoil: Spoil = (derivative) => 2 * derivative;
    const { report, picture } = pictured(modelOf({ W: [40, 30] }, spoil), { method: 'directional' });
    expect(report.parameters[0]).toMatchObject({ wrongIs: 'about' });
    const { errors } = picture.maps[0]!;
    expect(wrongCells(errors).length).toBeGreaterThan(20);
    expect(errors.filter(Number.isNaN)).toHaveLength(1200 - wrongCells(errors).length);
  });
});

describe('the maps', () => {
  const six: Shapes = Object.fromEntries(Array.from({ length: 6 }, (_, k) => [`W${k}`, [2]]));

  test('are of the wrong parameters, in the order of the model', () => {
    const spoil: Spoil = (derivative, _, name) =>
      name === 'W1' || name === 'W4' ? 2 * derivative : derivative;
    const { picture } = pictured(modelOf(six, spoil));
    expect(picture.maps.map(({ parameter }) => parameter.name)).toEqual(['W1', 'W4']);
    expect(picture.more).toBe(0);
  });

  test('are four at most: of the parameter nearest to the output, and those with the largest errors', () => {
    const factors = [1.3, 2, 1.1, 3, 1.2, 1.01];
    const spoil: Spoil = (derivative, _, name) => factors[Number(name.slice(1))]! * derivative;
    const { picture } = pictured(modelOf(six, spoil));
    expect(picture.maps.map(({ parameter }) => parameter.name)).toEqual(['W0', 'W1', 'W3', 'W5']);
    expect(picture.more).toBe(2);
  });

  test('share their colours, up to the largest error of all', () => {
    const spoil: Spoil = (derivative, _, name) => (name === 'W1' ? 2 : 1.001) * derivative;
    const { picture } = pictured(modelOf(six, spoil));
    const largest = Math.max(...picture.maps.flatMap(({ errors }) => [...errors]));
    expect(picture.range).toEqual({ from: 1, to: largest });
    expect(largest).toBeGreaterThan(1e6);
  });

  test('are all, with colours below the tolerance, where no entry is wrong by itself', () => {
    // Each entry is off by less than the tolerance of its own, the whole by more.
    const model = modelOf({ W: [20, 20] }, (derivative) => derivative * (1 + 8e-4));
    const { report, picture } = pictured(model, { tolerance: 3.9e-4 });
    expect(report).toMatchObject({ verdict: 'wrong', parameters: [{ wrong: expect.any(Number) }] });
    expect(picture.maps).toHaveLength(1);
    expect(picture.range!.to).toBeGreaterThanOrEqual(10 * picture.range!.from);
  });

  test('are none where the gradients are correct, or nothing could be measured', () => {
    expect(pictured(modelOf(six)).picture.maps).toEqual([]);
    const random = { ...modelOf(six), loss: () => Math.random() };
    expect(pictured(random).report.verdict).toBe('inconclusive');
    expect(pictured(random).picture.maps).toEqual([]);
  });

  test('are none where the noise hides what is right, and all was compared', () => {
    const model = modelOf({ W: [3] }, (derivative) => derivative * (1 + 1e-11));
    const { report, picture } = pictured(model, { tolerance: 1e-13 });
    expect(report.verdict).toBe('inconclusive');
    expect(picture.maps).toEqual([]);
  });
});

describe('the ratios', () => {
  const ratios = (spoil: Spoil): number[] => [...mapOf([1, 3], spoil).ratios];

  test('are what is claimed over what was measured', () => {
    const found = ratios((derivative, entry) => [-derivative, 2 * derivative, 0][entry]!);
    expect(found).toEqual([expect.closeTo(-1, 6), expect.closeTo(2, 6), 0]);
  });

  test('are none of a claim that is no number', () => {
    expect(ratios((derivative, entry) => (entry === 1 ? Infinity : derivative))[1]).toBeNaN();
  });

  test('are infinite where nothing but noise was measured', () => {
    const W = [0, 1];
    const model = { parameters: { W }, loss: () => W[0]! ** 2 + W[1]!, gradients: () => ({ W: [3, 1] }) };
    expect(pictured(model).picture.maps[0]!.ratios[0]).toBe(Infinity);
  });

  test('of a cell of several entries are of the one with the largest error', () => {
    const map = mapOf([65, 1], (derivative, entry) => derivative * (entry === 0 ? 2 : entry === 1 ? -3 : 1));
    expect(map.ratios[0]).toBeCloseTo(-3, 6);
  });
});

test('at a kink the worst entry has the mean of both slopes, as the report has', () => {
  const x = [0];
  const model = { parameters: { x }, loss: () => 3 * x[0]! + Math.abs(x[0]!), gradients: () => ({ x: [5] }) };
  const { report, picture } = pictured(model);
  expect(picture.maps[0]!.worst?.numeric).toBe(report.offenders[0]!.numeric);
  expect(picture.maps[0]!.worst?.numeric).toBeCloseTo(3, 9);
});
