/** How pictures look: blend modes, colour changes, keying, scene effects. What is not here is reported, never faked. */
export { blendMode, type Fidelity, mixModeFidelity } from './blend.ts';
export { chromaKey } from './chroma-key.ts';
export { type ColorLook, colorLook, filterFidelity, type ReadTable } from './color-look.ts';
export { parseCube } from './cube-file.ts';
export { type EffectDrawing, effectFidelity, findEffect } from './effects/index.ts';
export { type Mix, mixColors } from './mix.ts';
export type { ColorOp } from './ops.ts';
