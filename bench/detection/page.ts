/** docs/detection.md, written by the bench. */

import { markdown, type Table } from './table.js';
import { RULES } from './tally.js';

export function page(rules: Table, bySize: Table): string {
  return `# Detection rates

How often a checker rejects a right gradient, and how often it misses a wrong one. Written by \`npm run bench:detection\`;
\`-- --quick\` runs a tenth of it, \`-- --seed=2\` draws other models (neither writes this page).

${markdown(rules)}

Each model is checked twice: as it is, and with one random entry of its claimed gradient moved by 10⁻⁴ of the root mean
square of its parameter's gradient (5 % of it in float32).

- **False alarms**: right models called wrong. **Inconclusive**: right models of which the checker says that it can't tell.
- **Missed**: planted errors that are not called wrong. **Misplaced**: found, but another entry is put first.
- **Evaluations / 2N**: losses taken on all right models, over twice the number of their parameters.

The models are multilayer perceptrons of one to three hidden layers with tanh, ReLU or sigmoid, random or zero biases, three
to eight rows, squared error or cross-entropy, a third of them with L2; and a convolution with max pooling, a recurrent network
of two steps with shared weights, layer normalisation, self-attention, and logistic regression with L2. All backward passes are
written by hand. In *float32* parameters are Float32Arrays and every result of the loss and the backward pass is rounded to
single precision; in *float64 in Float32Array* parameters and claimed gradients are stored so, and all else is in doubles.

The older rules are written from their published definitions, with their published settings:

${RULES.map(({ name, settings }) => `- **${name}**: ${settings}.`).join('\n')}

## This library by size

${markdown(bySize)}
`;
}
