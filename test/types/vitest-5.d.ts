/** As much of Vitest 5's types as the door needs; used by tsconfig.vitest.json only. */

export interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {}

export declare const expect: { extend(matchers: object): void };
