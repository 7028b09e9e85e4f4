/** Layer normalisation by itself, with an ε that counts, on two rows: a backward pass. Nested arrays. */
export default function normLayer({ normals, table }) {
  const width = 4;
  const eps = 0.1;
  const parameters = {
    gamma: Float64Array.from(normals(width), (v) => 1 + v / 4),
    beta: Float64Array.from(normals(width)),
    x: table(2, width),
  };
  const mean = (a) => a.reduce((sum, v) => sum + v, 0) / a.length;
  const normalised = (row) => {
    const mu = mean(row);
    const sigma = Math.sqrt(mean(row.map((u) => (u - mu) ** 2)) + eps);
    return { sigma, z: row.map((u) => (u - mu) / sigma) };
  };

  return {
    parameters,
    outputs({ gamma, beta, x }) {
      return x.map((row) => normalised(row).z.map((u, i) => gamma[i] * u + beta[i]));
    },
    vjp({ gamma, x }, cotangent) {
      const dgamma = new Float64Array(width);
      const dbeta = new Float64Array(width);
      const dx = x.map((row, s) => {
        const { sigma, z } = normalised(row);
        const above = cotangent[s];
        const dz = above.map((d, i) => d * gamma[i]);
        const along = mean(dz.map((d, i) => d * z[i]));
        const level = mean(dz);
        for (let i = 0; i < width; i += 1) {
          dgamma[i] += above[i] * z[i];
          dbeta[i] += above[i];
        }
        return z.map((u, i) => (dz[i] - level - u * along) / sigma);
      });
      return { gamma: dgamma, beta: dbeta, x: dx };
    },
  };
}
