/** What compiles behind the doors for Vitest, and what must not. Version 5 compiles it with the door's name replaced. */

import 'expect-gradients/vitest4';
import type { BriefReport, GradientReport, GradientTaskMeta } from 'expect-gradients';
import * as matchers from 'expect-gradients/matchers';
import { expect } from 'vitest';
import {
  asyncBatched,
  asyncCurved,
  asyncGradients,
  asyncLayer,
  asyncLoss,
  batched,
  curved,
  isExactly,
  layer,
  model,
  sometimesAsync,
  untyped,
} from './models.js';

isExactly<void>()(expect(model).toHaveCorrectGradients());
isExactly<void>()(expect(model).toHaveCorrectGradients({ epsilon: 1e-7, tolerance: 1e-7, worst: 3 }));
isExactly<void>()(expect(model).toHaveCorrectGradients({ only: ['W1', /^b/], except: 'W2', seed: 7 }));
isExactly<void>()(expect(model).toHaveCorrectGradients(1e-7, 1e-7));
isExactly<void>()(expect(model).toHaveCorrectGradients({ shard: '3/8' }));
isExactly<void>()(expect(model).toHaveCorrectGradients({ shard: undefined }));
isExactly<void>()(expect(model).toHaveCorrectGradients({ artifacts: 'folder' }));
isExactly<void>()(expect(model).not.toHaveCorrectGradients(1e-7, 1e-7));
isExactly<void>()(expect.soft(model).toHaveCorrectGradients({ worst: 3 }));
isExactly<void>()(expect(untyped).toHaveCorrectGradients());
isExactly<void>()(expect(batched).toHaveCorrectGradients());

isExactly<Promise<void>>()(expect(asyncLoss).toHaveCorrectGradients());
isExactly<Promise<void>>()(expect(asyncGradients).not.toHaveCorrectGradients({ epsilon: 1e-7 }));
isExactly<Promise<void>>()(expect(asyncBatched).toHaveCorrectGradients());
isExactly<Promise<void>>()(expect(sometimesAsync).toHaveCorrectGradients(1e-7, 1e-7));
isExactly<Promise<void>>()(expect(Promise.resolve(model)).resolves.toHaveCorrectGradients({ epsilon: 1e-7 }));
isExactly<Promise<void>>()(expect(Promise.resolve(model)).resolves.not.toHaveCorrectGradients(1e-7, 1e-7));

expect({ model }).toEqual({ model: expect.toHaveCorrectGradients({ epsilon: 1e-7 }) });
expect({ model }).toEqual({ model: expect.not.toHaveCorrectGradients(1e-7, 1e-7) });

isExactly<void>()(expect(layer).toHaveCorrectJacobian());
isExactly<void>()(expect(layer).not.toHaveCorrectJacobian({ only: 'W', method: 'directional' }));
isExactly<void>()(expect(layer).toHaveCorrectJacobian(1e-7, 1e-7));
isExactly<void>()(expect(curved).toHaveCorrectHessian({ tolerance: 1e-6 }));
isExactly<Promise<void>>()(expect(asyncLayer).toHaveCorrectJacobian());
isExactly<Promise<void>>()(expect(asyncCurved).not.toHaveCorrectHessian(1e-7, 1e-7));
isExactly<Promise<void>>()(expect(Promise.resolve(layer)).resolves.toHaveCorrectJacobian());
expect({ layer, curved }).toEqual({
  layer: expect.toHaveCorrectJacobian({ worst: 3 }),
  curved: expect.not.toHaveCorrectHessian(),
});
// @ts-expect-error an unknown option of another matcher
expect(layer).toHaveCorrectJacobian({ epsilom: 1e-7 });
// @ts-expect-error one number only
expect(curved).toHaveCorrectHessian(1e-7);

// @ts-expect-error an epsilon that is a string
expect(model).toHaveCorrectGradients({ epsilon: '1e-7' });
// @ts-expect-error an unknown option
expect(model).toHaveCorrectGradients({ epsilom: 1e-7 });
// @ts-expect-error an unknown option beside a known one, under .not
expect(model).not.toHaveCorrectGradients({ epsilon: 1e-7, tolerence: 1e-7 });
// @ts-expect-error an option of another type
expect(model).toHaveCorrectGradients({ only: 3 });
// @ts-expect-error a folder that is no path
expect(model).toHaveCorrectGradients({ artifacts: true });
// @ts-expect-error a part without how many there are
expect(model).toHaveCorrectGradients({ shard: '3' });
// @ts-expect-error a part in words
expect(model).toHaveCorrectGradients({ shard: 'third/8' });
// @ts-expect-error one number only
expect(model).toHaveCorrectGradients(1e-7);
// @ts-expect-error two numbers, one of them a string
expect(model).toHaveCorrectGradients('1e-7', 1e-7);
// @ts-expect-error options and a number
expect(model).toHaveCorrectGradients({ epsilon: 1e-7 }, 1e-7);
// @ts-expect-error an unknown option of the asymmetric form
expect.toHaveCorrectGradients({ epsilom: 1e-7 });
// @ts-expect-error an unknown option of the negated asymmetric form
expect.not.toHaveCorrectGradients({ epsilom: 1e-7 });
// @ts-expect-error a misspelt matcher
expect(model).toHaveCorectGradients();

// What the doors do may be done by hand.
expect.extend(matchers);
isExactly<'correct' | 'wrong' | 'inconclusive'>()({} as GradientReport['verdict']);

// What a reporter finds in the meta of a test.
isExactly<BriefReport[] | undefined>()({} as GradientTaskMeta['gradients']);
isExactly<'correct' | 'wrong' | 'inconclusive'>()({} as BriefReport['verdict']);
isExactly<number | 'NaN' | 'Infinity' | '-Infinity'>()({} as BriefReport['offenders'][number]['analytic']);
