/** A decaying curve through five points: the residuals, and their Jacobian as a least-squares solver takes it, flat and row by row. */
export default function curve({ normals }) {
  const times = [0, 0.4, 1.1, 1.9, 3];
  const measured = normals(times.length);
  const parameters = [1.4, 0.6, -0.3];
  const count = parameters.length;

  return {
    times,
    parameters,
    outputs([height, rate, base]) {
      return times.map((t, m) => height * Math.exp(-rate * t) + base - measured[m]);
    },
    jacobian([height, rate]) {
      const J = new Float64Array(times.length * count);
      times.forEach((t, m) => {
        const decay = Math.exp(-rate * t);
        const slopes = [decay, -height * t * decay, 1];
        slopes.forEach((slope, i) => (J[m * count + i] = slope));
      });
      return J;
    },
  };
}
