/** When an assertion, or a report, is typed as a promise, independently of any runner. */

import type { MatcherReturn } from '../../src/matchers/types.js';
import type { GradientReport } from 'expect-gradients';
import { checkGradients } from 'expect-gradients';
import {
  asyncBatched,
  asyncGradients,
  asyncLoss,
  batched,
  isExactly,
  model,
  sometimesAsync,
  untyped,
} from './models.js';

declare function assertionOn<T>(received: T): MatcherReturn<void, T>;

class Layer {
  readonly parameters = { w: Float64Array.of(1) };
  loss(this: this): number {
    return this.parameters.w[0]!;
  }
  async gradients(): Promise<void> {
    await Promise.resolve();
  }
}

isExactly<void>()(assertionOn(model));
isExactly<void>()(assertionOn(untyped));
isExactly<void>()(
  assertionOn({ parameters: 1, loss: (w: number) => w * w, gradients: (w: number) => 2 * w }),
);
isExactly<void>()(assertionOn({ parameters: [1], loss: () => 1, gradients: () => undefined }));
isExactly<Promise<void>>()(assertionOn(asyncLoss));
isExactly<Promise<void>>()(assertionOn(asyncGradients));
isExactly<Promise<void>>()(assertionOn(sometimesAsync));
isExactly<Promise<void>>()(assertionOn(new Layer()));
isExactly<void>()(assertionOn(batched));
isExactly<Promise<void>>()(assertionOn(asyncBatched));
isExactly<Promise<void>>()(assertionOn({} as typeof model & { losses?: () => Promise<number[]> }));
isExactly<void>()(assertionOn({} as typeof model & { losses?: () => number[] }));
isExactly<void>()(assertionOn({} as typeof model & { losses: undefined }));
isExactly<Promise<void>>()(assertionOn({} as typeof model | typeof asyncLoss));
isExactly<Promise<void>>()(assertionOn({} as typeof untyped & { gradients(): Promise<void> }));

// What is no model, or isn't known to be one, is told at run time.
isExactly<void>()(assertionOn(JSON.parse('{}') as unknown));
isExactly<void>()(assertionOn({}));
isExactly<void>()(assertionOn(undefined));
// eslint-disable-next-line typescript/no-explicit-any
isExactly<void>()(assertionOn({} as any));

// A runner that makes a promise of everything, as under `.resolves`, keeps its promise.
isExactly<Promise<void>>()({} as MatcherReturn<Promise<void>, typeof model>);

// The report itself is one, or a promise of one, by the same rule.
isExactly<GradientReport>()(checkGradients(model));
isExactly<Promise<GradientReport>>()(checkGradients(asyncLoss));
isExactly<Promise<GradientReport>>()(checkGradients(asyncGradients));
isExactly<GradientReport | Promise<GradientReport>>()(checkGradients(sometimesAsync));
isExactly<GradientReport>()(checkGradients(batched));
isExactly<Promise<GradientReport>>()(checkGradients(asyncBatched));
isExactly<GradientReport>()(
  checkGradients({
    parameters: { w: [1] },
    loss: (p) => p.w[0]!,
    losses: (displacements, p) => displacements.map((d) => p.w[0]! + (d['w']?.[0] ?? 0)),
    gradients: () => ({ w: [1] }),
  }),
);
isExactly<Promise<GradientReport>>()(
  checkGradients({
    parameters: { w: [1] },
    loss: () => 1,
    losses: async (displacements) => Promise.resolve(displacements.map(() => 1)),
    gradients: () => ({ w: [0] }),
  }),
);
// @ts-expect-error an option of the matchers: a check by itself writes no files
checkGradients(model, { artifacts: 'folder' });
