/** One head of self-attention as a layer: what comes out are the contexts and the shares, each with a cotangent of its own. Nested arrays. */
export default function attentionLayer({ table }) {
  const [tokens, width] = [3, 2];
  const parameters = {
    Wq: table(width, width),
    Wk: table(width, width),
    Wv: table(width, width),
    x: table(tokens, width),
  };

  const product = (A, B) =>
    A.map((row) => B[0].map((_, j) => row.reduce((sum, a, k) => sum + a * B[k][j], 0)));
  const transpose = (A) => A[0].map((_, j) => A.map((row) => row[j]));
  const scale = (A, factor) => A.map((row) => row.map((a) => a * factor));
  const plus = (A, B) => A.map((row, i) => row.map((a, j) => a + B[i][j]));
  const softmax = (row) => {
    const powers = row.map((a) => Math.exp(a));
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((a) => a / sum);
  };
  const forward = ({ Wq, Wk, Wv, x }) => {
    const q = product(x, Wq);
    const k = product(x, Wk);
    const v = product(x, Wv);
    const shares = scale(product(q, transpose(k)), 1 / Math.sqrt(width)).map(softmax);
    return { q, k, v, shares, context: product(shares, v) };
  };

  return {
    parameters,
    outputs(p) {
      const { context, shares } = forward(p);
      return { context, shares };
    },
    vjp(p, cotangent) {
      const { q, k, v, shares } = forward(p);
      const dcontext = cotangent.context;
      const dv = product(transpose(shares), dcontext);
      const dshares = plus(product(dcontext, transpose(v)), cotangent.shares);
      const draw = dshares.map((row, i) => {
        const along = row.reduce((sum, d, j) => sum + d * shares[i][j], 0);
        return row.map((d, j) => shares[i][j] * (d - along));
      });
      const dscores = scale(draw, 1 / Math.sqrt(width));
      const dq = product(dscores, k);
      const dk = product(transpose(dscores), q);
      const Wq = product(transpose(p.x), dq);
      const Wk = product(transpose(p.x), dk);
      const Wv = product(transpose(p.x), dv);
      const xq = product(dq, transpose(p.Wq));
      const xk = product(dk, transpose(p.Wk));
      const xv = product(dv, transpose(p.Wv));
      return { Wq, Wk, Wv, x: plus(xq, plus(xk, xv)) };
    },
  };
}
