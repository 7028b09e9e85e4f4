/**
 * The report and the evidence of a check → what is left of it beside its message: the report with the test in any case; of a weak pass a
 * notice, where the runner takes one; of a failed check a picture of the errors, with the test where the runner takes it, and in a folder where the options name one.
 */

import type { OnEvidence } from '../check/hooks.js';
import { pictureOf } from '../check/report/map-errors.js';
import { errorPicture } from '../render/picture/error-picture.js';
import { briefOf, jsonOf } from '../render/json.js';
import { noticeOf } from '../render/weak-pass.js';
import { noteOfAny } from '../render/sizes-sentences.js';
import type { Report } from '../report.js';
import type { SizesReport } from '../sizes-report.js';
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

  /**
   * Saves the artifacts of a check that ended so; what the message has to say of them, in lines.
   * @param shown the report that the message tells in full, of which the evidence is: `report`, or one of those in it
   */
  save(report: Report | SizesReport, shown: Report | undefined): readonly string[] {
    if (shown !== undefined) this.#test.addReport(() => briefOf(shown));
    if (this.#isNegated) return [];
    if (report.verdict === 'correct') {
      const notice = shown && noticeOf(shown);
      if (notice !== undefined) this.#test.addNotice(notice);
      return [];
    }
    if (!this.#test.takesArtifacts && this.#folder === undefined) return [];
    const { picture, failure } = this.#draw(shown);
    const check = { note: noteOfAny(report), picture, report: jsonOf(report) };
    this.#test.addArtifacts(check);
    return [...failure, ...(this.#folder?.write(check, this.#test) ?? [])];
  }

  /** The picture; a mistake in it must not take the place of the one that was found. */
  #draw(report: Report | undefined): {
    readonly picture: string | undefined;
    readonly failure: readonly string[];
  } {
    try {
      if (report === undefined) return { picture: undefined, failure: [] };
      const errors = this.#evidence.length === 0 ? undefined : pictureOf(this.#evidence, report);
      return { picture: errors && errorPicture(report, errors), failure: [] };
    } catch (error) {
      return { picture: undefined, failure: [`The picture could not be drawn: ${String(error)}`] };
    }
  }
}
