/** Numbers of 32 bits, or a text → one of 32 bits that tells them from others: FNV-1a (Fowler, Noll, Vo and Eastlake, RFC 9923). */

/** The offset basis and the prime of FNV-1a for 32 bits. */
export const FNV_BASIS = 0x811c9dc5;
export const FNV_PRIME = 0x01000193;

/**
 * The hash of some numbers, with 32 bits of each in one round, where the RFC has octets. Signed, as the operators of the language are.
 * @param basis what it starts from: another one gives another hash of the same numbers
 * @param prime an odd one: two hashes with different primes collide together as rarely as one of 64 bits
 */
export function hashOf(
  words: ArrayLike<number>,
  basis: number = FNV_BASIS,
  prime: number = FNV_PRIME,
): number {
  let hash = basis | 0;
  for (let k = 0; k < words.length; k += 1) hash = Math.imul(hash ^ words[k]!, prime);
  return hash;
}

/** The hash of a text, by its UTF-16 units. */
export function hashOfText(text: string, basis: number = FNV_BASIS): number {
  return hashOf(
    Array.from({ length: text.length }, (_, k) => text.charCodeAt(k)),
    basis,
  );
}
