/**
 * The report and the evidence of a check → what is left of it beside its message: the report with the test in any case; of a failed
 * check a picture of the errors, with the test where the runner takes it, and in a folder where the options name one.
 */

import type { OnEvidence } from '../check/hooks.js';
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

  /** Saves the artifacts of a check that ended so; what the message has to say of them, in lines. */
  save(report: Report): readonly string[] {
    this.#test.addReport(() => briefOf(report));
    if (this.#isNegated || report.verdict === 'correct') return [];
    if (!this.#test.takesArtifacts && this.#folder === undefined) return [];
    const { picture, failure } = this.#draw(report);
    const check = { note: noteOf(report), picture, report: jsonOf(report) };
    this.#test.addArtifacts(check);
    return [...failure, ...(this.#folder?.write(check, this.#test) ?? [])];
  }

  /** The picture; a mistake in it must not take the place of the one that was found. */
  #draw(report: Report): { readonly picture: string | undefined; readonly failure: readonly string[] } {
    try {
      const errors = this.#evidence.length === 0 ? undefined : pictureOf(this.#evidence, report);
      return { picture: errors && errorPicture(report, errors), failure: [] };
    } catch (error) {
      return { picture: undefined, failure: [`The picture could not be drawn: ${String(error)}`] };
    }
  }
}
