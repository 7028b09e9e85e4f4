/** This library, with no options. */

import { checkGradients } from '../../../src/index.js';
import type { Rule } from './rule.js';

export const ours: Rule = {
  name: 'expect-gradients',
  settings: 'no options',
  namesEntries: true,
  canBeInconclusive: true,
  check(model) {
    const { verdict, offenders } = checkGradients(model);
    const [worst] = offenders;
    return { verdict, named: worst && { parameter: worst.parameter, entry: worst.index[0] ?? 0 } };
  },
};
