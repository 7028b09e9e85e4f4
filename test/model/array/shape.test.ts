import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isShape, sameLayout, shapeText, sizeOf, unravel } from '../../../src/model/array/shape.js';

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 });

describe('shapes', () => {
  it.each([
    { a: [12], b: [3, 4], same: true },
    { a: [5], b: [5, 1], same: true },
    { a: [1, 5], b: [5, 1], same: true },
    { a: [3, 16], b: [3, 4, 4], same: true },
    { a: [], b: [1], same: true },
    { a: [], b: [1, 1], same: true },
    { a: [2, 1, 3], b: [2, 3], same: true },
    { a: [2, 3], b: [3, 2], same: false },
    { a: [2, 6], b: [3, 4], same: false },
    { a: [2, 3, 4], b: [2, 4, 3], same: false },
    { a: [6], b: [5], same: false },
    { a: [4, 6], b: [2, 2, 5], same: false },
  ])('says that $a and $b are laid out alike: $same', ({ a, b, same }) => {
    expect(sameLayout(a, b)).toBe(same);
    expect(sameLayout(b, a)).toBe(same);
  });

  it('says that a shape and the flat one are laid out alike', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        expect(sameLayout(shape, [sizeOf(shape)])).toBe(true);
        expect(sameLayout([sizeOf(shape)], shape)).toBe(true);
        expect(sameLayout(shape, shape)).toBe(true);
      }),
    );
  });

  it('unravels every entry to the index that row-major order gives it', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        for (let entry = 0; entry < sizeOf(shape); entry += 1) {
          const index = unravel(entry, shape);
          expect(index.every((at, k) => at >= 0 && at < shape[k]!)).toBe(true);
          expect(index.reduce((place, at, k) => place * shape[k]! + at, 0)).toBe(entry);
        }
      }),
    );
  });

  it('has no index for a scalar', () => {
    expect(unravel(0, [])).toEqual([]);
    expect(shapeText([])).toBe('scalar');
    expect(shapeText([5, 4])).toBe('5 × 4');
  });

  it.each([
    { value: [2, 3], is: true },
    { value: [], is: true },
    { value: Int32Array.of(2, 3), is: true },
    { value: [2.5], is: false },
    { value: [-1], is: false },
    { value: ['2'], is: false },
    { value: [[2], 3], is: false },
    { value: new DataView(new ArrayBuffer(2)), is: false },
    { value: undefined, is: false },
  ])('takes $value for a list of sizes: $is', ({ value, is }) => {
    expect(isShape(value)).toBe(is);
  });
});
