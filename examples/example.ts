import {
  checkGradients,
  checkHessian,
  checkJacobian,
  type CurvedModel,
  type GradientCheckOptions,
  type Model,
  type Report,
  type VectorModel,
} from 'expect-gradients';

/** A loss with its gradients; outputs with their Jacobian, forwards or backwards; or gradients with their Hessian. */
export type AnyModel = Model | VectorModel | CurvedModel;

/** One model with what a check of it must find. The demo prints these, the tests hold them to it. */
export interface ExampleCase {
  readonly name: string;
  readonly label: 'correct' | 'wrong';
  readonly model: AnyModel;
  readonly options: GradientCheckOptions;
  /** The parameters whose derivatives are wrong, in the model's order. */
  readonly wrong: readonly string[];
  /** What the message says of the cause. */
  readonly cause?: string;
}

export interface Example {
  readonly title: string;
  readonly cases: readonly ExampleCase[];
}

/** The check of a model, by what it has. */
export async function check({ model, options }: Pick<ExampleCase, 'model' | 'options'>): Promise<Report> {
  if ('outputs' in model) return checkJacobian(model, options);
  return 'loss' in model ? checkGradients(model, options) : checkHessian(model, options);
}
