import { type Fields, fields, id, records } from './fields.ts';

/** How one material becomes what the model has for it. A constant function: its results are kept by its identity. */
export type MaterialReader<T> = (material: Fields, list: string) => T;

/** A material, and the list of `materials` it stands in, which says what it is. */
export class Material {
  readonly list: string;
  readonly fields: Fields;
  readonly #results = new Map<unknown, unknown>();

  constructor(list: string, material: Fields) {
    this.list = list;
    this.fields = material;
  }

  /** What a reader makes of it; read once, however many segments refer to it, so that time and memory stay linear. */
  as<T>(reader: MaterialReader<T>): T {
    if (!this.#results.has(reader)) this.#results.set(reader, reader(this.fields, this.list));
    return this.#results.get(reader) as T;
  }
}

/** Every material of one draft by id, whatever list it is in: segments refer to all of them alike. */
export type MaterialIndex = ReadonlyMap<string, Material>;

export function indexMaterials(materials: Fields): MaterialIndex {
  const index = new Map<string, Material>();
  for (const list of Object.keys(materials)) {
    for (const material of records(materials[list])) {
      const key = id(material.id);
      if (key !== '' && !index.has(key)) index.set(key, new Material(list, fields(material)));
    }
  }
  return index;
}
