/** When a comparison with a reference is typed as a promise, and what a reference may be. */

import { compareGradients, type GradientMatchers, type GradientReport } from 'expect-gradients';
import { asyncGradients, asyncLoss, isExactly, model } from './models.js';

declare const gradients: (typeof model)['gradients'];

isExactly<GradientReport>()(compareGradients(model, model));
isExactly<GradientReport>()(compareGradients(model, { gradients }));
isExactly<GradientReport>()(compareGradients(model, { W1: [[1, 2]] }));
isExactly<GradientReport>()(compareGradients(model, { dW1: [[1, 2]] }, { points: 3, tolerance: 1e-5 }));
// A loss is not called, whatever it returns.
isExactly<GradientReport>()(compareGradients(asyncLoss, model));
isExactly<Promise<GradientReport>>()(compareGradients(asyncGradients, model));
isExactly<Promise<GradientReport>>()(compareGradients(model, asyncGradients));
isExactly<GradientReport>()(compareGradients({ parameters: 3, gradients: (w: number) => 2 * w }, 6));

// @ts-expect-error no reference
compareGradients(model);
// @ts-expect-error a model without gradients
void compareGradients({ parameters: 3 }, 6);
// @ts-expect-error a reference that is no claim
compareGradients(model, 'none');

declare function matchersOn<T>(received: T): GradientMatchers<void, T>;

isExactly<void>()(matchersOn(model).toHaveGradientsOf(model));
isExactly<void>()(matchersOn(model).toHaveGradientsOf({ W1: [[1]] }, { tolerance: 1e-5 }));
isExactly<void>()(matchersOn(asyncLoss).toHaveGradientsOf(model));
isExactly<Promise<void>>()(matchersOn(asyncGradients).toHaveGradientsOf(model));
isExactly<Promise<void>>()(matchersOn(model).toHaveGradientsOf(asyncGradients));

// @ts-expect-error no reference
matchersOn(model).toHaveGradientsOf();
// @ts-expect-error no such option
matchersOn(model).toHaveGradientsOf(model, { point: 3 });
