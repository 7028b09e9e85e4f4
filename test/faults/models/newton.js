/** Logistic regression as Newton's method needs it: the gradient, the Hessian by blocks of parameters, and products of it with a vector. */
export default function newton({ normals, table }) {
  const inputs = 3;
  const X = table(7, inputs);
  const labels = [1, 0, 1, 1, 0, 0, 1];
  const lambda = 0.05;
  const parameters = { w: Float64Array.from(normals(inputs)), intercept: 0.4 };
  const chance = (p, x) => 1 / (1 + Math.exp(-x.reduce((sum, v, j) => sum + p.w[j] * v, p.intercept)));
  const spread = (p, x) => (chance(p, x) * (1 - chance(p, x))) / X.length;

  return {
    parameters,
    gradients(p) {
      const w = p.w.map((v) => lambda * v);
      let intercept = 0;
      X.forEach((x, s) => {
        const delta = (chance(p, x) - labels[s]) / X.length;
        intercept += delta;
        for (let j = 0; j < inputs; j += 1) w[j] += delta * x[j];
      });
      return { w, intercept };
    },
    hessian(p) {
      const ww = Array.from(p.w, (_, i) => Array.from(p.w, (_u, j) => (i === j ? lambda : 0)));
      const wi = Array(inputs).fill(0);
      let ii = 0;
      for (const x of X) {
        const weight = spread(p, x);
        ii += weight;
        for (let i = 0; i < inputs; i += 1) {
          wi[i] += weight * x[i];
          for (let j = 0; j < inputs; j += 1) ww[i][j] += weight * x[i] * x[j];
        }
      }
      return { w: { w: ww, intercept: wi }, intercept: { w: wi, intercept: ii } };
    },
    hvp(p, v) {
      const w = v.w.map((u) => lambda * u);
      let intercept = 0;
      for (const x of X) {
        const change = x.reduce((sum, u, j) => sum + v.w[j] * u, v.intercept) * spread(p, x);
        intercept += change;
        for (let j = 0; j < inputs; j += 1) w[j] += change * x[j];
      }
      return { w, intercept };
    },
  };
}
