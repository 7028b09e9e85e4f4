/** PyTorch's `gradcheck` in its slow mode: every entry, h = 1e-6, |a − n| ≤ 1e-5 + 1e-3 |n|. It names no entry. */

import { centred, placesOf, type Rule } from './rule.js';

const STEP = 1e-6;
const ABSOLUTE = 1e-5;
const RELATIVE = 1e-3;

export const gradcheck: Rule = {
  name: 'PyTorch gradcheck',
  settings: 'h = 1e-6, |a − n| ≤ 1e-5 + 1e-3 |n|',
  namesEntries: false,
  canBeInconclusive: false,
  check(model) {
    const gradients = model.gradients();
    let agrees = true;
    for (const place of placesOf(model.parameters)) {
      const n = centred(model, place, STEP);
      const a = gradients[place.parameter]![place.entry]!;
      agrees &&= Math.abs(a - n) <= ABSOLUTE + RELATIVE * Math.abs(n);
    }
    return { verdict: agrees ? 'correct' : 'wrong' };
  },
};
