/** How pictures look: blend modes, colour changes, keying, scene effects. What is not here is reported, never faked. */
export { blendMode, type Fidelity, mixModeFidelity } from './blend.ts';
export { chromaKey } from './chroma-key.ts';
export { type ColorLook, colorLook, filterFidelity, type ReadFile } from './color-look.ts';
export { type EffectDrawing, effectFidelity, findEffect } from './effects/index.ts';
export { type Mix, mixColors } from './mix.ts';
