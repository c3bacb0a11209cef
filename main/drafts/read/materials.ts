import { type Fields, fields, id, records } from './fields.ts';

/** A material and the list of `materials` it stands in, which says what it is. */
export interface Material {
  readonly list: string;
  readonly fields: Fields;
}

/** Every material of one draft by id, whatever list it is in: segments refer to all of them alike. */
export type MaterialIndex = ReadonlyMap<string, Material>;

export function indexMaterials(materials: Fields): MaterialIndex {
  const index = new Map<string, Material>();
  for (const list of Object.keys(materials)) {
    for (const material of records(materials[list])) {
      const key = id(material.id);
      if (key !== '' && !index.has(key)) index.set(key, { list, fields: fields(material) });
    }
  }
  return index;
}
