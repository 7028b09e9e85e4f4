/** Masses on a line between springs that stiffen: the forces, their derivatives, and products of these with a displacement. */
export default function springs({ normals }) {
  const masses = 4;
  const parameters = { position: Float64Array.from(normals(masses)) };
  const stiffness = Array.from({ length: masses }, () => Array(masses).fill(0));
  for (let i = 0; i < masses; i += 1)
    for (let j = 0; j <= i; j += 1) {
      const joint = i === j ? 4 : -1 / (i - j);
      stiffness[i][j] = joint;
      stiffness[j][i] = joint;
    }
  const times = (v) => stiffness.map((row) => row.reduce((sum, k, j) => sum + k * v[j], 0));

  return {
    parameters,
    gradients({ position }) {
      return { position: times(position).map((force, i) => force + position[i] ** 3) };
    },
    hessian({ position }) {
      const bend = position.map((u) => 3 * u ** 2);
      return { position: stiffness.map((row, i) => row.map((k, j) => (i === j ? k + bend[i] : k))) };
    },
    hvp({ position }, { position: v }) {
      const linear = times(v);
      return { position: linear.map((force, i) => force + 3 * position[i] ** 2 * v[i]) };
    },
  };
}
