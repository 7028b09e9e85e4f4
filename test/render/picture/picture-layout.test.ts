/** How the parts of a picture lie, and what its legend says, of a picture made by hand. */

import { describe, expect, test } from 'vitest';
import type { ErrorMap, ErrorPicture } from '../../../src/check/report/map-errors.js';
import { errorPicture } from '../../../src/render/picture/error-picture.js';
import { jacobian, offender, parameter, report, wrong } from '../reports.js';

/** A single cell; its panel is 44 pixels high, or 94 with the worst entry. */
const mapOf = (more: Partial<ErrorMap> = {}): ErrorMap => ({
  parameter: parameter('w', { shape: [], count: 1, checked: 1 }),
  shape: [],
  along: undefined,
  known: 'each',
  rows: 1,
  columns: 1,
  cell: { rows: 1, columns: 1 },
  errors: new Float64Array(1),
  worst: undefined,
  ...more,
});
const pictureOf = (more: Partial<ErrorPicture> = {}): ErrorPicture => ({
  maps: [mapOf()],
  more: 0,
  range: { from: 1, to: 1000 },
  ...more,
});
const wrongReport = report({ verdict: 'wrong', difference: 0.5, parameters: [parameter('w', wrong)] });
const draw = (more: Partial<ErrorPicture> = {}, given = wrongReport): string =>
  errorPicture(given, pictureOf(more))!;

const textsOf = (svg: string): string[] =>
  Array.from(svg.matchAll(/<text ([^>]*)>([^<]*)</g), ([, attributes, content]) => {
    const [x, y, of] = [...attributes!.matchAll(/="([^"]*)"/g)].map(([, value]) => value);
    return `${x} ${y} ${of}: ${content}`;
  });
/** The texts of the last part. */
const legendOf = (svg: string): string[] => textsOf(svg.slice(svg.lastIndexOf('<g transform="translate(20')));

describe('the parts', () => {
  test('lie below each other, 24 pixels apart, with a margin of 20', () => {
    const svg = draw({ maps: [mapOf(), mapOf()], more: 2 });
    const places = Array.from(svg.matchAll(/^<g transform="translate\(20 (\d+)\)">/gm), ([, y]) => Number(y));
    // Heading of two lines, two panels, a remark, the legend.
    expect(places).toEqual([20, 20 + 40 + 24, 84 + 44 + 24, 152 + 44 + 24, 220 + 20 + 24]);
    const height = 264 + (24 + 12 + 20 + 6) + (12 + 2) + 20;
    expect(svg).toMatch(
      new RegExp(
        `^<svg xmlns="http://www.w3.org/2000/svg" role="img" width="720" height="${height}" viewBox="0 0 720 ${height}">`,
      ),
    );
    expect(svg).toContain(`<rect class="ground" x="0.5" y="0.5" width="719" height="${height - 1}" rx="8"/>`);
    expect(textsOf(svg)).toContain('0 14 dim: 2 more parameters not shown.');
    expect(draw()).not.toContain('not shown');
  });

  test('begin with the sentence in lines of 74 letters, and the rule', () => {
    expect(textsOf(draw()).slice(0, 2)).toEqual([
      '0 14 title: The gradients are wrong in 1 of 6 entries: w.',
      '0 34 dim: difference 0.500, tolerance 1e-7',
    ]);
    const names = ['x'.repeat(29), 'y'.repeat(29)];
    const long = report({ verdict: 'wrong', parameters: names.map((name) => parameter(name, wrong)) });
    expect(textsOf(draw({}, long)).slice(0, 3)).toEqual([
      `0 14 title: The gradients are wrong in 2 of 12 entries: ${names[0]}`,
      `0 34 title: and ${names[1]}.`,
      '0 54 dim: difference 1.25e-10, tolerance 1e-7',
    ]);
    const name = 'z'.repeat(80);
    const cut = report({ verdict: 'wrong', parameters: [parameter(name, wrong), parameter('b')] });
    expect(textsOf(draw({}, cut)).slice(1, 3)).toEqual([
      `0 34 title: ${'z'.repeat(74)}`,
      `0 54 title: ${'z'.repeat(6)}.`,
    ]);
  });

  test('have a title and a description for those who don’t see them', () => {
    const worst = offender('w', [], { analytic: 2, numeric: 1 });
    const svg = draw({
      maps: [mapOf({ worst }), mapOf({ parameter: parameter('b', { count: 2000, checked: 1200 }) })],
    });
    expect(svg).toContain('<title>The gradients are wrong in 1 of 6 entries: w.</title>');
    expect(svg).toContain(
      '<desc>The worst entry of w is w: numeric 1, analytic 2. 1,200 of 2,000 entries of b were compared.</desc>',
    );
  });

  test('name a parameter as the table does', () => {
    const parameters = [parameter('W', { output: 'y', ...wrong }), parameter('W', { output: 'z' })];
    const given = jacobian({ verdict: 'wrong', parameters });
    const svg = errorPicture(given, pictureOf({ maps: [mapOf({ parameter: parameters[0]! })] }))!;
    expect(textsOf(svg)).toContain('356 14 name: y by W');
  });

  test('are none where there is no map', () => {
    expect(errorPicture(wrongReport, pictureOf({ maps: [] }))).toBeUndefined();
  });

  test('bring the styles, and the hatching that they name', () => {
    const svg = draw();
    expect(svg).toContain('.right{fill:#002051}.open{fill:url(#open);stroke:none}.e0{fill:#696970}');
    expect(svg).toContain('.e11{fill:#fdea45}</style>');
    expect(svg).toContain('<defs><pattern id="open" ');
  });
});

describe('the legend', () => {
  test('has a scale of twelve colours', () => {
    const svg = draw();
    const colours = Array.from(
      svg.matchAll(/<rect class="swatch (e\d+)" x="(\d+)" y="24" width="25" height="12"\/>/g),
    );
    expect(colours.map(([, of, x]) => `${of} ${x}`)).toEqual(
      Array.from({ length: 12 }, (_, k) => `e${k} ${25 * k}`),
    );
    expect(legendOf(svg)[0]).toBe('0 14 dim: error beyond its uncertainty, in multiples of the tolerance');
  });

  test.each<[from: number, to: number, ticks: string[]]>([
    [
      1,
      1000,
      ['0 48 index: 1', '100 48 index middle: 10', '200 48 index middle: 100', '300 48 index middle: 1000'],
    ],
    [1, 10, ['0 48 index: 1', '300 48 index middle: 10']],
    [0.01, 1, ['0 48 index: 0.01', '150 48 index middle: 0.1', '300 48 index middle: 1']],
    [0.001, 0.1, ['0 48 index: 1e-3', '150 48 index middle: 0.01', '300 48 index middle: 0.1']],
    [0.5, 50, ['45 48 index: 1', '195 48 index middle: 10']],
    [
      1,
      1e6,
      [0, 50, 100, 150, 200, 250, 300].map(
        (x, k) =>
          `${x} 48 index${k === 0 ? '' : ' middle'}: ${['1', '10', '100', '1000', '1e4', '1e5', '1e6'][k]}`,
      ),
    ],
    // Seven ticks at most: every other power of eight.
    [
      1,
      1e7,
      ['0 48 index: 1', '86 48 index middle: 100', '171 48 index middle: 1e4', '257 48 index middle: 1e6'],
    ],
    [
      1,
      1e14,
      [0, 64, 129, 193, 257].map(
        (x, k) => `${x} 48 index${k === 0 ? '' : ' middle'}: ${['1', '1000', '1e6', '1e9', '1e12'][k]}`,
      ),
    ],
  ])('from %d to %d has ticks at powers of ten', (from, to, ticks) => {
    expect(legendOf(draw({ range: { from, to } })).filter((line) => line.includes('index'))).toEqual(ticks);
  });

  test('names what cells may be, in a row, as far as there is any', () => {
    const keysOf = (...errors: ErrorMap[]): string[] =>
      legendOf(draw({ maps: errors })).filter((line) => / 74 dim: /.test(line));
    expect(keysOf(mapOf())).toEqual(['22 74 dim: right']);
    const open = mapOf({ errors: Float64Array.of(Number.NaN) });
    const odd = mapOf({ errors: Float64Array.of(Infinity) });
    const worst = mapOf({ worst: offender('w', []) });
    expect(keysOf(mapOf(), open, odd, worst)).toEqual([
      '22 74 dim: right',
      '95 74 dim: not compared',
      '217 74 dim: not a finite number',
      '388 74 dim: worst',
    ]);
    expect(keysOf(worst)).toEqual(['22 74 dim: right', '95 74 dim: worst']);
  });

  test('shows each as it is drawn', () => {
    const svg = draw({
      maps: [
        mapOf({ errors: Float64Array.of(Number.NaN) }),
        mapOf({ errors: Float64Array.of(Infinity), worst: offender('w', []) }),
      ],
    });
    const legend = svg.slice(svg.lastIndexOf('<g transform="translate(20'));
    expect(legend).toContain('<rect class="swatch right" x="2" y="63" width="12" height="12"/>');
    expect(legend).toContain('<rect class="swatch open" x="75" y="63" width="12" height="12"/>');
    expect(legend).toContain(
      '<rect class="swatch e11" x="197" y="63" width="12" height="12"/><path class="cross" d="M197 63l12 12m0-12l-12 12"/>',
    );
    expect(legend).toContain(
      '<rect class="mark under" x="367" y="62" width="14" height="14"/><rect class="mark" x="367" y="62" width="14" height="14"/>',
    );
    expect(legend.match(/class="cross"/g)).toHaveLength(1);
  });

  test('has no scale where nothing was found wrong', () => {
    const svg = draw({ range: undefined, maps: [mapOf({ errors: Float64Array.of(Number.NaN) })] });
    expect(legendOf(svg)).toEqual(['22 12 dim: compared', '116 12 dim: not compared']);
    expect(svg).not.toContain('multiples');
    expect(svg).not.toContain('class="swatch e0"');
    expect(svg).toContain(`height="${20 + 40 + 24 + 44 + 24 + 14 + 20}"`);
  });
});
