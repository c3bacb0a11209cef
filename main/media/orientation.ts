import { AV_PKT_DATA_DISPLAYMATRIX, type Stream } from 'node-av';

/**
 * Quarter turns and mirrors that a player applies before showing a stream: (x, y) becomes (a x + c y, b x + d y), x to
 * the right, y down, about the picture's centre. Every member is -1, 0 or 1.
 */
export interface Orientation {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

const upright: Orientation = { a: 1, b: 0, c: 0, d: 1 };

/** Whether an orientation swaps width and height. */
export function swapsSides({ a }: Orientation): boolean {
  return a === 0;
}

/** Orientation of a stream from its display matrix. */
export function orientationOf(stream: Stream): Orientation {
  const matrix = stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX);
  return matrix === null ? upright : orientationFromMatrix(matrix);
}

/** The same from the 36 bytes of a display matrix (16.16 fixed point, row by row); odd angles go to the nearest quarter. */
export function orientationFromMatrix(matrix: Buffer): Orientation {
  if (matrix.length < 20) return upright;
  const [a, b, c, d] = [0, 4, 12, 16].map((at) => matrix.readInt32LE(at)) as [number, number, number, number];
  if (a * d - b * c === 0) return upright;
  const straight = Math.abs(a) >= Math.abs(b);
  return straight ? { a: Math.sign(a), b: 0, c: 0, d: Math.sign(d) } : { a: 0, b: Math.sign(b), c: Math.sign(c), d: 0 };
}
