/** Logistic regression with weighted samples, an L1 penalty on the weights, and an intercept that is a single number. */
export default function logistic({ normals, table }) {
  const inputs = 6;
  const X = table(9, inputs);
  const labels = [1, -1, 1, 1, -1, -1, 1, -1, 1];
  const weights = [1, 2, 0.5, 1, 1.5, 1, 0.7, 1, 1.2];
  const lambda = 0.05;
  const w = normals(inputs);
  const parameters = { w: Float64Array.from(w), intercept: 0.4 };
  const margin = (p, s) => labels[s] * X[s].reduce((sum, x, j) => sum + p.w[j] * x, p.intercept);

  return {
    X,
    parameters,
    loss(p) {
      let total = 0;
      for (let s = 0; s < X.length; s += 1)
        total += (weights[s] * Math.log1p(Math.exp(-margin(p, s)))) / X.length;
      for (const v of p.w) total += lambda * Math.abs(v);
      return total;
    },
    gradients(p) {
      const dw = new Float64Array(inputs);
      let dIntercept = 0;
      for (let s = 0; s < X.length; s += 1) {
        const slope = (-weights[s] * labels[s]) / (1 + Math.exp(margin(p, s))) / X.length;
        dIntercept += slope;
        for (let j = 0; j < inputs; j += 1) dw[j] += slope * X[s][j];
      }
      for (let j = 0; j < inputs; j += 1) dw[j] += p.w[j] > 0 ? lambda : -lambda;
      return { w: dw, intercept: dIntercept };
    },
  };
}
