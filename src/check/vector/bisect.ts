/**
 * Where a product with a vector is wrong: its error is the sum of those of the vector's parts, so that halves lead to one entry in as
 * many products as the vector's length has binary digits. Assumes that the product is linear, which is checked before.
 */

/**
 * The entry of [from, to) to which the larger part of an error leads.
 * @param error the error of the whole run
 * @param errorOf asks for that of a part
 */
export function* bisect<Asked>(
  run: { readonly from: number; readonly to: number },
  error: number,
  errorOf: (from: number, to: number) => Generator<Asked, number, void>,
): Generator<Asked, number, void> {
  let { from, to } = run;
  let whole = error;
  while (to - from > 1) {
    const middle = from + Math.floor((to - from) / 2);
    const first = yield* errorOf(from, middle);
    const second = whole - first;
    if (Math.abs(first) >= Math.abs(second)) [to, whole] = [middle, first];
    else [from, whole] = [middle, second];
  }
  return from;
}
