/** Two tanh layers and a linear one, on a batch: weighted mean squared error, and an L2 penalty on the weights. */
export default function perceptron({ normals, table }) {
  const X = table(6, 3);
  const Y = table(6, 2);
  const importance = [1, 0.5, 2, 1.5, 1, 0.8];
  const lambda = 0.03;
  const m = X.length;
  const parameters = {
    W1: table(4, 3),
    b1: normals(4),
    W2: table(4, 4),
    b2: normals(4),
    W3: table(2, 4),
    b3: normals(2),
  };

  const layer = (W, b, x) => W.map((row, i) => row.reduce((sum, w, j) => sum + w * x[j], b[i]));
  const back = (W, d) => W[0].map((_, j) => d.reduce((sum, v, i) => sum + W[i][j] * v, 0));
  const outer = (d, x) => d.map((v) => x.map((u) => v * u));
  const add = (into, values) => into.forEach((_, i) => (into[i] += values[i]));
  const addRows = (into, rows) => into.forEach((row, i) => add(row, rows[i]));
  const zerosLike = (W) => W.map((row) => (Array.isArray(row) ? row.map(() => 0) : 0));
  const times = (factor, W) => W.map((row) => row.map((w) => factor * w));
  const forward = (p, x) => {
    const h1 = layer(p.W1, p.b1, x).map(Math.tanh);
    const h2 = layer(p.W2, p.b2, h1).map(Math.tanh);
    return { h1, h2, y: layer(p.W3, p.b3, h2) };
  };

  return {
    X,
    parameters,
    loss(p) {
      let total = 0;
      X.forEach((x, s) => {
        forward(p, x).y.forEach((v, k) => (total += (importance[s] * (v - Y[s][k]) ** 2) / (2 * m)));
      });
      for (const W of [p.W1, p.W2, p.W3]) for (const w of W.flat()) total += (lambda / 2) * w * w;
      return total;
    },
    gradients(p) {
      const dW1 = zerosLike(p.W1);
      const db1 = zerosLike(p.b1);
      const dW2 = zerosLike(p.W2);
      const db2 = zerosLike(p.b2);
      const dW3 = zerosLike(p.W3);
      const db3 = zerosLike(p.b3);
      X.forEach((x, s) => {
        const { h1, h2, y } = forward(p, x);
        const d3 = y.map((v, k) => (importance[s] * (v - Y[s][k])) / m);
        const d2 = back(p.W3, d3).map((v, i) => v * (1 - h2[i] ** 2));
        const d1 = back(p.W2, d2).map((v, i) => v * (1 - h1[i] ** 2));
        addRows(dW3, outer(d3, h2));
        add(db3, d3);
        addRows(dW2, outer(d2, h1));
        add(db2, d2);
        addRows(dW1, outer(d1, x));
        add(db1, d1);
      });
      addRows(dW1, times(lambda, p.W1));
      addRows(dW2, times(lambda, p.W2));
      addRows(dW3, times(lambda, p.W3));
      return { dW1, db1, dW2, db2, dW3, db3 };
    },
  };
}
