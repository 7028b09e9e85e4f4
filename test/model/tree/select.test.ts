import { describe, expect, it } from 'vitest';
import { type Pattern, Selector } from '../../../src/model/tree/select.js';
import { thrownBy } from '../../bits.js';

const names = ['encoder.W', 'encoder.b', 'encoder2.W', 'layers[0].W', 'layers[1].W', 'parameters["a b"]'];

/** The names that are taken, of some that are all there are. */
function selected(
  only?: readonly Pattern[],
  except?: readonly Pattern[],
  all: readonly string[] = names,
): string[] {
  const selector = new Selector({ only, except });
  const taken = all.filter((name) => selector.choose(name) === 'taken');
  selector.demand(taken.length, () => all);
  return taken;
}

describe('the selection of parameters', () => {
  it('takes all when nothing is named', () => {
    expect(selected()).toEqual(names);
  });

  it.each<{ only: Pattern[]; chosen: string[] }>([
    { only: ['encoder.W'], chosen: ['encoder.W'] },
    { only: ['encoder'], chosen: ['encoder.W', 'encoder.b'] },
    { only: ['layers'], chosen: ['layers[0].W', 'layers[1].W'] },
    { only: ['layers[1]'], chosen: ['layers[1].W'] },
    { only: ['parameters["a b"]'], chosen: ['parameters["a b"]'] },
    { only: [/W$/], chosen: ['encoder.W', 'encoder2.W', 'layers[0].W', 'layers[1].W'] },
    { only: [/enc/g], chosen: ['encoder.W', 'encoder.b', 'encoder2.W'] },
    { only: [/ENC.*b$/i], chosen: ['encoder.b'] },
    { only: ['layers[1]', 'encoder.b'], chosen: ['encoder.b', 'layers[1].W'] },
  ])('takes with only: $only', ({ only, chosen }) => {
    expect(selected(only)).toEqual(chosen);
    expect(selected(undefined, only)).toEqual(names.filter((name) => !chosen.includes(name)));
  });

  it('leaves out what is in both', () => {
    expect(selected(['encoder', 'layers'], ['encoder.b', /\[0\]/])).toEqual(['encoder.W', 'layers[1].W']);
  });

  it('is the same when a pattern that remembers its place is used again', () => {
    const pattern = /W/g;
    pattern.lastIndex = 9;
    expect(selected([pattern])).toEqual(selected([/W/]));
  });

  const known = `encoder.W, encoder.b, encoder2.W, layers[0].W, layers[1].W, parameters["a b"]`;

  it.each<{ kind: string; only?: Pattern[]; except?: Pattern[]; message: string }>([
    {
      kind: 'a name that no parameter has',
      only: ['encoder.w'],
      message: `options.only: no parameter matches "encoder.w"; the parameters are ${known}.`,
    },
    {
      kind: 'the beginning of a name that is no path',
      only: ['encoder', 'layer'],
      message: `options.only: no parameter matches "layer"; the parameters are ${known}.`,
    },
    {
      kind: 'an empty name',
      except: [''],
      message: `options.except: no parameter matches ""; the parameters are ${known}.`,
    },
    {
      kind: 'a pattern that nothing matches',
      except: [/^W$/],
      message: `options.except: no parameter matches /^W$/; the parameters are ${known}.`,
    },
    {
      kind: 'all that there is',
      except: [/./],
      message: `options.only and options.except leave none to check of the parameters ${known}.`,
    },
    {
      kind: 'the same in both',
      only: ['encoder'],
      except: [/^e/],
      message: `options.only and options.except leave none to check of the parameters ${known}.`,
    },
  ])('refuses $kind', ({ only, except, message }) => {
    const error = thrownBy(() => selected(only, except));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toBe(`expect-gradients: ${message}`);
  });

  it('lists no more than a dozen names in a refusal', () => {
    const many = Array.from({ length: 30 }, (_, i) => `parameters[${i}].W`);
    const error = thrownBy(() => selected(['V'], undefined, many));
    const shown = many.slice(0, 12).join(', ');
    expect((error as Error).message).toBe(
      `expect-gradients: options.only: no parameter matches "V"; the parameters are ${shown}, … (30 in all).`,
    );
  });
});

describe('before anything is read', () => {
  it.each<{ only?: Pattern[]; except?: Pattern[]; name: string; choice: string }>([
    { name: 'encoder', choice: 'taken' },
    { only: ['encoder.W'], name: 'encoder', choice: 'searched' },
    { only: ['encoder.W'], name: 'encoder.b', choice: 'left out' },
    { only: ['encoder.W'], name: 'encoder2', choice: 'left out' },
    { only: ['layers[1]'], name: 'layers', choice: 'searched' },
    { only: ['layers[1]'], name: 'layers[10]', choice: 'left out' },
    { only: ['layers[1]'], name: 'layers[1].W', choice: 'taken' },
    // What matches may be below what does not.
    { only: [/W$/], name: 'encoder', choice: 'searched' },
    { only: [/W$/], name: 'encoder.W', choice: 'taken' },
    { only: [/W$/, 'b'], name: 'c', choice: 'searched' },
    { except: ['encoder'], name: 'encoder', choice: 'left out' },
    { except: ['encoder'], name: 'encoder.W', choice: 'left out' },
    { except: ['encoder.W'], name: 'encoder', choice: 'taken' },
    // What does not match may be below what does.
    { except: [/s$/], name: 'layers', choice: 'searched' },
    { except: [/s$/], name: 'layers[0].W', choice: 'taken' },
    { only: ['encoder'], except: ['encoder.b'], name: 'encoder.b', choice: 'left out' },
    { only: ['encoder'], except: [/b$/], name: 'encoder.b', choice: 'searched' },
    { only: ['encoder'], except: ['layers'], name: 'encoder.W', choice: 'taken' },
  ])('$name is $choice with $only and $except', ({ name, choice, only, except }) => {
    expect(new Selector({ only, except }).choose(name)).toBe(choice);
  });

  it('counts as met what a name that is left out may hold', () => {
    const selector = new Selector({ only: ['a'], except: ['b.c', 'd'] });
    for (const name of ['a', 'b']) selector.choose(name);
    expect(() => selector.demand(1, () => ['a'])).toThrow(/options.except: no parameter matches "d"/);
    selector.choose('d');
    expect(() => selector.demand(1, () => ['a'])).not.toThrow();
  });

  it('asks at once for what is to be checked, and later for what is to be left out', () => {
    const selector = new Selector({ only: ['a'], except: ['b'] });
    expect(() => selector.demandOnly(() => ['c'])).toThrow(
      /options.only: no parameter matches "a"; the parameters are c\./,
    );
    selector.choose('a');
    expect(() => selector.demandOnly(() => ['c'])).not.toThrow();
    expect(() => selector.demand(1, () => ['c'])).toThrow(/options.except: no parameter matches "b"/);
  });

  it('knows what is left out', () => {
    expect(new Selector({ only: ['a'], except: ['b', /c/, 'd'] }).leftOut).toEqual(['b', /c/, 'd']);
    expect(new Selector({ only: ['a'], except: undefined }).leftOut).toEqual([]);
  });
});
