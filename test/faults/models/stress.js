/** Weighted stress of a drawing of a graph, by coordinate and node, with a buffer for the gradient that each call reuses. */
export default function stress({ normals }) {
  const nodes = 5;
  const [x, y] = [normals(nodes), normals(nodes)];
  const ideal = (i, j) => 1 + Math.abs(i - j) / 2;
  const weight = (i, j) => 1 / ideal(i, j) ** 2;
  const buffer = [new Float64Array(nodes), new Float64Array(nodes)];

  return {
    parameters: [Float64Array.from(x), Float64Array.from(y)],
    loss([xs, ys]) {
      let total = 0;
      for (let i = 0; i < nodes; i += 1)
        for (let j = 0; j < i; j += 1)
          total += weight(i, j) * (Math.hypot(xs[i] - xs[j], ys[i] - ys[j]) - ideal(i, j)) ** 2;
      return total;
    },
    gradients([xs, ys]) {
      const [dx, dy] = buffer;
      dx.fill(0);
      dy.fill(0);
      for (let i = 0; i < nodes; i += 1)
        for (let j = 0; j < nodes; j += 1) {
          if (i === j) continue;
          const length = Math.hypot(xs[i] - xs[j], ys[i] - ys[j]);
          const force = (2 * weight(i, j) * (length - ideal(i, j))) / length;
          dx[i] += force * (xs[i] - xs[j]);
          dy[i] += force * (ys[i] - ys[j]);
        }
      return [dx, dy];
    },
  };
}
