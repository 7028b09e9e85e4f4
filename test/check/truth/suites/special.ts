/** Numbers -> special functions, to some 1e-15: series, continued fractions, the trapezoidal rule for periodic integrands, and recurrences. */

const { abs, cos, exp, log, PI, sin, sqrt } = Math;

/** Abramowitz and Stegun 7.1.6 below 2.5; the continued fraction of 7.1.14 above. */
export const erf = (x: number): number => (abs(x) < 2.5 ? erfSeries(x) : Math.sign(x) * (1 - erfc(abs(x))));

export function erfc(x: number): number {
  if (x < 2.5) return 1 - erf(x);
  let fraction = x;
  for (let k = 200; k > 0; k -= 1) fraction = x + k / 2 / fraction;
  return exp(-x * x) / (sqrt(PI) * fraction);
}

function erfSeries(x: number): number {
  let term = x;
  let total = x;
  for (let n = 1; n < 120; n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    total += term;
  }
  return (2 / sqrt(PI)) * exp(-x * x) * total;
}

export const erfSlope = (x: number): number => (2 / sqrt(PI)) * exp(-x * x);

/** The normal distribution function and its density. */
export const cdf = (x: number): number => 0.5 * erfc(-x / Math.SQRT2);
export const pdf = (x: number): number => exp((-x * x) / 2) / sqrt(2 * PI);

/** Recurrence up to 12, then Stirling's series (Abramowitz and Stegun 6.1.41). */
export function lgamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 12; z += 1) shift += log(z);
  const w = 1 / (z * z);
  const series =
    (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - (w * 691) / 360360))))) / z;
  return (z - 0.5) * log(z) - z + 0.5 * log(2 * PI) + series - shift;
}

/** Its derivative (6.3.18). */
export function digamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 12; z += 1) shift += 1 / z;
  const w = 1 / (z * z);
  const series =
    w * (1 / 12 - w * (1 / 120 - w * (1 / 252 - w * (1 / 240 - w * (1 / 132 - (w * 691) / 32760)))));
  return log(z) - 0.5 / z - series - shift;
}

/** The second derivative of lgamma (6.4.12). */
export function trigamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 14; z += 1) shift += 1 / (z * z);
  const w = 1 / (z * z);
  return (
    1 / z + w / 2 + (w / z) * (1 / 6 - w * (1 / 30 - w * (1 / 42 - w * (1 / 30 - (w * 5) / 66)))) + shift
  );
}

/** The mean of a periodic function, exact to rounding with that many points for arguments up to 20. */
function mean(f: (t: number) => number): number {
  const points = 96;
  let total = 0;
  for (let k = 0; k < points; k += 1) total += f((2 * PI * k) / points);
  return total / points;
}

/** Bessel functions of whole order: of the first kind, and modified, times e^−|x|. */
export const besselJ = (n: number, x: number): number => mean((t) => cos(n * t - x * sin(t)));
export const besselIe = (n: number, x: number): number => mean((t) => exp(x * cos(t) - abs(x)) * cos(n * t));

/** w e^w = x, by Newton's steps. */
export function lambertW(x: number): number {
  let w = x < 1 ? x / (1 + x) : log(x) - log(1 + log(x));
  for (let k = 0; k < 30; k += 1) w -= (w * exp(w) - x) / (exp(w) * (1 + w));
  return w;
}

/** The inverse of erf, by Newton's steps. */
export function erfInverse(y: number): number {
  let x = (y * sqrt(PI)) / 2;
  for (let k = 0; k < 60; k += 1) x -= (erf(x) - y) / erfSlope(x);
  return x;
}

/** The complete elliptic integral of the first kind by m, through the arithmetic-geometric mean. */
export function ellipticK(m: number): number {
  let [a, g] = [1, sqrt(1 - m)];
  for (let k = 0; k < 30; k += 1) [a, g] = [(a + g) / 2, sqrt(a * g)];
  return PI / (2 * a);
}

/** Of the second kind. */
export function ellipticE(m: number): number {
  let [a, g, c, power] = [1, sqrt(1 - m), sqrt(m), 0.5];
  let total = power * c * c;
  for (let k = 0; k < 30; k += 1) {
    c = (a - g) / 2;
    [a, g] = [(a + g) / 2, sqrt(a * g)];
    power *= 2;
    total += power * c * c;
  }
  return (PI / (2 * a)) * (1 - total);
}
