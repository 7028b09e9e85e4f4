/** A line through points with a loss of powers 3/2, and its parameters single numbers. */
export default function line({ normals }) {
  const xs = normals(8);
  const ys = normals(8);
  return {
    xs,
    parameters: { slope: 0.8, height: -0.3 },
    loss({ slope, height }) {
      let total = 0;
      xs.forEach((x, i) => (total += Math.abs(slope * x + height - ys[i]) ** 1.5 / xs.length));
      return total;
    },
    gradients({ slope, height }) {
      let [dSlope, dHeight] = [0, 0];
      xs.forEach((x, i) => {
        const residual = slope * x + height - ys[i];
        const steepness = (1.5 * Math.sqrt(Math.abs(residual)) * Math.sign(residual)) / xs.length;
        dSlope += steepness * x;
        dHeight += steepness;
      });
      return { slope: dSlope, height: dHeight };
    },
  };
}
