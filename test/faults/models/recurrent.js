/** A recurrent network of two steps that share their weights; the loss is a sum of fourth powers. Flat arrays, row by row. */
export default function recurrent({ normals }) {
  const [samples, inputs, hidden, outputs] = [4, 2, 3, 2];
  const x1 = normals(samples * inputs);
  const x2 = normals(samples * inputs);
  const targets = normals(samples * outputs);
  const parameters = {
    U: Float64Array.from(normals(hidden * inputs)),
    V: Float64Array.from(normals(hidden * hidden)),
    b: Float64Array.from(normals(hidden)),
    h0: Float64Array.from(normals(hidden)),
    C: Float64Array.from(normals(outputs * hidden)),
    c: Float64Array.from(normals(outputs)),
  };

  function next({ U, V, b }, x, s, h) {
    const state = new Float64Array(hidden);
    for (let i = 0; i < hidden; i += 1) {
      let sum = b[i];
      for (let j = 0; j < inputs; j += 1) sum += U[i * inputs + j] * x[s * inputs + j];
      for (let j = 0; j < hidden; j += 1) sum += V[i * hidden + j] * h[j];
      state[i] = Math.tanh(sum);
    }
    return state;
  }
  function forward(p, s) {
    const h1 = next(p, x1, s, p.h0);
    const h2 = next(p, x2, s, h1);
    const errors = new Float64Array(outputs);
    for (let k = 0; k < outputs; k += 1) {
      errors[k] = p.c[k] - targets[s * outputs + k];
      for (let i = 0; i < hidden; i += 1) errors[k] += p.C[k * hidden + i] * h2[i];
    }
    return { h1, h2, errors };
  }
  /** Mᵀ d for a matrix with `hidden` columns. */
  function back(M, d) {
    const result = new Float64Array(hidden);
    d.forEach((v, i) => {
      for (let j = 0; j < hidden; j += 1) result[j] += M[i * hidden + j] * v;
    });
    return result;
  }

  return {
    parameters,
    loss(p) {
      let total = 0;
      for (let s = 0; s < samples; s += 1) for (const error of forward(p, s).errors) total += error ** 4 / 4;
      return total;
    },
    gradients(p) {
      const U = new Float64Array(hidden * inputs);
      const V = new Float64Array(hidden * hidden);
      const b = new Float64Array(hidden);
      const h0 = new Float64Array(hidden);
      const C = new Float64Array(outputs * hidden);
      const c = new Float64Array(outputs);
      for (let s = 0; s < samples; s += 1) {
        const { h1, h2, errors } = forward(p, s);
        const dy = errors.map((error) => error ** 3);
        const d2 = back(p.C, dy).map((v, i) => v * (1 - h2[i] ** 2));
        const d1 = back(p.V, d2).map((v, i) => v * (1 - h1[i] ** 2));
        const d0 = back(p.V, d1);
        for (let k = 0; k < outputs; k += 1) {
          c[k] += dy[k];
          for (let i = 0; i < hidden; i += 1) C[k * hidden + i] += dy[k] * h2[i];
        }
        for (let i = 0; i < hidden; i += 1) {
          h0[i] += d0[i];
          b[i] += d2[i];
          b[i] += d1[i];
          for (let j = 0; j < hidden; j += 1) V[i * hidden + j] += d2[i] * h1[j];
          for (let j = 0; j < hidden; j += 1) V[i * hidden + j] += d1[i] * p.h0[j];
          for (let j = 0; j < inputs; j += 1) U[i * inputs + j] += d2[i] * x2[s * inputs + j];
          for (let j = 0; j < inputs; j += 1) U[i * inputs + j] += d1[i] * x1[s * inputs + j];
        }
      }
      return { U, V, b, h0, C, c };
    },
  };
}
