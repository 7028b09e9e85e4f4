import { configureGlobal } from 'fast-check';

/** A mutant is dead with the first counterexample; the smallest one is nobody's business. */
configureGlobal({ endOnFailure: true });
