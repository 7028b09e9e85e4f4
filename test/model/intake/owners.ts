/** Objects of all kinds that hold a unit's two values and their gradients, under any names. */

/** The names under which a unit has them. */
export interface Names {
  readonly w: string;
  readonly b: string;
  readonly dw: string;
  readonly db: string;
}

/** A unit: what is handed over, how its fields are reached, and the names of its parameters. */
export interface Unit {
  readonly parameters: unknown;
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  nameOf(key: string): string;
}

type Fields = Record<string, unknown>;

function ofRecord(record: Fields, parameters: unknown, nameOf: (key: string) => string): Unit {
  return {
    parameters,
    get: (key) => record[key],
    set: (key, value) => {
      record[key] = value;
    },
    nameOf,
  };
}

/** A class whose fields are private, each behind a getter and a setter. */
function withAccessors(fields: Fields): Fields {
  const hidden = new Map(Object.entries(fields));
  // oxlint-disable-next-line typescript/no-extraneous-class -- its accessors are made of the fields
  class Unit {}
  for (const key of hidden.keys())
    Object.defineProperty(Unit.prototype, key, {
      get: () => hidden.get(key),
      set: (value) => {
        hidden.set(key, value);
      },
    });
  return new Unit() as Fields;
}

/** By kinds, ways to make a unit of its fields. */
export const owners: readonly (readonly [kind: string, make: (fields: Fields) => Unit])[] = [
  ['a record', (fields) => ofRecord(fields, fields, (key) => key)],
  [
    'an instance with methods',
    (fields) => {
      class Layer {
        forward(): void {}
      }
      const layer = Object.assign(new Layer(), fields) as Fields;
      return ofRecord(layer, layer, (key) => key);
    },
  ],
  [
    'private fields behind accessors',
    (fields) => {
      const unit = withAccessors(fields);
      return ofRecord(unit, unit, (key) => key);
    },
  ],
  ['layers in a list', (fields) => ofRecord(fields, [fields], (key) => `parameters[0].${key}`)],
  ['a network of layers', (fields) => ofRecord(fields, { layers: [fields] }, (key) => `layers[0].${key}`)],
  [
    'a Map',
    (fields) => {
      const map = new Map(Object.entries(fields));
      return {
        parameters: map,
        get: (key) => map.get(key),
        set: (key, value) => {
          map.set(key, value);
        },
        nameOf: (key) => key,
      };
    },
  ],
  [
    'a Map in a record',
    (fields) => {
      const map = new Map(Object.entries(fields));
      return {
        parameters: { encoder: map },
        get: (key) => map.get(key),
        set: (key, value) => {
          map.set(key, value);
        },
        nameOf: (key) => `encoder.${key}`,
      };
    },
  ],
];

const INPUTS = [0.7, -1.3];
const TARGET = 0.4;

/** The fields of a unit, its gradients not yet made: nothing, or zeros. */
export function fieldsOf({ w, b, dw, db }: Names, unmade: 'zeros' | 'null' | 'absent'): Fields {
  const values: Fields = { [w]: [0.6, 0.2], [b]: 0.1 };
  if (unmade === 'absent') return values;
  return { ...values, [dw]: unmade === 'zeros' ? [0, 0] : null, [db]: unmade === 'zeros' ? 0 : null };
}

/** ½ (tanh(w x + b) − t)² of a unit. */
export function lossOf(unit: Unit, { w, b }: Names): number {
  return errorOf(unit.get(w) as number[], unit.get(b) as number) ** 2 / 2;
}

/** Its gradients by w and b, the second times a factor. */
export function slopesOf(unit: Unit, { w, b }: Names, factor: number): readonly [number[], number] {
  const error = errorOf(unit.get(w) as number[], unit.get(b) as number);
  const delta = error * (1 - (error + TARGET) ** 2);
  return [INPUTS.map((x) => delta * x), factor * delta];
}

function errorOf(w: readonly number[], b: number): number {
  return Math.tanh(INPUTS.reduce((sum, x, i) => sum + w[i]! * x, b)) - TARGET;
}
