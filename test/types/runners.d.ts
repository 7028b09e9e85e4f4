/**
 * As much of the types of the runners that aren't installed here as their doors need. test/runners compiles what is published
 * against the real ones.
 */

declare module 'bun:test' {
  export interface Matchers<T = unknown> {}
  export interface AsymmetricMatchers {}
  export const expect: { extend(matchers: object): void };
}

declare module '@playwright/test' {
  export interface Expect {
    (received: unknown): unknown;
    extend(matchers: object): Expect;
  }
  type Fixture = (others: object, use: () => Promise<void>) => Promise<void>;
  interface TestInfo {
    readonly titlePath: string[];
    readonly file: string;
    attach(name: string, options?: { body?: string; contentType?: string; path?: string }): Promise<void>;
  }
  interface Test {
    info(): TestInfo;
    extend<Fixtures>(fixtures: Record<keyof Fixtures, [Fixture, { auto: boolean; box: boolean }]>): Test;
  }
  export const expect: Expect;
  export const test: Test;
}

declare namespace PlaywrightTest {
  interface Matchers<R, T = unknown> {}
}

/** Of every ES module, in Node and in browsers. */
interface ImportMeta {
  url: string;
}
