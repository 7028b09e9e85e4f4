/**
 * What something drawn is → its colours and letters as attributes, which every program that shows an SVG knows; and the style sheet of dark
 * pages, which replaces colours where it is understood and is skipped elsewhere.
 */

type Attributes = Readonly<Record<string, string | number>>;

/** A colour on light ground and on dark. */
interface Tint {
  readonly light: string;
  readonly dark: string;
}

export type TintName = 'ground' | 'frame' | 'ink' | 'pale' | 'numeric' | 'analytic' | 'band' | 'side';

const TINTS: Readonly<Record<TintName, Tint>> = {
  ground: { light: '#ffffff', dark: '#17191c' },
  frame: { light: '#d0d0d0', dark: '#3c3f44' },
  ink: { light: '#1a1a1a', dark: '#ececec' },
  pale: { light: '#5c5c5c', dark: '#a8a8a8' },
  // Blue and orange, which any colour vision tells apart: after Okabe and Ito, Color Universal Design (2008).
  numeric: { light: '#0063a6', dark: '#6cb8f0' },
  analytic: { light: '#b34700', dark: '#f5a04c' },
  band: { light: '#d6e8f7', dark: '#1f3b52' },
  side: { light: '#767676', dark: '#a0a0a0' },
};

/** A shape of this colour. */
export function filled(tint: TintName): Attributes {
  return { class: `${tint}-fill`, fill: TINTS[tint].light };
}

/** A line of this colour. */
export function stroked(tint: TintName, width: number = 1): Attributes {
  return { class: `${tint}-line`, fill: 'none', stroke: TINTS[tint].light, 'stroke-width': width };
}

/** The ground of the picture, with its frame. */
export const GROUND: Attributes = {
  class: 'ground',
  fill: TINTS.ground.light,
  stroke: TINTS.frame.light,
};

/** Of letters that are not set in another family. */
export const SANS = "system-ui,'Segoe UI',Helvetica,Arial,'DejaVu Sans',sans-serif";
const MONO = {
  'font-family': "ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace",
  'xml:space': 'preserve',
};

const LETTERS = {
  title: { fill: TINTS.ink.light, 'font-size': 15, 'font-weight': 600 },
  plain: { fill: TINTS.ink.light, 'font-size': 13 },
  dim: { fill: TINTS.pale.light, 'font-size': 13 },
  name: { fill: TINTS.ink.light, 'font-size': 14, 'font-weight': 600, ...MONO },
  entry: { fill: TINTS.ink.light, 'font-size': 12, ...MONO },
  number: { fill: TINTS.ink.light, 'font-size': 12, ...MONO },
  index: { fill: TINTS.pale.light, 'font-size': 10, ...MONO },
  numeric: { fill: TINTS.numeric.light },
  analytic: { fill: TINTS.analytic.light },
  end: { 'text-anchor': 'end' },
  middle: { 'text-anchor': 'middle' },
} as const satisfies Readonly<Record<string, Attributes>>;

/**
 * What a line of text looks like.
 * @param of names of what it is, of which the later ones count more
 */
export function lettersOf(of: string): Attributes {
  return Object.assign(
    {},
    ...of.split(' ').map((name) => LETTERS[name as keyof typeof LETTERS]),
  ) as Attributes;
}

/** On dark pages. */
export const DARK: string = [
  '@media(prefers-color-scheme:dark){',
  `.ground{fill:${TINTS.ground.dark};stroke:${TINTS.frame.dark}}`,
  `text{fill:${TINTS.ink.dark}}.dim,.index{fill:${TINTS.pale.dark}}`,
  ...Object.entries(TINTS).map(
    ([name, { dark }]) => `.${name}-fill{fill:${dark}}.${name}-line{stroke:${dark}}`,
  ),
  `.numeric{fill:${TINTS.numeric.dark}}.analytic{fill:${TINTS.analytic.dark}}`,
  '}',
].join('');
