/** An autoencoder whose decoder is the encoder transposed: y = Wᵀ tanh(W x + b). A Map of nested arrays; W is square. */
export default function tied({ normals, table }) {
  const width = 4;
  const X = table(5, width);
  const parameters = new Map([
    ['W', table(width, width)],
    ['b', normals(width)],
  ]);

  const encode = (p, x) =>
    p.get('W').map((row, i) => Math.tanh(row.reduce((sum, w, j) => sum + w * x[j], p.get('b')[i])));
  const decode = (p, h) => h.map((_, j) => h.reduce((sum, v, i) => sum + p.get('W')[i][j] * v, 0));

  return {
    parameters,
    loss(p) {
      let total = 0;
      for (const x of X) decode(p, encode(p, x)).forEach((y, j) => (total += (y - x[j]) ** 2 / 2));
      return total;
    },
    gradients(p) {
      const W = p.get('W');
      const dW = W.map((row) => row.map(() => 0));
      const db = p.get('b').map(() => 0);
      for (const x of X) {
        const h = encode(p, x);
        const error = decode(p, h).map((y, j) => y - x[j]);
        const delta = h.map((v, i) => error.reduce((sum, e, j) => sum + W[i][j] * e, 0) * (1 - v * v));
        for (let i = 0; i < width; i += 1) {
          db[i] += delta[i];
          for (let j = 0; j < width; j += 1) {
            dW[i][j] += delta[i] * x[j];
            dW[i][j] += h[i] * error[j];
          }
        }
      }
      return new Map([
        ['W', dW],
        ['b', db],
      ]);
    },
  };
}
