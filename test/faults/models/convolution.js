/** Two 3 × 3 filters with tanh, mean pooling by 2 × 2, and a dense layer; squared error. Values and gradients side by side. */
export default function convolution({ normals }) {
  const [side, kernel, filters, outputs, pool] = [6, 3, 2, 3, 2];
  const extent = side - kernel + 1;
  const pooled = extent / pool;
  const features = filters * pooled * pooled;
  const images = [normals(side * side), normals(side * side), normals(side * side)];
  const targets = [normals(outputs), normals(outputs), normals(outputs)];
  const pair = (count) => ({ w: Float64Array.from(normals(count)), dw: new Float64Array(count) });
  const parameters = {
    filter: pair(filters * kernel * kernel),
    shift: pair(filters),
    dense: pair(outputs * features),
    bias: pair(outputs),
  };

  function forward({ filter, shift, dense, bias }, image) {
    const maps = new Float64Array(filters * extent * extent);
    const means = new Float64Array(features);
    for (let f = 0; f < filters; f += 1)
      for (let r = 0; r < extent; r += 1)
        for (let c = 0; c < extent; c += 1) {
          let sum = shift.w[f];
          for (let i = 0; i < kernel; i += 1)
            for (let j = 0; j < kernel; j += 1)
              sum += filter.w[(f * kernel + i) * kernel + j] * image[(r + i) * side + c + j];
          const place = (f * extent + r) * extent + c;
          maps[place] = Math.tanh(sum);
          means[featureOf(place)] += maps[place] / pool ** 2;
        }
    const y = new Float64Array(outputs);
    for (let k = 0; k < outputs; k += 1) {
      y[k] = bias.w[k];
      for (let q = 0; q < features; q += 1) y[k] += dense.w[k * features + q] * means[q];
    }
    return { maps, means, y };
  }
  /** The pooled feature that a place of the maps goes into. */
  function featureOf(place) {
    const f = Math.floor(place / extent ** 2);
    const r = Math.floor((place % extent ** 2) / extent);
    const c = place % extent;
    return (f * pooled + Math.floor(r / pool)) * pooled + Math.floor(c / pool);
  }

  return {
    images,
    parameters,
    loss(p) {
      let total = 0;
      images.forEach((image, s) => {
        forward(p, image).y.forEach((v, k) => (total += 0.5 * (v - targets[s][k]) ** 2));
      });
      return total;
    },
    gradients({ filter, shift, dense, bias }) {
      filter.dw.fill(0);
      shift.dw.fill(0);
      dense.dw.fill(0);
      bias.dw.fill(0);
      images.forEach((image, s) => {
        const { maps, means, y } = forward({ filter, shift, dense, bias }, image);
        const dmeans = new Float64Array(features);
        for (let k = 0; k < outputs; k += 1) {
          const delta = y[k] - targets[s][k];
          bias.dw[k] += delta;
          for (let q = 0; q < features; q += 1) {
            dense.dw[k * features + q] += delta * means[q];
            dmeans[q] += delta * dense.w[k * features + q];
          }
        }
        for (let f = 0; f < filters; f += 1)
          for (let r = 0; r < extent; r += 1)
            for (let c = 0; c < extent; c += 1) {
              const place = (f * extent + r) * extent + c;
              const spread = dmeans[featureOf(place)] / pool ** 2;
              const delta = spread * (1 - maps[place] ** 2);
              shift.dw[f] += delta;
              for (let i = 0; i < kernel; i += 1)
                for (let j = 0; j < kernel; j += 1)
                  filter.dw[(f * kernel + i) * kernel + j] += delta * image[(r + i) * side + c + j];
            }
      });
    },
  };
}
