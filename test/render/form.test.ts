/** Rules of form, held against many whole messages. */

import { describe, expect, test } from 'vitest';
import { type Message, messagesOfFaults, messagesOfOthers } from './varied-messages.js';

const messages: readonly Message[] = [...(await messagesOfFaults()), ...messagesOfOthers()];

const WIDTH = 80;
const LINES = 38;
/** With the table of sizes. */
const LINES_OF_SIZES = 60;

/** What a block of a message is. */
type Kind = 'legend' | 'entries' | 'table' | 'sizes' | 'cause' | 'list' | 'heading' | 'sentences';

interface Block {
  readonly kind: Kind;
  readonly lines: readonly string[];
}

function kindOf(lines: readonly string[]): Kind {
  const [first = ''] = lines;
  if (first.startsWith('- ')) return 'legend';
  if (/^ {2}parameter /.test(first)) return 'table';
  if (first.startsWith('  ') && first.includes(' verdict ')) return 'sizes';
  if (lines.some((line) => /^ +\+ /.test(line))) return 'entries';
  if (/^[a-z]+(-[a-z]+)*$/.test(first)) return 'cause';
  if (/^At .*:$/.test(first)) return 'heading';
  return lines.length > 1 && first.endsWith(':') ? 'list' : 'sentences';
}

const blocksOf = ({ text }: Message): readonly Block[] =>
  text.split('\n\n').map((part) => ({ kind: kindOf(part.split('\n')), lines: part.split('\n') }));
const linesOf = (message: Message, kind: Kind): readonly string[] =>
  blocksOf(message).flatMap((block) => (block.kind === kind ? block.lines : []));

/** The paragraphs of a message: what is neither a table, nor entries, nor a name or a place. */
function paragraphsOf(message: Message): readonly string[] {
  const own = blocksOf(message).flatMap(({ kind, lines }) => (kind === 'sentences' ? [lines.join(' ')] : []));
  const causes = blocksOf(message)
    .filter(({ kind }) => kind === 'cause')
    .map(({ lines }) =>
      lines
        .slice(1)
        .filter((line) => !/^ {2}See \S+\.md$/.test(line))
        .map((line) => line.trim())
        .join(' '),
    );
  return [...own, ...causes].filter((paragraph) => paragraph !== '');
}

/** All messages in which something is found, with what. */
function found(of: (message: Message) => readonly unknown[]): readonly unknown[] {
  return messages.flatMap((message) => {
    const offending = of(message);
    return offending.length === 0 ? [] : [[message.of, ...offending]];
  });
}

const NUMBER = /(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]\d+)?(?![\w.])/g;
const numbersIn = (text: string): readonly string[] => text.match(NUMBER) ?? [];
/** A number that is no count, no index and no power of ten, and so is recognised where it stands again. */
const isMeasured = (number: string): boolean => /\d\.\d/.test(number) && Number(number) !== 0;

test('there are many of them', () => {
  expect(messages.length).toBeGreaterThan(200);
  expect(new Set(messages.flatMap((message) => blocksOf(message).map(({ kind }) => kind))).size).toBe(8);
});

describe('a message', () => {
  test('is no wider than 80 columns, and has no blanks at the end of a line', () => {
    expect(
      found(({ text }) => text.split('\n').filter((line) => line.length > WIDTH || /\s$/.test(line))),
    ).toEqual([]);
  });

  test('fits a screen', () => {
    const long = messages.filter((message) => {
      const most = linesOf(message, 'sizes').length > 0 ? LINES_OF_SIZES : LINES;
      return message.text.split('\n').length > most;
    });
    expect(long.map(({ of }) => of)).toEqual([]);
  });

  test('has no line twice', () => {
    expect(
      found(({ text }) => {
        const lines = text.split('\n').filter((line) => /\S \S/.test(line) && !/^ +[-+] /.test(line));
        return lines.filter((line, k) => lines.indexOf(line) !== k);
      }),
    ).toEqual([]);
  });

  test('says in its sentences no number that it shows elsewhere', () => {
    expect(
      found((message) => {
        // Of the whole and of its worst parameter two digits may be the same.
        const own = paragraphsOf(message).filter(
          (paragraph) => !/^(?:The difference is|Central differences) /.test(paragraph),
        );
        const inSentences = own.flatMap(numbersIn).filter(isMeasured);
        const shown = new Set(
          (['entries', 'table', 'sizes'] as const).flatMap((kind) =>
            linesOf(message, kind).flatMap(numbersIn),
          ),
        );
        return inSentences.filter((number, k) => shown.has(number) || inSentences.indexOf(number) !== k);
      }),
    ).toEqual([]);
  });

  test('is made of whole sentences', () => {
    expect(
      found((message) =>
        paragraphsOf(message).filter(
          (paragraph) =>
            !/^(?:[A-Z\d…]|[\w.[\]]+(?:\(\)| (?:and|is|by|\d+|has)\b)|… )/.test(paragraph) ||
            !/[.]$/.test(paragraph),
        ),
      ),
    ).toEqual([]);
  });

  test.each([
    'To check only it',
    'resolution',
    'could not be told',
    'neither passes nor passes',
    'is told',
    'it seems.',
    'undefined',
    '[object',
    'e+00',
    '  .',
    ' ,',
    '..',
    ' 1 entries',
    ' 1 losses',
    ' 1 calls',
  ])('does not say “%s”', (phrase) => {
    expect(messages.filter(({ text }) => text.includes(phrase)).map(({ of }) => of)).toEqual([]);
  });
});

describe('its numbers', () => {
  const areOfOneFormat = (numbers: readonly string[]): boolean =>
    numbers
      .filter((number) => Number(number) !== 0)
      .every((number, _, all) => number.includes('e') === all[0]!.includes('e'));

  test('of the entries are all decimal, or all have an exponent', () => {
    expect(
      found((message) => {
        const lines = linesOf(message, 'entries').filter((line) => /(?:^|\s)[-+] +-?[\d.]/.test(line));
        const own = lines.map((line) =>
          /(?:^|\s)[-+] +(-?[\d.]+(?:e[+-]\d+)?)(?: +± ([\d.]+(?:e[+-]\d+)?))?/.exec(line)!,
        );
        return areOfOneFormat(
          own.flatMap(([, value, bound]) => [value!, ...(bound === undefined ? [] : [bound])]),
        )
          ? []
          : lines;
      }),
    ).toEqual([]);
  });

  test('have the digits that their uncertainty supports, which has one', () => {
    expect(
      found((message) =>
        linesOf(message, 'entries').filter((line) => {
          const match = /- +(-?[\d.]+)(e[+-]\d+)? +± ([\d.]+)(e[+-]\d+)?/.exec(line);
          if (match === null) return false;
          const [, value, power, bound, boundPower] = match;
          const lastPlace = (digits: string, e = 'e+0'): number =>
            Number(e.slice(1)) - (digits.split('.')[1]?.length ?? 0);
          const isOne = bound!.replaceAll(/[0.]/g, '').length === 1;
          const supported = Math.floor(Math.log10(Number(bound! + (boundPower ?? '')) * (1 + 1e-9)));
          return !isOne || (Number(value) !== 0 && lastPlace(value!, power) < supported);
        }),
      ),
    ).toEqual([]);
  });

  test('of a column of the table are all decimal, or all have an exponent', () => {
    expect(
      found((message) => {
        const rows = linesOf(message, 'table')
          .slice(1)
          .map((line) => line.split(/ {2,}/));
        const numbers = rows
          .flatMap((row) => row.slice(-3, -1))
          .filter((cell) => /^[\d.]+(?:e-\d+)?$/.test(cell));
        return areOfOneFormat(numbers) ? [] : rows;
      }),
    ).toEqual([]);
  });
});
