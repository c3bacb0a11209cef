import type { BlurredFrame } from './blurred-frames.ts';
import type { FrameOver } from './frame-over.ts';
import type { Ready } from './ready.ts';
import type { PlainClip } from './undrawn.ts';

/** What is below the layers of a frame that are laid. */
type Below =
  /** A clip that fills the frame. */
  | { readonly on: 'clip'; readonly clip: PlainClip }
  /** A film, enlarged and blurred. */
  | { readonly on: 'blur'; readonly ground: BlurredFrame }
  /** Something drawn. */
  | { readonly on: 'ground'; readonly ground: Ready[] };

/** What is below, and what of the lowest layer is laid over it. */
export type Base = Below & { readonly laid: readonly (Ready | FrameOver)[] };

export interface Whole {
  /** The same frame to be drawn over nothing: what is ready stays, decoded frames become pictures. */
  whole(): Promise<Ready[]>;
}

/** A frame of a scene, ready to be made; its layers back to front, without those that are wholly hidden. */
export type Seen =
  /** No layer needs to know what is below it. */
  | (Below & { readonly layers: readonly (Ready | FrameOver)[] } & Whole)
  /** Everything is drawn. */
  | { readonly on: 'nothing'; readonly layers: Ready[] };

/** The frame of a compound clip, told from the same frame of another use of that clip: each use is read by itself. */
export function insideOf(id: string, seen: Seen): Seen {
  const named = <Part extends { readonly identity: string }>(part: Part): Part => ({
    ...part,
    identity: `${id}(${part.identity})`,
  });
  if (seen.on === 'nothing') return { ...seen, layers: seen.layers.map(named) };
  const layers = seen.layers.map(named);
  switch (seen.on) {
    case 'clip':
      return { ...seen, clip: named(seen.clip), layers };
    case 'blur':
      return { ...seen, ground: named(seen.ground), layers };
    case 'ground':
      return { ...seen, ground: seen.ground.map(named), layers };
  }
}
