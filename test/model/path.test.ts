import { describe, expect, it } from 'vitest';
import { nameOf, type Segment } from '../../src/model/path.js';

describe('the name of a path', () => {
  it.each<{ path: readonly Segment[]; name: string }>([
    { path: [], name: 'parameters' },
    { path: ['W1'], name: 'W1' },
    { path: ['layers', 1, 'W'], name: 'layers[1].W' },
    { path: [0], name: 'parameters[0]' },
    { path: [0, 'W', 2], name: 'parameters[0].W[2]' },
    { path: ['a b'], name: 'parameters["a b"]' },
    { path: ['encoder', 'a b', 'c'], name: 'encoder["a b"].c' },
    { path: ['say "hi"'], name: 'parameters["say \\"hi\\""]' },
    { path: [''], name: 'parameters[""]' },
    { path: ['θ'], name: 'parameters["θ"]' },
    { path: ['[0]'], name: 'parameters["[0]"]' },
    { path: ['dense_Dense1/kernel'], name: 'dense_Dense1/kernel' },
    { path: ['0.weight'], name: '0.weight' },
    { path: ['$a', '_b'], name: '$a._b' },
  ])('writes $path as $name', ({ path, name }) => {
    expect(nameOf(path)).toBe(name);
  });
});
