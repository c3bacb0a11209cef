/** Where one unit of an animated text (a character, a line or the whole block) stands at one moment. */
export interface UnitState {
  /** Em, right and down. */
  readonly dx: number;
  readonly dy: number;
  readonly scaleX: number;
  readonly scaleY: number;
  /** Degrees, clockwise. */
  readonly rotation: number;
  /** Where scale and rotation have their fixed point: shares of the unit's size from its middle, right and down. */
  readonly pivotX: number;
  readonly pivotY: number;
  readonly alpha: number;
  /** Em. */
  readonly blur: number;
  /** The part of the unit that shows, shares from its left and upper edge. */
  readonly window: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  } | null;
  /** Share of the unit, from where reading starts, that shows in the highlight colour. */
  readonly highlight: number;
}

export const atRest: UnitState = {
  dx: 0,
  dy: 0,
  scaleX: 1,
  scaleY: 1,
  rotation: 0,
  pivotX: 0,
  pivotY: 0,
  alpha: 1,
  blur: 0,
  window: null,
  highlight: 0,
};

export const isAtRest = (state: UnitState): boolean =>
  state === atRest ||
  (state.dx === 0 &&
    state.dy === 0 &&
    state.scaleX === 1 &&
    state.scaleY === 1 &&
    state.rotation === 0 &&
    state.alpha === 1 &&
    state.blur === 0 &&
    state.window === null &&
    state.highlight === 0);

/** What a motion may know of the unit it moves. */
export interface UnitPlace {
  readonly index: number;
  readonly count: number;
  /** Em from the block's middle to the unit's, right and down. */
  readonly offsetX: number;
  readonly offsetY: number;
  /** Of its line box. */
  readonly heightEm: number;
}

/** The same number in 0..1 for the same unit on every run and machine; `salt` gives more of them. */
export function scatter(index: number, salt = 0): number {
  let hash = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 0x100000000;
}
