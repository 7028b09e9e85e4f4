/**
 * The colours of an error. Cividis is ordered by lightness and looks nearly the same with any colour vision (Nuñez, Anderton and
 * Renslow, PLoS ONE 13(7) (2018), e0199239): here as d3-scale-chromatic 3.1 has it, at 0 and at twelve places from 0.4 to 1.
 */

/** An entry within the tolerance. The gap to the first of the others tells right from wrong at a glance. */
export const RIGHT = '#002051';

/** From just above what is right to the largest error. */
export const WRONG: readonly string[] = [
  '#696970',
  '#757372',
  '#817d75',
  '#8c8877',
  '#989378',
  '#a69e77',
  '#b4aa73',
  '#c5b66d',
  '#d6c263',
  '#e7cf58',
  '#f5dc4d',
  '#fdea45',
];
