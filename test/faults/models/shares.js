/** What shares of a whole are worth: softplus makes them positive, their sum makes them shares. */
export default function shares({ normals }) {
  const count = 5;
  const worth = normals(count);
  const parameters = { v: Float64Array.from(normals(count)) };
  const softplus = (v) => Math.log1p(Math.exp(v));
  const forward = ({ v }) => {
    const parts = Array.from(v, softplus);
    const whole = parts.reduce((sum, part) => sum + part, 0);
    return { whole, total: parts.reduce((sum, part, i) => sum + (worth[i] * part) / whole, 0) };
  };

  return {
    parameters,
    loss: (p) => forward(p).total,
    gradients(p) {
      const { whole, total } = forward(p);
      return { v: p.v.map((v, i) => (worth[i] - total) / whole / (1 + Math.exp(-v))) };
    },
  };
}
