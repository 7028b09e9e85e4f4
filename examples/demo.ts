/** `npm run demo`: what a check finds in every example. Exits with 1 when one of them isn't what it says it is. */

import { stripVTControlCharacters, styleText } from 'node:util';
import { examples } from './index.js';
import { show } from './show.js';

const colours = styleText('bold', '') !== '';
const print = (text: string): void => console.log(colours ? text : stripVTControlCharacters(text));

const surprises = await show(examples, print, styleText);
print(
  surprises.length === 0
    ? 'Every example behaves as labelled.'
    : surprises.map((text) => styleText('red', text)).join('\n'),
);
process.exitCode = surprises.length === 0 ? 0 : 1;
