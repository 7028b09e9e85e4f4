/** When a check over sizes is typed as a promise, and what its cases know of the sizes. */

import { checkSizes, type MadeBy, type MatcherReturn, type SizesReport } from 'expect-gradients';
import { asyncGradients, asyncLoss, isExactly, model, sometimesAsync } from './models.js';

const sizes = { batch: [1, 2], units: [3] };
type Found = SizesReport<typeof sizes>;

isExactly<Found>()(
  checkSizes(
    ({ batch, units }) => {
      const w = Array.from({ length: batch * units }, () => 1);
      return {
        parameters: { w },
        loss: () => w.reduce((sum, v) => sum + v * v, 0),
        gradients: () => ({ w: w.map((v) => 2 * v) }),
      };
    },
    { sizes },
  ),
);
isExactly<Found>()(checkSizes(() => model, { sizes }));
isExactly<Found>()(checkSizes(({ batch }) => (batch > 1 ? model : null), { sizes, points: 3 }));
isExactly<Found>()(checkSizes(({ batch }) => (batch > 1 ? model : undefined), { sizes }));
isExactly<Promise<Found>>()(checkSizes(() => asyncLoss, { sizes }));
isExactly<Promise<Found>>()(checkSizes(() => asyncGradients, { sizes }));
isExactly<Found | Promise<Found>>()(checkSizes(() => sometimesAsync, { sizes }));
isExactly<Promise<Found>>()(checkSizes(() => Promise.resolve(model), { sizes }));

const [first] = checkSizes(() => model, { sizes }).cases;
isExactly<number | undefined>()(first?.sizes.batch);
// @ts-expect-error no such size
isExactly<undefined>()(first?.sizes.channels);

// @ts-expect-error no sizes
checkSizes(() => model, { points: 2 });
// @ts-expect-error a model where a factory belongs
void checkSizes(model, { sizes });
// @ts-expect-error a list of one is a list
checkSizes(() => model, { sizes: { batch: 1 } });
declare const ofChannels: (own: { readonly channels: number }) => typeof model;
// @ts-expect-error the factory asks for a size that is not there
checkSizes(ofChannels, { sizes });

declare function assertionOn<T>(received: T): MatcherReturn<void, MadeBy<T>>;

isExactly<void>()(assertionOn(model));
isExactly<void>()(assertionOn(() => model));
isExactly<void>()(assertionOn(({ batch }: { readonly batch: number }) => (batch > 1 ? model : null)));
isExactly<Promise<void>>()(assertionOn(asyncLoss));
isExactly<Promise<void>>()(assertionOn(() => asyncLoss));
isExactly<Promise<void>>()(assertionOn(() => Promise.resolve(model)));
isExactly<Promise<void>>()(assertionOn(() => sometimesAsync));
