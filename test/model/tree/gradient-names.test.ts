import { describe, expect, it } from 'vitest';
import {
  GRADIENT_WORDS,
  gradientNames,
  isGradientName,
  isWeakName,
  looksLikeGradient,
  usualGradientName,
} from '../../../src/model/tree/gradient-names.js';

describe('the names of a gradient', () => {
  it.each<[string, readonly string[]]>([
    ['W', ['dW', 'd_W', 'gradW', 'grad_W', 'gradientW', 'gradient_W', 'gW', 'g_W', 'deltaW', 'delta_W']],
    ['W', ['WGrad', 'W_grad', 'WGradient', 'W_gradient', 'WDelta', 'W_delta', 'WGrads', 'W_deltas']],
    ['W', ['dLdW', 'dL_dW', 'dJdW', 'dLoss_dW', 'dCost_dW', 'dL_d_W']],
    ['weights', ['dLdWeights', 'dL_dweights', 'dE_dWeights']],
    ['x', ['dx', 'dX', 'gradX', 'grad_x', 'grad_X', 'xGrad', 'x_grad', 'deltaX', 'delta_x']],
    ['weights', ['dWeights', 'dweights', 'weightsGrad', 'weightGrads', 'weight_grad', 'weightDeltas']],
    ['weights', ['grad', 'grads', 'gradient', 'gradients', 'deltas']],
    ['weight', ['grad', 'delta', 'dWeight']],
    ['biases', ['dBiases', 'biasGrad', 'biasesGrad']],
    ['class', ['classGrad', 'dClass']],
    ['_W', ['_dW', 'dW', '_gradW', 'gradW', '_W_grad', 'W_grad']],
    ['$w', ['$dw', 'dw']],
    ['data', [...GRADIENT_WORDS, 'ddata', 'dataGrad']],
    ['values', ['valueGrad', 'grad']],
    ['as', ['asGrad', 'das']],
  ])('of %s may be %o', (name, gradients) => {
    expect(gradients.filter((key) => !gradientNames(name).includes(key))).toEqual([]);
    expect(gradients.every((key) => isGradientName(key, name))).toBe(true);
  });

  it.each<[string, readonly string[]]>([
    ['W', ['dLW', 'dLdV', 'LdW', 'dZdW']],
    ['W', ['W', 'w', 'dw', 'grad', 'grads', 'delta', 'Wd', 'DW', '_dW', 'ddW']],
    ['weights', ['weights', 'delta', 'weightd']],
    ['weight', ['deltas', 'weights']],
    ['as', ['aGrad']],
    ['biases', ['biaseGrad']],
    ['class', ['clasGrad', 'classsGrad']],
    ['layer', ['grad', 'deltas']],
    ['', ['d', 'grad']],
    ['_', ['d', '_d', 'grad_']],
  ])('of %s are none of %o', (name, others) => {
    expect(others.filter((key) => isGradientName(key, name))).toEqual([]);
  });

  it('are kept, as they are asked for again and again', () => {
    expect(gradientNames('kept')).toBe(gradientNames('kept'));
  });

  it.each([
    ['W', 'dW'],
    ['W1', 'dW1'],
    ['b', 'db'],
    ['x1', 'dx1'],
    ['ab', 'dab'],
    ['abc', 'dAbc'],
    ['weights', 'dWeights'],
    ['Wxh', 'dWxh'],
    ['bias_2', 'dBias_2'],
  ])('of %s is usually %s', (name, usual) => {
    expect(usualGradientName(name)).toBe(usual);
  });
});

describe('a name', () => {
  it.each(['damp', 'gain', 'dim', 'dim2', 'dbias', 'drate'])('may be a word by itself: %s', (key) => {
    expect(isWeakName(key)).toBe(true);
  });

  it.each(['dW', 'dw', 'db', 'd_bias', 'dBias', 'gradBias', 'xdamp', 'biasGrad', 'damp_x', 'e'])(
    'is that of a gradient or of something else: %s',
    (key) => {
      expect(isWeakName(key)).toBe(false);
    },
  );

  it.each([
    'dW',
    'dZ1',
    'db',
    'db2',
    'd_loss',
    'd_W',
    'g_w',
    'gW',
    'grad',
    'gradInput',
    'grad_x',
    'grads',
    'gradients',
    'delta',
    'deltas',
    'delta2',
    'delta_h',
    'x_grad',
    'hGrad',
    'hGrads',
    'h_gradients',
    'x_delta',
    'outDelta',
    '_dW',
    '$grad',
  ])('says that it is a gradient: %s', (key) => {
    expect(looksLikeGradient(key)).toBe(true);
  });

  it.each([
    'W',
    'loss',
    'data',
    'dim',
    'depth',
    'gain',
    'gradual',
    'deltaic',
    'upgrade',
    'id',
    'd',
    'g',
    'ad',
    'xgrad',
    'dab',
  ])('says nothing of that: %s', (key) => {
    expect(looksLikeGradient(key)).toBe(false);
  });
});
