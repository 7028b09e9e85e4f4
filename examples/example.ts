import type { GradientCheckOptions, Model } from 'expect-gradients';

/** One model with what a check of it must find. The demo prints these, the tests hold them to it. */
export interface ExampleCase {
  readonly name: string;
  readonly label: 'correct' | 'wrong';
  readonly model: Model;
  readonly options: GradientCheckOptions;
  /** The parameters whose gradients are wrong, in the model's order. */
  readonly wrong: readonly string[];
}

export interface Example {
  readonly title: string;
  readonly cases: readonly ExampleCase[];
}
