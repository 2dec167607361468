// Two helpers on matrices as arrays of rows, for the references, and as text for the skeletons of the same exercises.

/** The product of a [n, k] and a [k, m] matrix: [n, m]. */
export function matmul(a: number[][], b: number[][]): number[][] {
  return a.map((row) => b[0]!.map((_, j) => row.reduce((sum, x, k) => sum + x * b[k]![j]!, 0)));
}

/** Rows become columns: [n, m] turns into [m, n]. */
export function transpose(a: number[][]): number[][] {
  return a[0]!.map((_, j) => a.map((row) => row[j]!));
}

/** The same two as a learner gets them. */
export const MATRIX_HELPERS = `
/** The product of two matrices: [n, k] times [k, m] gives [n, m]. */
function matmul(a: number[][], b: number[][]): number[][] {
  return a.map((row) => b[0].map((_, j) => row.reduce((sum, x, k) => sum + x * b[k][j], 0)));
}

/** Rows become columns: [n, m] turns into [m, n]. */
function transpose(a: number[][]): number[][] {
  return a[0].map((_, j) => a.map((row) => row[j]));
}
`;
