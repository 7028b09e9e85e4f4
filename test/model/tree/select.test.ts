import { describe, expect, it } from 'vitest';
import { listParameters } from '../../../src/model/tree/parameters.js';
import { type Pattern, selectParameters } from '../../../src/model/tree/select.js';
import { thrownBy } from '../../bits.js';

const all = listParameters(
  {
    value: {
      encoder: { W: [1], b: [2] },
      encoder2: { W: [3] },
      layers: [{ W: [4] }, { W: [5] }],
      'a b': 6,
    },
  },
  [],
);

function selected(only?: readonly Pattern[], except?: readonly Pattern[]): string[] {
  return selectParameters(all, { only, except }).map(({ name }) => name);
}

const names = ['encoder.W', 'encoder.b', 'encoder2.W', 'layers[0].W', 'layers[1].W', 'parameters["a b"]'];

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
    const many = listParameters({ value: Array.from({ length: 30 }, (_, i) => ({ W: i })) }, []);
    const error = thrownBy(() => selectParameters(many, { only: ['V'], except: undefined }));
    const shown = Array.from({ length: 12 }, (_, i) => `parameters[${i}].W`).join(', ');
    expect((error as Error).message).toBe(
      `expect-gradients: options.only: no parameter matches "V"; the parameters are ${shown}, … (30 in all).`,
    );
  });
});
