/** What a draft asks of an engine beyond pictures, sound, plain text and movement. */
export type FeatureKind =
  | 'transition'
  /** Of a picture. */
  | 'animation'
  | 'text_animation'
  | 'mask'
  | 'filter'
  | 'lut'
  | 'adjust'
  | 'hsl'
  | 'beauty'
  | 'effect'
  | 'chroma'
  | 'mix_mode'
  | 'sticker'
  | 'text_template'
  | 'flower_text'
  /** A light around letters. */
  | 'text_glow'
  | 'text_background'
  | 'bubble'
  | 'font'
  | 'curve_speed'
  | 'audio_effect'
  /** Cutting out, motion blur and the like. */
  | 'algorithm';

export interface Feature {
  readonly kind: FeatureKind;
  /** As in the draft, never empty. */
  readonly name: string;
  /** The application's own id; empty when the draft gives none. */
  readonly resourceId: string;
  /**
   * What else tells it apart: an animation's kind (`in`, `out`, ...), a mask's shape, the type of an effect or adjustment
   * as in the draft (`face_effect`, `brightness`), a colour range that is none of the usual ones; empty for the others.
   */
  readonly detail: string;
  /** An effect, filter or adjustment of a text. */
  readonly onText?: true;
}

export type Fidelity = 'exact' | 'approximated' | 'not_drawn';

/** What an engine can do with a feature; each engine brings its own. */
export interface Drawability {
  fidelity(feature: Feature): Fidelity;
}

/** For when no engine has been asked: promises nothing. */
export const nothingDrawn: Drawability = { fidelity: () => 'not_drawn' };
