import type { TextGlow, TextMaterial } from '../model.ts';
import { colorOfHex, white } from './color.ts';
import { type Fields, fields, firstText, flag, id, isFields, number } from './fields.ts';
import type { Material } from './materials.ts';

/** Whether a material is a light around letters: of all effects only these have `bloom_params`. */
export function isGlow({ list, fields: material }: Material): boolean {
  return list === 'effects' && material.type === 'bloom' && isFields(material.bloom_params);
}

/** The text with the light that its segment refers to; one that nothing refers to is a leftover in the file. */
export function withGlow(text: TextMaterial, extras: readonly Material[]): TextMaterial {
  const glow = extras.findLast(isGlow)?.as(readGlow) ?? null;
  return glow === null ? text : { ...text, glow };
}

/** Null when it is switched off or gives no light. */
function readGlow(material: Fields): TextGlow | null {
  const params = fields(material.bloom_params);
  const glow: TextGlow = {
    name: firstText(material.name, material.type),
    resourceId: firstText(id(material.resource_id), id(material.effect_id)),
    color: colorOfHex(params.color) ?? white,
    strength: number(params.strength, 0.5, 0, 1),
    range: number(params.range, 0.5, 0, 1),
    directionX: number(params.dir_x, 0, -1, 1),
    directionY: number(params.dir_y, 0, -1, 1),
  };
  const lit = flag(material.visible, true) && glow.strength > 0 && glow.range > 0 && glow.color.a > 0;
  return lit ? glow : null;
}
