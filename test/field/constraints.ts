import type { VectorModel } from 'expect-gradients';
import { fields } from 'expect-gradients/adapters';
import { load, type Subject } from './subject.js';

/**
 * p2 0.7.1: constraints between bodies. Each equation has a violation g, `computeGq()`, and its Jacobian G by x, y and the angle of the one body
 * and of the other. Places are stored in float32.
 *
 * A lock, src/constraints/LockConstraint.js. With r = −R(θ_b − φ) d and its unit normal t, the third violation is
 * g = (x_a − x_b + r) · t. By θ_b its derivative is −|r| + (x_a − x_b + r) · r ÷ |r|; `rot.G[5]` is |r|, to which that comes
 * where x_a − x_b = r: where the bodies are locked. Elsewhere it is off.
 *
 * A slider, src/equations/RotationalLockEquation.js: g = sin(θ_a − θ_b), or so, of which the derivative is cos(θ_a − θ_b); `G` has 1.
 */
interface Body {
  readonly position: Float32Array;
  angle: number;
}
interface Constraint {
  readonly equations: readonly { readonly G: Float32Array; computeGq(): number }[];
  update(): void;
}
interface Library {
  readonly Body: new (options: object) => Body;
  readonly DistanceConstraint: Joint;
  readonly LockConstraint: Joint;
  readonly PrismaticConstraint: Joint;
  readonly RevoluteConstraint: Joint;
}
type Joint = new (a: Body, b: Body, options?: object) => Constraint;
type Kind = Exclude<keyof Library, 'Body'>;

/** @param moved whether the bodies are moved after they were joined */
function joined(kind: Kind, moved: boolean, options?: object): VectorModel {
  const library = load('p2') as Library;
  const a = new library.Body({ mass: 1, position: [0.3, -0.2], angle: 0.4 });
  const b = new library.Body({ mass: 2, position: [1.5, 0.7], angle: -0.3 });
  const constraint = new library[kind](a, b, options);
  if (moved) {
    a.position[0]! += 0.1;
    b.position[1]! -= 0.3;
    b.angle += 0.2;
  }
  const bodies = [a, b];
  return {
    parameters: bodies.map((body) => ({ place: body.position, angle: fields([body], 'angle') })),
    outputs: () => {
      constraint.update(); // a slider keeps its axis
      return constraint.equations.map((equation) => equation.computeGq());
    },
    jacobian: () => constraint.equations.map(({ G }) => [...G]),
  };
}

const anchors = { localAnchorA: [0.5, 0.2], localAnchorB: [-0.3, 0.4] };
const library = 'p2 0.7.1';

export const subjects: readonly Subject[] = [
  { name: 'a distance', library, model: () => joined('DistanceConstraint', true, anchors), wrong: [] },
  {
    name: 'a hinge',
    library,
    model: () => joined('RevoluteConstraint', true, { worldPivot: [1, 0.5] }),
    wrong: [],
  },
  { name: 'a lock that holds', library, model: () => joined('LockConstraint', false), wrong: [] },
  {
    name: 'a lock that is violated',
    library,
    model: () => joined('LockConstraint', true),
    wrong: ['parameters[1].angle'],
    cause: 'isolated-entries',
  },
  {
    name: 'a slider that is turned',
    library,
    model: () => joined('PrismaticConstraint', true, { ...anchors, localAxisA: [0.8, 0.6] }),
    wrong: ['parameters[0].angle', 'parameters[1].angle'],
    cause: 'isolated-entries',
  },
];
