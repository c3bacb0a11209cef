import type { Drawability, Feature, Fidelity } from '../../drafts/inspect/index.ts';
import type { EffectMaterial, Mask } from '../../drafts/model.ts';
import { soundEffectFidelity } from './audio/effects/index.ts';
import { effectFidelity, filterFidelity, mixModeFidelity } from './look/index.ts';
import { animationFidelity, maskFidelity, transitionFidelity } from './motion/index.ts';
import { textAnimationFidelity } from './text/index.ts';

/** What the embedded engine can do with what a draft asks for, from the registries that draw it. */
export const embeddedDrawability: Drawability = {
  fidelity(feature) {
    // Texts are drawn without the effects of pictures.
    const found = feature.onText ? 'not_drawn' : look(feature);
    return found === 'skipped' ? 'not_drawn' : found;
  },
};

type AnimationKind = 'in' | 'out' | 'combo' | 'loop' | 'caption';

function look(feature: Feature): Fidelity | 'skipped' {
  const { kind, name, resourceId, detail } = feature;
  switch (kind) {
    case 'transition':
      return transitionFidelity({ name, resourceId });
    case 'animation':
      return animationFidelity({ kind: detail as AnimationKind, name, id: '', resourceId });
    case 'text_animation':
      return textAnimationFidelity({ kind: detail as AnimationKind, name, id: '', resourceId });
    case 'mask':
      return maskFidelity({ shape: detail, feather: 0 } as Mask);
    case 'mix_mode':
      return mixModeFidelity(name);
    case 'filter':
    case 'adjust':
    case 'beauty':
      return filterFidelity(effectOf(feature));
    case 'effect':
      return effectFidelity({ type: detail, name, resourceId });
    // Which file a table comes from is only known when the clip is drawn; one that is missing is told then.
    case 'lut':
    case 'chroma':
    case 'sticker':
    case 'text_template':
    case 'text_glow':
    case 'text_background':
    case 'font':
      return 'approximated';
    case 'hsl':
      return detail === '' ? 'approximated' : 'not_drawn';
    case 'audio_effect':
      return soundEffectFidelity({ name });
    case 'curve_speed':
      return 'exact';
    case 'flower_text':
    case 'bubble':
    case 'algorithm':
      return 'not_drawn';
  }
}

function effectOf({ name, resourceId, detail }: Feature): EffectMaterial {
  return { id: '', type: detail, name, resourceId, value: 1, path: '', applyTarget: 0, params: [] };
}
