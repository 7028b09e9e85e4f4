import { describe, expect, it } from 'vitest';
import type { Misfit } from '../../../src/model/tree/misfit.js';
import { type Around, refusal, wayOut } from '../../../src/model/tree/way-out.js';
import { rootOf } from '../../trees.js';

const named = (...names: string[]): { name: string }[] => names.map((name) => ({ name }));
const around = (kept: readonly string[] = [], leftOut: Around['selector']['leftOut'] = []): Around => ({
  root: rootOf({}),
  leaves: named(...kept),
  selector: { leftOut },
});

describe('the way out', () => {
  it.each<[readonly string[], readonly string[], string]>([
    [['a'], ['w'], "leave it out with { except: 'a' }."],
    [
      ['a', 'b'],
      ['w'],
      "leave it out with { except: 'a' }, or with all 2 that have to be: { except: ['a', 'b'] }.",
    ],
    // What lies below a container of which nothing else is left goes by its name.
    [
      ['u.a', 'u.b'],
      ['w'],
      "leave it out with { except: 'u.a' }, or with all 2 that have to be: { except: 'u' }.",
    ],
    [
      ['u.a', 'u.b'],
      ['u.w'],
      "leave it out with { except: 'u.a' }, or with all 2 that have to be: { except: ['u.a', 'u.b'] }.",
    ],
    [
      ['u.a', 'v.b'],
      ['w'],
      "leave it out with { except: 'u.a' }, or with all 2 that have to be: { except: ['u.a', 'v.b'] }.",
    ],
    [
      ['u.a', 'u.b', 'x'],
      ['uw', 'w'],
      "leave it out with { except: 'u.a' }, or with all 3 that have to be: { except: ['u', 'x'] }.",
    ],
    [
      ['l[0].a', 'l[0].b', 'l[1].a'],
      ['l[1].w'],
      "leave it out with { except: 'l[0].a' }, or with all 3 that have to be: { except: ['l[0]', 'l[1].a'] }.",
    ],
    [
      ['l[0].a', 'l[1].a'],
      ['w'],
      "leave it out with { except: 'l[0].a' }, or with all 2 that have to be: { except: 'l' }.",
    ],
    [
      ['parameters[0]', 'parameters[1]'],
      [],
      "leave it out with { except: 'parameters[0]' }, or with all 2 that have to be: { except: ['parameters[0]', 'parameters[1]'] }.",
    ],
    // The fields of many objects go by a pattern, where nothing else is called like that.
    [
      ['l[0].id', 'l[1].id', 'l[2].id', 'l[3].id'],
      ['l[0].w', 'l[1].w', 'l[2].w', 'l[3].w'],
      "leave it out with { except: 'l[0].id' }, or with all 4 that have to be: { except: /\\.id$/ }.",
    ],
    [
      ['l[0].id', 'l[1].id', 'l[2].id', 'n'],
      ['l[0].w', 'l[1].w', 'l[2].w', 'm.id'],
      "leave it out with { except: 'l[0].id' }, or with all 4 that have to be: { except: ['l[0].id', 'l[1].id', 'l[2].id', 'n'] }.",
    ],
    [
      ['l[0].id', 'l[1].id', 'l[2].no', 'n'],
      ['l[0].w', 'l[1].w', 'l[2].w'],
      "leave it out with { except: 'l[0].id' }, or with all 4 that have to be: { except: [/\\.id$/, 'l[2].no', 'n'] }.",
    ],
    [['parameters["a\'b"]'], [], 'leave it out with { except: "parameters[\\"a\'b\\"]" }.'],
  ])('of %o, where %o are kept', (left, kept, text) => {
    expect(wayOut(named(...left), around(kept))).toBe(text);
  });

  it('keeps what is left out already', () => {
    expect(wayOut(named('a'), around([], ['x', /y$/g]))).toBe(
      "leave it out with { except: ['x', /y$/g, 'a'] }.",
    );
    expect(wayOut(named('a', 'b'), around([], ['x']))).toBe(
      "leave it out with { except: ['x', 'a'] }, or with all 2 that have to be: { except: ['x', 'a', 'b'] }.",
    );
  });
});

describe('a refusal', () => {
  const misfit = (name: string, more: Partial<Misfit> = {}): Misfit => ({
    name,
    text: `${name} is wrong`,
    advice: '',
    isCertain: true,
    canBeLeftOut: true,
    ...more,
  });

  it('says what is wrong, what to do about it, and how to leave it out', () => {
    expect(refusal([misfit('a')], around())).toBe("a is wrong. Leave it out with { except: 'a' }.");
    expect(refusal([misfit('a', { advice: 'Use another.' })], around())).toBe(
      "a is wrong. Use another. Leave it out with { except: 'a' }.",
    );
    expect(refusal([misfit('a', { advice: 'Use another.', canBeLeftOut: false })], around())).toBe(
      'a is wrong. Use another.',
    );
  });

  it('names all that has to be left out, but no single number', () => {
    expect(
      refusal([misfit('a'), misfit('W[1]', { canBeLeftOut: false }), misfit('b')], around(), named('c')),
    ).toBe(
      "a is wrong. Leave it out with { except: 'a' }, or with all 3 that have to be: { except: ['a', 'b', 'c'] }.",
    );
  });

  it('of the tree itself has no way out, but of a function one', () => {
    expect(refusal([misfit('parameters')], around())).toBe('parameters is wrong.');
    const root = { ...rootOf(() => 1) };
    expect(refusal([misfit('parameters')], { ...around(), root })).toBe(
      'parameters is wrong. Hand over what it returns.',
    );
  });

  it('of what was returned has none either', () => {
    const root = { ...rootOf({}), name: 'outputs' };
    expect(refusal([misfit('outputs.a')], { ...around(), root })).toBe(
      'outputs.a is wrong. Return only what is differentiated.',
    );
    expect(refusal([misfit('outputs.a', { isCertain: false })], { ...around(), root })).toBe(
      'outputs.a is wrong.',
    );
  });
});
