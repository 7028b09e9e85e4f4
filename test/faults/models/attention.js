/** One head of self-attention with square projections, on two sequences; half the squared error. Nested arrays. */
export default function attention({ table }) {
  const [tokens, width] = [4, 3];
  const sequences = [table(tokens, width), table(tokens, width)];
  const targets = [table(tokens, width), table(tokens, width)];
  const parameters = { Wq: table(width, width), Wk: table(width, width), Wv: table(width, width) };

  const product = (A, B) =>
    A.map((row) => B[0].map((_, j) => row.reduce((sum, a, k) => sum + a * B[k][j], 0)));
  const transpose = (A) => A[0].map((_, j) => A.map((row) => row[j]));
  const scale = (A, factor) => A.map((row) => row.map((a) => a * factor));
  const plus = (A, B) => A.map((row, i) => row.map((a, j) => a + B[i][j]));
  const zeros = () => Array.from({ length: width }, () => Array(width).fill(0));
  const softmax = (row) => {
    const powers = row.map((a) => Math.exp(a));
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((a) => a / sum);
  };
  const forward = ({ Wq, Wk, Wv }, x) => {
    const q = product(x, Wq);
    const k = product(x, Wk);
    const v = product(x, Wv);
    const shares = scale(product(q, transpose(k)), 1 / Math.sqrt(width)).map(softmax);
    return { q, k, v, shares, y: product(shares, v) };
  };

  return {
    parameters,
    loss(p) {
      let total = 0;
      sequences.forEach((x, s) => {
        const { y } = forward(p, x);
        y.forEach((row, i) => row.forEach((a, j) => (total += (a - targets[s][i][j]) ** 2 / 2)));
      });
      return total;
    },
    gradients(p) {
      let Wq = zeros();
      let Wk = zeros();
      let Wv = zeros();
      sequences.forEach((x, s) => {
        const { q, k, v, shares, y } = forward(p, x);
        const dy = y.map((row, i) => row.map((a, j) => a - targets[s][i][j]));
        const dv = product(transpose(shares), dy);
        const dshares = product(dy, transpose(v));
        const draw = dshares.map((row, i) => {
          const along = row.reduce((sum, d, j) => sum + d * shares[i][j], 0);
          return row.map((d, j) => shares[i][j] * (d - along));
        });
        const dscores = scale(draw, 1 / Math.sqrt(width));
        const dq = product(dscores, k);
        const dk = product(transpose(dscores), q);
        Wq = plus(Wq, product(transpose(x), dq));
        Wk = plus(Wk, product(transpose(x), dk));
        Wv = plus(Wv, product(transpose(x), dv));
      });
      return { Wq, Wk, Wv };
    },
  };
}
