import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listParameters, type Parameter } from '../../../src/model/tree/parameters.js';
import { bitsOf } from '../../bits.js';
import { doubles, rootOf, type Tree, trees } from '../../trees.js';

const parametersOf = ({ value }: Tree): Parameter[] => listParameters(rootOf(value));
const entriesOf = ({ values, count }: Parameter): number[] =>
  Array.from({ length: count }, (_, i) => values.get(i));

describe('the views of any tree', () => {
  it('hold its numbers in its own order', () => {
    fc.assert(
      fc.property(trees(doubles), (tree) => {
        expect(bitsOf(parametersOf(tree).flatMap(entriesOf))).toEqual(bitsOf(tree.read(tree.value)));
      }),
    );
  });

  it('write each entry to its own place and no other', () => {
    fc.assert(
      fc.property(trees(doubles), (tree) => {
        let written = 0;
        for (const { values, count } of parametersOf(tree))
          for (let i = 0; i < count; i += 1) values.set(i, (written += 1));
        expect(tree.read(tree.value)).toEqual(Array.from({ length: written }, (_, k) => k + 1));
      }),
    );
  });

  it('read all at once what they get one by one', () => {
    fc.assert(
      fc.property(trees(doubles), (tree) => {
        for (const parameter of parametersOf(tree)) {
          const copy = new Float64Array(parameter.count);
          parameter.values.read(copy);
          expect(bitsOf(copy)).toEqual(bitsOf(entriesOf(parameter)));
        }
      }),
    );
  });

  it('change no bit by writing what they read', () => {
    fc.assert(
      fc.property(trees(doubles), (tree) => {
        const before = bitsOf(tree.read(tree.value));
        for (const { values, count } of parametersOf(tree)) {
          const copy = new Float64Array(count);
          values.read(copy);
          values.write(copy);
        }
        expect(bitsOf(tree.read(tree.value))).toEqual(before);
      }),
    );
  });

  it('write all at once what they would set one by one', () => {
    fc.assert(
      fc.property(trees(doubles), (tree) => {
        let written = 0;
        for (const { values, count } of parametersOf(tree))
          values.write(Float64Array.from({ length: count }, () => (written += 1)));
        expect(tree.read(tree.value)).toEqual(Array.from({ length: written }, (_, k) => k + 1));
      }),
    );
  });
});
