/** As much of Vitest 5's types as the door needs; used by tsconfig.vitest.json only. */

export interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {}

export declare function onTestFinished(
  ended: (context: { readonly task: { readonly concurrent?: boolean } }) => void,
): void;
export declare const expect: { extend(matchers: object): void };
export interface TaskMeta {}
