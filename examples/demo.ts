/**
 * `npm run demo`: what a check finds in every example, in a table, and the message of one that fails. `npm run demo -- 5`: the table and the
 * messages of the fifth. Exits with 1 when an example isn't what it says it is, and with 2 when there is none of the number.
 */

import { stripVTControlCharacters, styleText } from 'node:util';
import { examples } from './index.js';
import { messagesOf, printTable, run, surprisesIn } from './show.js';

const colours = styleText('bold', '') !== '';
const print = (text: string): void => console.log(colours ? text : stripVTControlCharacters(text));

/** The example whose message is shown beside the table of all: the network of the course, with a mistake in two of its parameters. */
const SHOWN = 2;

const [wanted] = process.argv.slice(2);
const chosen = wanted === undefined ? examples : examples.slice(Number(wanted) - 1, Number(wanted));
if (chosen.length === 0) {
  print(`There is no example ${wanted}; they are numbered from 1 to ${examples.length}.`);
  process.exitCode = 2;
} else {
  const tables = await run(chosen);
  printTable(tables, print, styleText);
  for (const message of messagesOf(wanted === undefined ? tables.slice(SHOWN - 1, SHOWN) : tables))
    print(`\n${message}`);
  if (wanted === undefined)
    print(`\nThis is the message of example ${SHOWN}; \`npm run demo -- 5\` shows those of the fifth.`);
  const surprises = surprisesIn(tables);
  print(
    surprises.length === 0
      ? `\n${wanted === undefined ? 'Every example behaves' : 'It behaves'} as labelled.`
      : surprises.map((text) => styleText('red', text)).join('\n'),
  );
  process.exitCode = surprises.length === 0 ? 0 : 1;
}
