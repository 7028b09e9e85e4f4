/**
 * What was claimed of an entry, over what it is → a colour. Right is dark; what has the wrong sign is violet, what is too small blue, what is
 * too large orange, the more so the further it is off. All of them are lighter than what is right, so that this shows without any colour.
 */

/** An entry within the tolerance. */
export const RIGHT = '#002051';

/** Hatching of what was not compared, and its ground. */
export const OPEN = { ground: '#e4e4e4', line: '#8c8c8c' } as const;

/** A colour for the ratios up to one. */
export interface Shade {
  readonly to: number;
  readonly colour: string;
}

/**
 * By rising ratios. What mistakes mostly make of a gradient, −1, 0, a half and 2 times what it should be, lies well within a shade, so that
 * noise never makes two of it.
 */
export const SHADES: readonly Shade[] = [
  { to: -3, colour: '#7b2fbe' },
  { to: -0.3, colour: '#b565e0' },
  { to: -0.01, colour: '#d9b3f0' },
  { to: 0.01, colour: '#f4f4f4' },
  { to: 0.3, colour: '#2c8fd1' },
  { to: 0.9, colour: '#6fb9e8' },
  { to: 0.999, colour: '#a5d0ea' },
  { to: 1, colour: '#9fb3c0' },
  { to: 1.001, colour: '#c4b59a' },
  { to: 1.1, colour: '#ecc98a' },
  { to: 3, colour: '#f5a13a' },
  { to: 100, colour: '#e86a1c' },
  { to: Infinity, colour: '#c4380d' },
];

/** What shades next to each other have in common, and how many they are. */
export const KINDS: readonly (readonly [name: string, shades: number])[] = [
  ['opposite sign', 3],
  ['zero', 1],
  ['too small', 4],
  ['too large', 5],
];

/** The shade of a ratio. */
export function shadeOf(ratio: number): number {
  return SHADES.findIndex(({ to }) => ratio <= to);
}
