/** The formula as it is taught: ε = 1e-7 for every entry, and one difference (2) over the whole model. */

import { centred, placesOf, type Rule } from './rule.js';

const EPSILON = 1e-7;
const TOLERANCE = 1e-7;

export const source: Rule = {
  name: 'fixed ε, one ratio',
  settings: 'ε = 1e-7, difference (2) ≤ 1e-7',
  namesEntries: false,
  canBeInconclusive: false,
  check(model) {
    const gradients = model.gradients();
    let difference = 0;
    let claimed = 0;
    let approximated = 0;
    for (const place of placesOf(model.parameters)) {
      const g = gradients[place.parameter]![place.entry]!;
      const n = centred(model, place, EPSILON);
      difference += (g - n) ** 2;
      claimed += g ** 2;
      approximated += n ** 2;
    }
    const ratio = Math.sqrt(difference) / (Math.sqrt(claimed) + Math.sqrt(approximated));
    return { verdict: ratio <= TOLERANCE ? 'correct' : 'wrong' };
  },
};
