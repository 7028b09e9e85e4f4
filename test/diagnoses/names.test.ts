import { expect, test } from 'vitest';
import { aboutOf, called, haveOutputs, namesOf } from '../../src/diagnoses/names.js';

const named = (...names: string[]): { name: string }[] => names.map((name) => ({ name }));
const blocks = (...names: string[]): { name: string; output: string }[] =>
  names.map((name) => ({ name, output: 'y' }));

test.each([
  [[], ''],
  [named('W'), 'W'],
  [named('W', 'b'), 'W and b'],
  [named('W', 'b', 'c', 'd'), 'W, b, c and d'],
  [named('W', 'b', 'c', 'd', 'e'), 'all 5 wrong parameters'],
  [blocks('W'), 'y by W'],
  [blocks('W', 'b'), 'y by W and y by b'],
  [blocks('W', 'b', 'c', 'd', 'e'), 'all 5 wrong blocks'],
  [[{ name: 'W', isPart: true }, { name: 'b' }], 'the checked part of W and b'],
  [[{ name: 'W', output: 'y', isPart: true }], 'the checked part of y by W'],
])('%j are called: %s', (group, text) => {
  expect(namesOf(group)).toBe(text);
});

test('many are counted as what they are', () => {
  expect(namesOf(named('a', 'b', 'c', 'd', 'e'), 'of them')).toBe('all 5 of them');
});

test('a block has the name of its output too', () => {
  expect([called({ name: 'W' }), called({ name: 'W', output: 'y' })]).toEqual(['W', 'y by W']);
  expect([haveOutputs(named('W', 'b')), haveOutputs([...named('W'), ...blocks('b')])]).toEqual([false, true]);
});

test('a finding is about a parameter, and about the outputs where there are several', () => {
  expect(aboutOf({ name: 'W' })).toStrictEqual({ parameter: 'W' });
  expect(aboutOf({ name: 'W', output: 'y' })).toStrictEqual({ parameter: 'W', output: 'y' });
});
