/** How the parts of a picture lie, and what its legend says, of a picture made by hand. */

import { describe, expect, test } from 'vitest';
import type { ErrorMap, ErrorPicture } from '../../../src/check/report/map-errors.js';
import { errorPicture } from '../../../src/render/picture/error-picture.js';
import { bare } from './bare.js';
import { finding, jacobian, offender, parameter, report, wrong } from '../reports.js';

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
  ratios: new Float64Array(1),
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
  bare(errorPicture(given, pictureOf(more))!);

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
    // Heading of two lines with half of one between, two panels, a remark, the legend.
    expect(places).toEqual([20, 20 + 50 + 24, 94 + 44 + 24, 162 + 44 + 24, 230 + 20 + 24]);
    const height = 274 + (66 + 12 + 20 + 6) + (12 + 2) + 20;
    expect(svg).toMatch(
      new RegExp(
        `^<svg xmlns="http://www.w3.org/2000/svg" role="img" width="720" height="${height}" viewBox="0 0 720 ${height}">`,
      ),
    );
    expect(svg).toContain(`<rect class="ground" x="0.5" y="0.5" width="719" height="${height - 1}" rx="8"/>`);
    expect(textsOf(svg)).toContain('0 14 dim: 2 more parameters not shown.');
    expect(draw()).not.toContain('not shown');
  });

  test('begin with the sentence in lines of 66 letters, and the rule', () => {
    expect(textsOf(draw()).slice(0, 2)).toEqual([
      '0 14 title: The gradients are wrong in 1 of 6 entries: w.',
      '0 14 dim: difference 0.500, tolerance 1e-7',
    ]);
    const names = ['x'.repeat(20), 'y'.repeat(20)];
    const long = report({ verdict: 'wrong', parameters: names.map((name) => parameter(name, wrong)) });
    expect(textsOf(draw({}, long)).slice(0, 3)).toEqual([
      `0 14 title: The gradients are wrong in 2 of 12 entries: ${names[0]}`,
      `0 34 title: and ${names[1]}.`,
      '0 14 dim: difference 1.25e-10, tolerance 1e-7',
    ]);
    const name = 'z'.repeat(80);
    const cut = report({ verdict: 'wrong', parameters: [parameter(name, wrong), parameter('b')] });
    expect(textsOf(draw({}, cut)).slice(1, 3)).toEqual([
      `0 34 title: ${'z'.repeat(66)}`,
      `0 54 title: ${'z'.repeat(14)}.`,
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

  test('begin with what was found, surest first, below the rule', () => {
    const codes = ['scaled', 'kink', 'offset'] as const;
    const findings = codes.map((code) => finding(code, { title: `It is ${code}.` }));
    const svg = draw({}, { ...wrongReport, findings });
    expect(textsOf(svg).slice(2, 5)).toEqual([
      '0 14 plain: scaled: It is scaled.',
      '0 34 plain: kink: It is kink.',
      '0 54 plain: 1 more finding in the message.',
    ]);
    expect(svg).toContain('<g transform="translate(0 30)"><text x="0" y="14" class="dim">');
    expect(svg).toContain('<g transform="translate(0 60)"><text x="0" y="14" class="plain">');
    expect(draw({}, { ...wrongReport, findings: findings.slice(0, 2) })).not.toContain('more finding');
  });

  test('end with the parameters that are right, and those that are not known', () => {
    const parameters = [
      parameter('w', wrong),
      parameter('a'),
      parameter('b', { verdict: 'inconclusive' }),
      ...Array.from({ length: 30 }, (_, k) => parameter(`c${k}`)),
    ];
    const lines = textsOf(draw({ more: 1 }, { ...wrongReport, parameters })).slice(4, 8);
    expect(lines).toEqual([
      '0 14 dim: 1 more parameter not shown.',
      `0 34 dim: correct: a, ${Array.from({ length: 17 }, (_, k) => `c${k}`).join(', ')},`,
      expect.stringMatching(/^0 54 dim: .*c22 and 7 more$/),
      '0 74 dim: inconclusive: b',
    ]);
    expect(draw()).not.toContain('correct: ');
  });

  test('are none of what a check left open that was compared', () => {
    const parameters = [parameter('w', { verdict: 'inconclusive', checked: 3 }), parameter('a')];
    const open = report({ verdict: 'inconclusive', parameters });
    expect(textsOf(draw({ range: undefined }, open)).join()).not.toContain('correct: a');
  });

  test('bring the hatching, and a style for dark pages only', () => {
    const svg = draw();
    expect(svg).toContain('<defs><pattern id="open" ');
    expect(svg).toMatch(/<style>@media\(prefers-color-scheme:dark\)\{.*\}<\/style>/);
  });
});

describe('the legend', () => {
  test('has a scale of ratios', () => {
    const svg = draw();
    const colours = Array.from(
      svg.matchAll(/<rect class="(s\d+)" x="(\d+)" y="66" width="44" height="12"\/>/g),
    );
    expect(colours.map(([, of, x]) => `${of} ${x}`)).toEqual(
      Array.from({ length: 13 }, (_, k) => `s${k} ${44 * k}`),
    );
    const texts = legendOf(svg);
    expect(texts.slice(0, 2)).toEqual([
      '0 14 dim: Wrong entries by analytic / numeric.',
      '0 34 dim: Smaller squares are errors below 1/10, and below 1/1000, of the largest.',
    ]);
    const borders = [-3, -0.3, -0.01, 0.01, 0.3, 0.9, 0.999, 1, 1.001, 1.1, 3, 100];
    expect(texts.filter((line) => line.includes(' 90 index'))).toEqual(
      borders.map((to, k) => `${44 * (k + 1)} 90 index middle: ${to}`),
    );
    expect(texts.filter((line) => line.includes(' 56 index'))).toEqual([
      '66 56 index middle: opposite sign',
      '154 56 index middle: zero',
      '264 56 index middle: too small',
      '462 56 index middle: too large',
    ]);
  });

  test('does not speak of smaller squares where there is no room for any', () => {
    const small = mapOf({ rows: 1, columns: 36, shape: [36], errors: new Float64Array(36) });
    expect(draw({ maps: [small] })).not.toContain('Smaller squares');
    expect(draw({ maps: [small, mapOf()] })).toContain('Smaller squares');
  });

  test('names what cells may be, in a row, as far as there is any', () => {
    const keysOf = (...errors: ErrorMap[]): string[] =>
      legendOf(draw({ maps: errors })).filter((line) => / 116 dim: /.test(line));
    expect(keysOf(mapOf())).toEqual(['22 116 dim: right']);
    const open = mapOf({ errors: Float64Array.of(Number.NaN) });
    const odd = mapOf({ errors: Float64Array.of(Infinity) });
    const worst = mapOf({ worst: offender('w', []) });
    expect(keysOf(mapOf(), open, odd, worst)).toEqual([
      '22 116 dim: right',
      '100 116 dim: not compared',
      '234 116 dim: not a finite number',
      '424 116 dim: worst',
    ]);
    expect(keysOf(worst)).toEqual(['22 116 dim: right', '100 116 dim: worst']);
  });

  test('shows each as it is drawn', () => {
    const svg = draw({
      maps: [
        mapOf({ errors: Float64Array.of(Number.NaN) }),
        mapOf({ errors: Float64Array.of(Infinity), worst: offender('w', []) }),
      ],
    });
    const legend = svg.slice(svg.lastIndexOf('<g transform="translate(20'));
    expect(legend).toContain('<rect class="right" x="2" y="105" width="12" height="12"/>');
    expect(legend).toContain('<rect class="open" x="80" y="105" width="12" height="12"/>');
    expect(legend).toContain(
      '<rect class="s12" x="214" y="105" width="12" height="12"/><path class="cross" d="M214 105l12 12m0-12l-12 12"/>',
    );
    expect(legend).toContain(
      '<rect class="mark under" x="403" y="104" width="14" height="14"/><rect class="mark" x="403" y="104" width="14" height="14"/>',
    );
    expect(legend.match(/class="cross"/g)).toHaveLength(1);
  });

  test('has no scale where nothing was found wrong', () => {
    const svg = draw({ range: undefined, maps: [mapOf({ errors: Float64Array.of(Number.NaN) })] });
    expect(legendOf(svg)).toEqual(['22 12 dim: compared', '124 12 dim: not compared']);
    expect(svg).not.toContain('analytic / numeric');
    expect(svg).not.toContain('class="s0"');
    expect(svg).toContain(`height="${20 + 50 + 24 + 44 + 24 + 14 + 20}"`);
  });
});
