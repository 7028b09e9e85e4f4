/** The Rayleigh quotient of a symmetric matrix, on two vectors: their lengths are divided out. Nested arrays. */
export default function rayleigh({ table }) {
  const [count, width] = [2, 4];
  const half = table(width, width);
  const A = half.map((row, i) => row.map((a, j) => a + half[j][i]));
  const parameters = { v: table(count, width) };
  const dot = (a, b) => a.reduce((sum, u, i) => sum + u * b[i], 0);
  const times = (v) => A.map((row) => dot(row, v));
  const quotient = (v) => dot(v, times(v)) / dot(v, v);

  return {
    parameters,
    loss: ({ v }) => v.reduce((sum, row, k) => sum + (k + 1) * quotient(row), 0),
    gradients({ v }) {
      const dv = v.map((row, k) => {
        const [along, weight] = [quotient(row), (2 * (k + 1)) / dot(row, row)];
        return times(row).map((a, i) => weight * (a - along * row[i]));
      });
      return { v: dv };
    },
  };
}
