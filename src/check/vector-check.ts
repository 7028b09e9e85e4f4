/** Being rebuilt. */
import type { JacobianReport } from '../report.js';
export function runVectorCheck(..._: readonly unknown[]): JacobianReport | Promise<JacobianReport> {
  throw new Error('being rebuilt');
}
