/**
 * What is left of a check for others than who reads its message: the report with the test in any case; of a failed one a picture of
 * the errors, with the test where the runner takes it, and in a folder where the options name one.
 */

import type { OnEvidence } from '../check/gradient-check.js';
import { pictureOf } from '../check/report/map-errors.js';
import { errorPicture } from '../render/error-picture.js';
import { briefOf, jsonOf } from '../render/json.js';
import { noteOf } from '../render/sentences.js';
import type { Report } from '../report.js';
import type { MatcherContext } from './context.js';
import { demandFolder, type Folder } from './folder.js';
import { runningTest } from './running-test.js';

export class Artifacts {
  readonly #test;
  readonly #folder: Folder | undefined;
  readonly #isNegated: boolean;
  #evidence: Parameters<OnEvidence>[0] = [];

  /**
   * @param folder the option `artifacts`
   * @throws UsageError when `folder` is given and no folder, or there is no file system
   */
  constructor(context: MatcherContext, folder: unknown) {
    this.#folder = folder === undefined ? undefined : demandFolder(folder);
    this.#test = runningTest(context);
    this.#isNegated = context.isNot === true;
  }

  readonly onEvidence: OnEvidence = (evidence) => {
    this.#evidence = evidence;
  };

  /** Keeps what is to be kept; what the message has to say of it, in lines. */
  keep(report: Report): readonly string[] {
    this.#test.tell(() => briefOf(report));
    if (this.#isNegated || report.verdict === 'correct') return [];
    if (!this.#test.keeps && this.#folder === undefined) return [];
    const { drawn, failure } = this.#draw(report);
    const kept = { note: noteOf(report), picture: drawn, report: jsonOf(report) };
    this.#test.keep(kept);
    return [...failure, ...(this.#folder?.write(kept, this.#test) ?? [])];
  }

  /** The picture; a mistake in it must not take the place of the one that was found. */
  #draw(report: Report): { readonly drawn: string | undefined; readonly failure: readonly string[] } {
    try {
      const picture = this.#evidence.length === 0 ? undefined : pictureOf(this.#evidence, report);
      return { drawn: picture && errorPicture(report, picture), failure: [] };
    } catch (error) {
      return { drawn: undefined, failure: [`The picture could not be drawn: ${String(error)}`] };
    }
  }
}
