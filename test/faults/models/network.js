/** A network as a class that keeps its activations, was trained for one step, and is then checked. */
export default function network({ normals }) {
  const [samples, inputs, hidden] = [6, 3, 4];
  const X = normals(samples * inputs);
  const targets = normals(samples);

  class Network {
    parameters = {
      V: Float64Array.from(normals(hidden * inputs)),
      a: Float64Array.from(normals(hidden)),
      u: Float64Array.from(normals(hidden)),
      d: Float64Array.from(normals(1)),
    };
    activations = undefined;

    forward() {
      const { V, a, u, d } = this.parameters;
      const h = new Float64Array(samples * hidden);
      const y = new Float64Array(samples);
      for (let s = 0; s < samples; s += 1) {
        y[s] = d[0];
        for (let i = 0; i < hidden; i += 1) {
          let sum = a[i];
          for (let j = 0; j < inputs; j += 1) sum += V[i * inputs + j] * X[s * inputs + j];
          h[s * hidden + i] = 1 / (1 + Math.exp(-sum));
          y[s] += u[i] * h[s * hidden + i];
        }
      }
      return { h, y };
    }

    loss() {
      const { y } = this.forward();
      return y.reduce((sum, v, s) => sum + (v - targets[s]) ** 2, 0) / samples;
    }

    gradients() {
      const { h, y } = this.remember(this.forward());
      const { u } = this.parameters;
      const [V, a] = [new Float64Array(hidden * inputs), new Float64Array(hidden)];
      const [du, d] = [new Float64Array(hidden), new Float64Array(1)];
      for (let s = 0; s < samples; s += 1) {
        const delta = (2 * (y[s] - targets[s])) / samples;
        d[0] += delta;
        for (let i = 0; i < hidden; i += 1) {
          const active = h[s * hidden + i];
          du[i] += delta * active;
          const slope = delta * u[i] * active * (1 - active);
          a[i] += slope;
          for (let j = 0; j < inputs; j += 1) V[i * inputs + j] += slope * X[s * inputs + j];
        }
      }
      const gradients = { V, a, u: du, d };
      return gradients;
    }

    remember(activations) {
      this.activations = activations;
      return activations;
    }

    step(rate) {
      const gradients = this.gradients();
      for (const [name, values] of Object.entries(this.parameters))
        values.forEach((_, i) => (values[i] -= rate * gradients[name][i]));
    }
  }

  const trained = new Network();
  trained.step(0.1);
  return trained;
}
