/** θ + d as it is stored, in a copy of the same kind. */
export function displaced<Numbers extends Float64Array | Float32Array | number[]>(
  values: Numbers,
  deltas: Float64Array | undefined,
): Numbers {
  const moved = values.slice() as Numbers;
  if (deltas !== undefined) for (let i = 0; i < moved.length; i += 1) moved[i]! += deltas[i]!;
  return moved;
}
