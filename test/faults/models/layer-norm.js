/** A linear layer, layer normalisation with an ε that counts, and a linear read-out; mean squared error. */
export default function layerNorm({ normals }) {
  const [samples, inputs, width] = [5, 3, 4];
  const eps = 0.1;
  const X = Array.from({ length: samples }, () => normals(inputs));
  const targets = normals(samples);
  const parameters = {
    W: Float64Array.from(normals(width * inputs)),
    b: Float64Array.from(normals(width)),
    gamma: Float64Array.from(normals(width), (v) => 1 + v / 4),
    beta: Float64Array.from(normals(width)),
    v: Float64Array.from(normals(width)),
    c: Float64Array.from(normals(1)),
  };
  const mean = (a) => a.reduce((sum, v) => sum + v, 0) / a.length;

  function forward({ W, b, gamma, beta, v, c }, x) {
    const a = b.map((shift, i) => x.reduce((sum, u, j) => sum + W[i * inputs + j] * u, shift));
    const mu = mean(a);
    const sigma = Math.sqrt(mean(a.map((u) => (u - mu) ** 2)) + eps);
    const z = a.map((u) => (u - mu) / sigma);
    const h = z.map((u, i) => Math.tanh(gamma[i] * u + beta[i]));
    return { sigma, z, h, y: h.reduce((sum, u, i) => sum + v[i] * u, c[0]) };
  }

  return {
    X,
    parameters,
    loss(p) {
      let total = 0;
      X.forEach((x, s) => (total += (forward(p, x).y - targets[s]) ** 2 / samples));
      return total;
    },
    gradients(p) {
      const W = new Float64Array(width * inputs);
      const b = new Float64Array(width);
      const gamma = new Float64Array(width);
      const beta = new Float64Array(width);
      const v = new Float64Array(width);
      const c = new Float64Array(1);
      X.forEach((x, s) => {
        const { sigma, z, h, y } = forward(p, x);
        const dy = (2 * (y - targets[s])) / samples;
        c[0] += dy;
        const dt = h.map((u, i) => dy * p.v[i] * (1 - u ** 2));
        const dz = dt.map((d, i) => d * p.gamma[i]);
        const along = mean(dz.map((d, i) => d * z[i]));
        const level = mean(dz);
        for (let i = 0; i < width; i += 1) {
          v[i] += dy * h[i];
          beta[i] += dt[i];
          gamma[i] += dt[i] * z[i];
          const da = (dz[i] - level - z[i] * along) / sigma;
          b[i] += da;
          for (let j = 0; j < inputs; j += 1) W[i * inputs + j] += da * x[j];
        }
      });
      return { W, b, gamma, beta, v, c };
    },
  };
}
