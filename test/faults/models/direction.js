/** A linear model whose weights are a direction and a gain, w = g v / |v|; mean squared error. */
export default function direction({ normals, table }) {
  const inputs = 4;
  const X = table(6, inputs);
  const targets = normals(6);
  const parameters = { v: Float64Array.from(normals(inputs)), gain: 1.4 };
  const forward = ({ v, gain }) => {
    const length = Math.hypot(...v);
    const u = v.map((x) => x / length);
    const outputs = X.map((x) => x.reduce((sum, a, i) => sum + a * u[i], 0));
    return { length, u, outputs, errors: outputs.map((y, s) => gain * y - targets[s]) };
  };

  return {
    parameters,
    loss: (p) => forward(p).errors.reduce((sum, e) => sum + e * e, 0) / X.length,
    gradients(p) {
      const { length, u, outputs, errors } = forward(p);
      const du = u.map((_, i) =>
        errors.reduce((sum, e, s) => sum + (2 * p.gain * e * X[s][i]) / X.length, 0),
      );
      const along = du.reduce((sum, d, i) => sum + d * u[i], 0);
      const dv = du.map((d, i) => (d - along * u[i]) / length);
      return { v: dv, gain: errors.reduce((sum, e, s) => sum + (2 * e * outputs[s]) / X.length, 0) };
    },
  };
}
