/** What the examples and tests use of convnetjs 0.3.0, which comes without types. */
declare module 'convnetjs' {
  export interface Vol {
    readonly w: Float64Array;
  }

  export interface ParametersAndGradients {
    readonly params: Float64Array;
    readonly grads: Float64Array;
  }

  export interface Layer {
    /** The last layer wants the target and returns the cost. */
    backward(target?: number | number[]): number | undefined;
  }

  export interface Net {
    readonly layers: Layer[];
    makeLayers(definitions: object[]): void;
    forward(input: Vol): Vol;
    backward(target: number | number[]): number;
    getParamsAndGrads(): ParametersAndGradients[];
  }

  const convnetjs: {
    readonly Net: new () => Net;
    /** A list of numbers, or a volume of one value. */
    readonly Vol: new (
      ...given: [values: number[]] | [sx: number, sy: number, depth: number, value: number]
    ) => Vol;
  };
  export default convnetjs;
}
