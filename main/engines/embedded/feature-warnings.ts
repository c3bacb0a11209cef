import { collectFeatures, type FeatureKind } from '../../drafts/inspect/index.ts';
import type { Draft } from '../../drafts/model.ts';
import type { ReadProblem } from '../../drafts/read/index.ts';
import { embeddedDrawability } from './drawability.ts';
import type { DrawnKind, Warnings } from './warnings.ts';

/** What those that draw and play it tell themselves, once they have tried. */
const toldElsewhere: ReadonlySet<FeatureKind> = new Set<FeatureKind>(['font', 'audio_effect', 'lut', 'sticker']);

const kinds: Readonly<Record<FeatureKind, DrawnKind>> = {
  transition: 'transition',
  animation: 'animation',
  text_animation: 'text animation',
  mask: 'mask',
  filter: 'filter',
  lut: 'colour table',
  adjust: 'adjustment',
  hsl: 'adjustment',
  beauty: 'beauty effect',
  effect: 'effect',
  chroma: 'chroma key',
  mix_mode: 'blend mode',
  sticker: 'sticker',
  text_template: 'text template',
  flower_text: 'flower text',
  text_glow: 'text glow',
  text_background: 'text background',
  bubble: 'text bubble',
  font: 'font',
  curve_speed: 'curve speed',
  audio_effect: 'sound effect',
  algorithm: 'smart processing',
};

/** What the reader met that Jianying would show; the rest of its problems no application could draw. */
const problemWords: Partial<Record<ReadProblem['kind'], readonly ['approximated' | 'not_drawn', DrawnKind]>> = {
  keyframe_unknown: ['not_drawn', 'keyframes'],
  track_unknown: ['not_drawn', 'track'],
  compound_too_deep: ['not_drawn', 'compound clip'],
  text_texture: ['approximated', 'text filling'],
};

/** Notes what of a draft file could not even be read as something to draw. */
export function noteProblems(problems: readonly ReadProblem[], warnings: Warnings): void {
  for (const { kind, subject, count } of problems) {
    const words = problemWords[kind];
    if (words !== undefined) warnings.addCounted(...words, subject, count);
  }
}

/** Notes everything that a draft asks for and that is drawn in another way than Jianying's, or not at all. */
export function noteFeatures(draft: Draft, warnings: Warnings): void {
  for (const feature of collectFeatures(draft)) {
    const fidelity = embeddedDrawability.fidelity(feature);
    if (fidelity === 'exact' || (toldElsewhere.has(feature.kind) && !feature.onText)) continue;
    warnings.addCounted(fidelity, kinds[feature.kind], feature.name, feature.count);
  }
}
