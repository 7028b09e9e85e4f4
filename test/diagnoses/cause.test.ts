/** How causes are tried: for all together, for pairs, for each; and what becomes of what is left. */

import { describe, expect, test } from 'vitest';
import { type Cause, explainErrors } from '../../src/diagnoses/cause.js';
import type { Evidence } from '../../src/check/measurement.js';
import type { Finding } from '../../src/report.js';
import { runEvidence, contextFor, JACOBIAN, type Numbers } from './evidence.js';

/** A cause that explains the groups of these names, joined by `+`, and notes what it is asked. */
function cause(
  code: Finding['code'],
  groups: readonly string[],
  flags: Pick<Cause, 'pairwise' | 'exclusive' | 'sparse'> = {},
): Cause & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    code,
    ...flags,
    asked,
    explain(group) {
      const names = group.map(({ name }) => name).join('+');
      asked.push(names);
      return groups.includes(names)
        ? { evidence: { entries: group.length }, title: `${code} of ${names}.`, advice: 'Look.' }
        : undefined;
    },
  };
}

const FALLBACK = cause('unexplained', ['a', 'b', 'c', 'd', 'a+b', 'a+c', 'b+c', 'a+b+c']);
const wrong: Numbers = { analytic: [1, 2], numeric: [2, 1] };
const right: Numbers = { analytic: [1, 2], numeric: [1, 2] };

/** What is found: code, parameter, and the group that it is said of. */
function found(
  causes: readonly Cause[],
  all: readonly Numbers[],
  other: Partial<Evidence> = {},
): (readonly [string, string | undefined, string])[] {
  return explainErrors(causes, FALLBACK, contextFor(all, other)).map(({ code, parameter, title }) => [
    code,
    parameter,
    title,
  ]);
}

describe('one wrong parameter', () => {
  test('is explained by the first cause that does', () => {
    const [first, second, third] = [cause('scaled', []), cause('offset', ['a']), cause('kink', ['a'])];
    expect(found([first, second, third], [wrong])).toEqual([['offset', 'a', 'offset of a.']]);
    expect([first.asked, second.asked, third.asked]).toEqual([['a'], ['a'], []]);
  });

  test('or by none, and is asked about once', () => {
    const only = cause('scaled', []);
    expect(found([only], [wrong, right])).toEqual([['unexplained', 'a', 'unexplained of a.']]);
    expect(only.asked).toEqual(['a']);
  });
});

describe('what a cause explains one by one', () => {
  test('is one finding where it explains them together too', () => {
    const factor = cause('scaled', ['a', 'b', 'a+b']);
    expect(found([factor, cause('offset', ['c'])], [wrong, wrong, wrong])).toEqual([
      ['scaled', 'b', 'scaled of a+b.'],
      ['offset', 'c', 'offset of c.'],
    ]);
  });

  test('is several where it does not', () => {
    const factor = cause('scaled', ['a', 'b']);
    expect(found([factor], [wrong, wrong])).toEqual([
      ['scaled', 'b', 'scaled of b.'],
      ['scaled', 'a', 'scaled of a.'],
    ]);
  });
});

test('a finding has the code, the names and what the cause says', () => {
  const [finding] = explainErrors([cause('offset', ['a'])], FALLBACK, contextFor([wrong]));
  expect(finding).toStrictEqual({
    code: 'offset',
    parameter: 'a',
    evidence: { entries: 1 },
    title: 'offset of a.',
    advice: 'Look.',
  });
});

describe('several', () => {
  test('are explained together before one by one, and then without a name', () => {
    const first = cause('scaled', ['a', 'b']);
    const second = cause('offset', ['a+b']);
    expect(found([first, second], [wrong, wrong])).toEqual([['offset', undefined, 'offset of a+b.']]);
    expect(first.asked).toEqual(['a+b']);
  });

  test('or each by itself: by the order of the causes, from the output backwards', () => {
    const causes = [cause('scaled', ['b']), cause('offset', ['a', 'c'])];
    expect(found(causes, [wrong, wrong, wrong])).toEqual([
      ['scaled', 'b', 'scaled of b.'],
      ['offset', 'c', 'offset of c.'],
      ['offset', 'a', 'offset of a.'],
    ]);
  });

  test('and what no cause explains is said of all that is left, and named after its last', () => {
    expect(found([cause('scaled', ['b'])], [wrong, wrong, wrong])).toEqual([
      ['scaled', 'b', 'scaled of b.'],
      ['unexplained', 'c', 'unexplained of a+c.'],
    ]);
  });

  test('right ones among them are nobody’s concern', () => {
    const only = cause('offset', ['b+c']);
    expect(found([only], [right, wrong, wrong])).toEqual([['offset', undefined, 'offset of b+c.']]);
  });
});

test('blocks of one parameter name it', () => {
  const block = (output: string, name = 'W'): Numbers => ({ ...wrong, name, output });
  const about = (groups: string[], all: Numbers[]): unknown =>
    explainErrors([cause('scaled', groups)], FALLBACK, contextFor(all, JACOBIAN)).map(
      ({ parameter, output }) => [parameter, output],
    );
  expect(about(['W+W'], [block('y'), block('z')])).toEqual([['W', undefined]]);
  expect(about(['W+b'], [block('y'), block('z', 'b')])).toEqual([[undefined, undefined]]);
  expect(about(['W'], [block('y')])).toEqual([['W', 'y']]);
});

describe('pairs', () => {
  test('are tried where there are more than two, by causes that are about pairs alone', () => {
    const alone = cause('scaled', ['a+b']);
    const pairwise = cause('permuted', ['a+c'], { pairwise: true });
    expect(found([alone, pairwise], [wrong, wrong, wrong])).toEqual([
      ['permuted', 'c', 'permuted of a+c.'],
      ['unexplained', 'b', 'unexplained of b.'],
    ]);
    // Together; in pairs, until a and c are gone; by themselves.
    expect(pairwise.asked).toEqual(['a+b+c', 'a+b', 'a+c', 'b']);
    expect(alone.asked).toEqual(['a+b+c', 'b']);
  });

  test('two are all there is, and are tried once', () => {
    const pairwise = cause('permuted', [], { pairwise: true });
    found([pairwise], [wrong, wrong]);
    expect(pairwise.asked).toEqual(['a+b', 'a', 'b']);
  });

  test('of other sizes are none', () => {
    const long = { analytic: [1, 2, 3], numeric: [2, 1, 5] };
    const pairwise = cause('permuted', ['a+c', 'a+b', 'b+c'], { pairwise: true });
    found([pairwise], [wrong, long, long]);
    expect(pairwise.asked).toEqual(['a+b+c', 'b+c', 'a']);
  });

  test('no parameter is in two of them', () => {
    const pairwise = cause('permuted', ['a+b', 'a+c', 'b+d', 'c+d'], { pairwise: true });
    expect(found([pairwise], [wrong, wrong, wrong, wrong])).toEqual([
      ['permuted', 'd', 'permuted of c+d.'],
      ['permuted', 'b', 'permuted of a+b.'],
    ]);
  });

  test('are told from the output backwards, by their last', () => {
    const pairwise = cause('permuted', ['a+d', 'b+c'], { pairwise: true });
    expect(found([pairwise], [wrong, wrong, wrong, wrong]).map(([, parameter]) => parameter)).toEqual([
      'd',
      'c',
    ]);
  });

  test('are tried of up to 64', () => {
    const many = (count: number): string[] => {
      const pairwise = cause('permuted', [], { pairwise: true });
      const all = Array.from({ length: count }, (_, k) => ({ ...wrong, name: `p${k}` }));
      found([pairwise], all);
      return pairwise.asked.filter((names) => names.split('+').length === 2);
    };
    expect(many(64)).toHaveLength((64 * 63) / 2);
    expect(many(65)).toEqual([]);
  });
});

describe('an exclusive cause', () => {
  const exclusive = (groups: string[]): Cause => cause('offset', groups, { exclusive: true });

  test('is believed where all is explained', () => {
    expect(found([exclusive(['a']), cause('scaled', ['b'])], [wrong, wrong])).toEqual([
      ['offset', 'a', 'offset of a.'],
      ['scaled', 'b', 'scaled of b.'],
    ]);
    expect(found([exclusive(['a+b'])], [wrong, wrong])).toEqual([['offset', undefined, 'offset of a+b.']]);
  });

  test('not where anything is left', () => {
    expect(found([exclusive(['a']), cause('scaled', ['b'])], [wrong, wrong, wrong])).toEqual([
      ['scaled', 'b', 'scaled of b.'],
      ['unexplained', 'c', 'unexplained of a+c.'],
    ]);
  });

  test('nor where only a part was checked', () => {
    const part: Numbers = { analytic: [1, 2, 3], numeric: [2, 1, 4], due: [0, 2] };
    expect(found([exclusive(['a']), cause('scaled', ['a'])], [part])).toEqual([
      ['scaled', 'a', 'scaled of a.'],
    ]);
    expect(found([exclusive(['a'])], [part])).toEqual([['unexplained', 'a', 'unexplained of a.']]);
  });
});

describe('few wrong entries of a parameter', () => {
  const few: Numbers = {
    ...wrong,
    runs: runEvidence({ widespread: false, complete: true, unseen: 0 }),
  };

  test('are explained by causes that may be about few', () => {
    const usual = cause('scaled', ['a']);
    const sparse = cause('isolated-entries', ['a'], { sparse: true });
    expect(found([usual, sparse], [few])).toEqual([['isolated-entries', 'a', 'isolated-entries of a.']]);
    expect(usual.asked).toEqual([]);
  });

  test('so are groups with one such parameter among them', () => {
    const usual = cause('scaled', ['a+b', 'a', 'b']);
    const sparse = cause('isolated-entries', ['b'], { sparse: true });
    found([usual, sparse], [wrong, few]);
    expect([usual.asked, sparse.asked]).toEqual([['a'], ['a+b', 'b']]);
  });

  test('are left to no cause at last', () => {
    expect(found([cause('scaled', ['a'])], [few])).toEqual([['unexplained', 'a', 'unexplained of a.']]);
  });
});

test('where nothing is wrong nothing is explained', () => {
  const any = cause('scaled', ['', 'a']);
  expect(found([any], [right])).toEqual([]);
  expect(any.asked).toEqual([]);
});
