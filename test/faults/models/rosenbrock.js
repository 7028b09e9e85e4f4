/** The valley of Rosenbrock in four dimensions: its gradient, its Hessian, and products of that with a vector. */
export default function rosenbrock({ normals }) {
  const count = 4;
  const parameters = Float64Array.from(normals(count));

  return {
    parameters,
    gradients(x) {
      const g = new Float64Array(count);
      for (let i = 0; i + 1 < count; i += 1) {
        const rise = x[i + 1] - x[i] ** 2;
        g[i] -= 400 * x[i] * rise + 2 * (1 - x[i]);
        g[i + 1] += 200 * rise;
      }
      return g;
    },
    hessian(x) {
      const H = Array.from({ length: count }, () => Array(count).fill(0));
      for (let i = 0; i + 1 < count; i += 1) {
        H[i][i] += 1200 * x[i] ** 2 - 400 * x[i + 1] + 2;
        H[i + 1][i + 1] += 200;
        H[i][i + 1] -= 400 * x[i];
        H[i + 1][i] -= 400 * x[i];
      }
      return H;
    },
    hvp(x, v) {
      const product = new Float64Array(count);
      for (let i = 0; i + 1 < count; i += 1) {
        const rise = x[i + 1] - x[i] ** 2;
        const change = v[i + 1] - 2 * x[i] * v[i];
        product[i] += 2 * v[i] - 400 * (v[i] * rise + x[i] * change);
        product[i + 1] += 200 * change;
      }
      return product;
    },
  };
}
