/** When an assertion is typed as a promise, independently of any runner. */

import type { MatcherReturn } from '../../src/matchers/types.js';
import { asyncGradients, asyncLoss, isExactly, model, sometimesAsync, untyped } from './models.js';

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
