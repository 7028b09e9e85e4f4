/** A function of one number, the parameter itself. */
export default function quartic() {
  return {
    parameters: 1.7,
    loss: (x) => x ** 4 / 4 - x ** 2 + Math.sin(x),
    gradients: (x) => x ** 3 - 2 * x + Math.cos(x),
  };
}
