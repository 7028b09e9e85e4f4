import { configureGlobal } from 'fast-check';

/** A mutant is dead with the first counterexample; the smallest one is nobody's business, and a tenth of the usual draws will do. */
configureGlobal({ endOnFailure: true, numRuns: 10 });
