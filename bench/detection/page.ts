/** docs/detection.md, written by the bench. */

import { ARCHITECTURES } from './networks/architectures.js';
import type { SweepTables } from './sweep/sweep-tables.js';
import { markdown, type Table } from './table.js';
import { RULES } from './tally.js';
import { REGIMES } from './sweep/regimes.js';

const LEGEND = `Each cell is a count, and the 95 % interval of its share (Wilson's). Networks of ${Object.keys(ARCHITECTURES).length} architectures are brought
to the state of each regime and checked as they are and with two or three faults: one entry off by 10⁻⁴ of the root mean square
of its parameter's gradient (5 % in float32, 20 % of a claim in half precision), one entry off by 2.2 times what the report of
the right model says can be seen (resolution + tolerance), and a structured fault of at least 20 %. The error of an entry is the
same wherever the gradient is asked for, or in proportion to the entry. Along directions two entries are exchanged besides, three times.

- **False alarms**: right models called wrong. **Inconclusive**: right models of which the checker says that it can't tell.
  **With clear claims**: the same of those models in which no parameter's right claim is mere noise of the arithmetic.
- **Faults that pass**: structured faults called correct. **Missed above twice**: errors of any kind above twice what the report
  says can be seen in their parameter, and not called wrong; **called correct**: the same, and not inconclusive either.
- **Small errors missed**: entries off by 10⁻⁴ that are not called wrong; where more than that is noise they can't be.
- **Misplaced**: called wrong, but another entry, or a parameter without fault, is put first.
- **Evaluations / 2N**: losses taken on all right models, over twice the number of their parameters.
- **Clear losses**: without the regimes ${listed(REGIMES.filter(({ blurred }) => blurred).map(({ name }) => name))}, where the loss itself leaves little to be known.

The regimes:

${REGIMES.map(({ name, what }) => `- **${name}**: ${what}.`).join('\n')}

The architectures: ${listed(Object.keys(ARCHITECTURES))}, of 10 to 400 parameters. All layers and losses have a backward pass
written by hand.

Parameters whose claim in the arithmetic of the model is no digit of the gradient in doubles get no fault.`;

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

export function page(sweep: SweepTables, { rules, bySize }: { rules: Table; bySize: Table }): string {
  return `# Detection rates

How often a checker rejects a right gradient, and how often it misses a wrong one. Written by \`npm run bench:detection\`;
\`-- --quick\` runs a tenth of it, \`-- --seed=2\` draws other models (neither writes this page).

## By regime, the worst first

${markdown(sweep.byRegime)}

${markdown(sweep.sums)}

${LEGEND}

## By architecture

${markdown(sweep.byArchitecture)}

## By fault

${markdown(sweep.byFault)}

## At initialisation, beside older rules

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
