/** The strain of a body with a symmetric matrix of stiffness, under several displacements. Nested arrays. */
export default function stiffness({ normals, table }) {
  const size = 3;
  const displacements = table(4, size);
  const half = table(size, size);
  const parameters = { K: half.map((row, i) => row.map((a, j) => a + half[j][i] + (i === j ? 4 : 0))) };
  const loads = normals(displacements.length);
  const read = (K, i, j) => K[i][j];
  const energy = (K, u) =>
    u.reduce((sum, a, i) => sum + u.reduce((rest, b, j) => rest + a * b * read(K, i, j), 0), 0);

  return {
    parameters,
    loss: ({ K }) => displacements.reduce((sum, u, s) => sum + loads[s] * Math.log1p(energy(K, u) ** 2), 0),
    gradients({ K }) {
      const dK = K.map((row) => row.map(() => 0));
      displacements.forEach((u, s) => {
        const strain = energy(K, u);
        const weight = (2 * loads[s] * strain) / (1 + strain ** 2);
        for (let i = 0; i < size; i += 1)
          for (let j = 0; j < size; j += 1) {
            dK[i][j] += weight * u[i] * u[j];
          }
      });
      return { K: dK };
    },
  };
}
