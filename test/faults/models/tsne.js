/** t-SNE: the divergence of the neighbourhoods of an embedding in the plane from given ones. One parameter, the positions. */
export default function tsne({ table }) {
  const points = 6;
  const far = table(points, 4);
  const distance = (a, b) => a.reduce((sum, u, d) => sum + (u - b[d]) ** 2, 0);
  /** Kernels of all pairs but the equal, and their sum. */
  const affinities = (rows, kernel) => {
    const pairs = rows.map((a, i) => rows.map((b, j) => (i === j ? 0 : kernel(distance(a, b)))));
    return { pairs, sum: pairs.flat().reduce((a, b) => a + b, 0) };
  };
  const given = affinities(far, (d) => Math.exp(-d / 4));
  const P = given.pairs.map((row) => row.map((v) => v / given.sum));
  const parameters = { positions: table(points, 2) };

  return {
    parameters,
    loss({ positions }) {
      const { pairs, sum } = affinities(positions, (d) => 1 / (1 + d));
      let divergence = 0;
      for (let i = 0; i < points; i += 1)
        for (let j = 0; j < points; j += 1)
          if (i !== j) divergence += P[i][j] * Math.log((P[i][j] * sum) / pairs[i][j]);
      return divergence;
    },
    gradients({ positions }) {
      const { pairs, sum } = affinities(positions, (d) => 1 / (1 + d));
      const dPositions = positions.map(() => [0, 0]);
      for (let i = 0; i < points; i += 1)
        for (let j = 0; j < points; j += 1) {
          const pull = (P[i][j] - pairs[i][j] / sum) * pairs[i][j];
          for (let d = 0; d < 2; d += 1) dPositions[i][d] += 4 * pull * (positions[i][d] - positions[j][d]);
        }
      return { positions: dPositions };
    },
  };
}
