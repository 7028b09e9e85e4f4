/** A dense layer with tanh, on a batch: its backward pass adds up products with a cotangent, its forward mode those with a tangent. Flat arrays. */
export default function denseLayer({ normals }) {
  const [samples, inputs, units] = [3, 4, 2];
  const parameters = {
    W: Float64Array.from(normals(units * inputs)),
    b: Float64Array.from(normals(units)),
    x: Float64Array.from(normals(samples * inputs)),
  };

  const each = (run) => {
    for (let s = 0; s < samples; s += 1) for (let k = 0; k < units; k += 1) run(s, k, s * units + k);
  };

  return {
    parameters,
    outputs({ W, b, x }) {
      const y = new Float64Array(samples * units);
      each((s, k, m) => {
        let z = b[k];
        for (let j = 0; j < inputs; j += 1) z += W[k * inputs + j] * x[s * inputs + j];
        y[m] = Math.tanh(z);
      });
      this.y = y;
      return y.slice();
    },
    vjp({ W, b, x }, cotangent) {
      const dW = W.map(() => 0);
      const db = b.map(() => 0);
      const dx = x.map(() => 0);
      each((s, k, m) => {
        const above = cotangent[m];
        const slope = 1 - this.y[m] ** 2;
        const delta = above * slope;
        db[k] += delta;
        for (let j = 0; j < inputs; j += 1) {
          dW[k * inputs + j] += delta * x[s * inputs + j];
          dx[s * inputs + j] += delta * W[k * inputs + j];
        }
      });
      return { dW, db, dx };
    },
    jvp({ W, x }, tangent) {
      const dy = new Float64Array(samples * units);
      each((s, k, m) => {
        let dz = tangent.b[k];
        for (let j = 0; j < inputs; j += 1) {
          dz += tangent.W[k * inputs + j] * x[s * inputs + j];
          dz += W[k * inputs + j] * tangent.x[s * inputs + j];
        }
        dy[m] = dz * (1 - this.y[m] ** 2);
      });
      return dy;
    },
  };
}
