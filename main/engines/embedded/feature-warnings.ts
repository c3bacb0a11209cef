import { collectFeatures, type FeatureKind } from '../../drafts/inspect/index.ts';
import type { Draft } from '../../drafts/model.ts';
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
  bubble: 'text bubble',
  font: 'font',
  curve_speed: 'curve speed',
  audio_effect: 'sound effect',
  algorithm: 'smart processing',
};

/** Notes everything that a draft asks for and that is drawn in another way than Jianying's, or not at all. */
export function noteFeatures(draft: Draft, warnings: Warnings): void {
  for (const feature of collectFeatures(draft)) {
    const fidelity = embeddedDrawability.fidelity(feature);
    if (fidelity === 'exact' || toldElsewhere.has(feature.kind)) continue;
    warnings.addCounted(fidelity, kinds[feature.kind], feature.name, feature.count);
  }
}
