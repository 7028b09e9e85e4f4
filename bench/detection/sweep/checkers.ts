/** The checkers of the sweep: this checkout's, and those of others that are named. */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkGradients } from '../../../src/index.js';

export interface Checker {
  readonly name: string;
  readonly check: typeof checkGradients;
}

/** `src/index.ts` of each checkout. */
export async function checkersOf(sources: readonly string[]): Promise<Checker[]> {
  const others = sources.map(async (path): Promise<Checker> => {
    const module = (await import(pathToFileURL(resolve(path, 'src/index.ts')).href)) as {
      checkGradients: typeof checkGradients;
    };
    return { name: path, check: module.checkGradients };
  });
  return [{ name: 'this checkout', check: checkGradients }, ...(await Promise.all(others))];
}
