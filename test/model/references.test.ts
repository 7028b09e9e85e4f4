import { describe, expect, it } from 'vitest';
import { isIntact, mend, readKey, referencesTo, writeKey } from '../../src/model/references.js';

describe('a key', () => {
  it('is read and written in an object, an array or a Map', () => {
    for (const holder of [{ a: 1 }, new Map([['a', 1]])] as object[]) {
      expect(readKey(holder, 'a')).toBe(1);
      expect(writeKey(holder, 'a', 2)).toBe(true);
      expect(readKey(holder, 'a')).toBe(2);
      expect(readKey(holder, 'b')).toBeUndefined();
    }
    const list = [1, 2];
    expect(writeKey(list, 1, 3)).toBe(true);
    expect([readKey(list, 0), readKey(list, 1)]).toEqual([1, 3]);
    // A field of a Map is none of its entries.
    expect(readKey(new Map(), 'size')).toBeUndefined();
  });

  it('tells where an assignment takes no effect', () => {
    const frozen = Object.freeze({ a: 1 });
    expect(writeKey(frozen, 'a', 2)).toBe(false);
    expect(frozen.a).toBe(1);
  });
});

describe('a reference', () => {
  const held = [1];

  it('is to an object', () => {
    const holder = { held };
    expect(referencesTo(holder, 'held', held)).toEqual([{ holder, key: 'held', held, isHeld: true }]);
    for (const other of [1, null, undefined, 'text'])
      expect(referencesTo({ other }, 'other', other)).toEqual([]);
  });

  it('is none where each reading gives another', () => {
    const holder = {
      get held(): number[] {
        return [1];
      },
    };
    expect(referencesTo(holder, 'held', holder.held)).toEqual([]);
  });

  it('can be put back but for what a getter alone gives', () => {
    class Getter {
      get held(): number[] {
        return held;
      }
    }
    class Accessor extends Getter {
      override get held(): number[] {
        return held;
      }
      override set held(_: number[]) {
        return;
      }
    }
    class Hidden extends Accessor {
      override get held(): number[] {
        return held;
      }
    }
    const isHeld = (holder: object, key: string | number = 'held'): unknown =>
      referencesTo(holder, key, held)[0]?.isHeld;
    expect(isHeld(new Getter())).toBe(false);
    expect(isHeld(new Accessor())).toBe(true);
    expect(isHeld(new Hidden())).toBe(false);
    expect(isHeld([held], 0)).toBe(true);
    expect(isHeld(new Map([['held', held]]))).toBe(true);
    expect(isHeld(Object.create({ held }) as object)).toBe(true);
  });

  it('is intact while the same object stands there', () => {
    const holder = { held };
    const [reference] = referencesTo(holder, 'held', held);
    expect(isIntact(reference!)).toBe(true);
    holder.held = [1];
    expect(isIntact(reference!)).toBe(false);
  });

  it('is mended where another object stands there', () => {
    const holder = new Map([['held', held]]);
    const [reference] = referencesTo(holder, 'held', held);
    holder.delete('held');
    mend(reference!);
    expect(holder.get('held')).toBe(held);
  });

  it('is not assigned unasked', () => {
    const assigned: unknown[] = [];
    let other: number[] | undefined;
    const holder = {
      get held() {
        return other ?? held;
      },
      set held(value) {
        assigned.push(value);
        other = undefined;
      },
    };
    const [reference] = referencesTo(holder, 'held', held);
    mend(reference!);
    expect(assigned).toEqual([]);
    other = [2];
    mend(reference!);
    expect(assigned).toEqual([held]);
    expect(holder.held).toBe(held);
  });
});
