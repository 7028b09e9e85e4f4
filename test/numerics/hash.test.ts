import { expect, test } from 'vitest';
import { FNV_BASIS, hashOf, hashOfText } from '../../src/numerics/hash.js';

/** Test vectors of the reference implementation, isthe.com/chongo/src/fnv/test_fnv.c. */
const PUBLISHED = { '': 0x811c9dc5, a: 0xe40c292c, foobar: 0xbf9cf968 };

test('the hash of a text is FNV-1a, whose published values it gives', () => {
  expect(Object.keys(PUBLISHED).map((text) => hashOfText(text) >>> 0)).toEqual(Object.values(PUBLISHED));
});

test('the hash of numbers is that of the text with these units', () => {
  expect(hashOf(Uint32Array.from('foobar', (letter) => letter.charCodeAt(0)))).toBe(hashOfText('foobar'));
});

test('another basis and another prime give other hashes, and 32 bits of a number count', () => {
  const words = Uint32Array.of(1, 2);
  const hashes = [hashOf(words), hashOf(words, 7), hashOf(words, FNV_BASIS, 709_607)];
  expect(new Set(hashes).size).toBe(3);
  expect(hashOf([2 ** 31])).not.toBe(hashOf([0]));
});
