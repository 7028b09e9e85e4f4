/** Runs the bench's own script once for each core, each with its share of the cases. */

import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';

/** Bytes that a process may print. */
const MOST_OUTPUT = 2 ** 30;

/** What each process prints, one for each part, started with these arguments and `--part=1/2`. */
export async function inParts(script: string, args: readonly string[]): Promise<string[]> {
  const parts = availableParallelism();
  const outputs = await Promise.all(
    Array.from({ length: parts }, (_, part) =>
      promisify(execFile)(
        process.execPath,
        [...process.execArgv, script, ...args, `--part=${part}/${parts}`],
        { maxBuffer: MOST_OUTPUT },
      ),
    ),
  );
  return outputs.map(({ stdout }) => stdout);
}
