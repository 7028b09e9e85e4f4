/** A softmax classifier with cross-entropy and a learned inverse temperature, a single number. Flat arrays, row by row. */
export default function classifier({ normals }) {
  const [samples, inputs, classes] = [7, 5, 3];
  const X = Float64Array.from(normals(samples * inputs));
  const labels = [0, 2, 1, 1, 0, 2, 2];
  const parameters = {
    W: Float64Array.from(normals(classes * inputs)),
    b: Float64Array.from(normals(classes)),
    sharpness: 1.3,
  };

  /** Scores and probabilities of one sample. */
  function predict({ W, b, sharpness }, s) {
    const z = new Float64Array(classes);
    for (let k = 0; k < classes; k += 1) {
      z[k] = b[k];
      for (let j = 0; j < inputs; j += 1) z[k] += W[k * inputs + j] * X[s * inputs + j];
    }
    const most = Math.max(...z);
    const q = z.map((v) => Math.exp(sharpness * (v - most)));
    const sum = q.reduce((total, v) => total + v, 0);
    return { z, q: q.map((v) => v / sum) };
  }

  return {
    labels,
    parameters,
    loss(p) {
      let total = 0;
      for (let s = 0; s < samples; s += 1) total -= Math.log(predict(p, s).q[labels[s]]);
      return total / samples;
    },
    gradients(p) {
      const W = new Float64Array(classes * inputs);
      const b = new Float64Array(classes);
      let sharpness = 0;
      for (let s = 0; s < samples; s += 1) {
        const { z, q } = predict(p, s);
        for (let k = 0; k < classes; k += 1) {
          const delta = (q[k] - (k === labels[s] ? 1 : 0)) / samples;
          sharpness += delta * z[k];
          b[k] += delta * p.sharpness;
          for (let j = 0; j < inputs; j += 1) W[k * inputs + j] += delta * p.sharpness * X[s * inputs + j];
        }
      }
      return { W, b, sharpness };
    },
  };
}
