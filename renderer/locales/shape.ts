/** The same keys with any text: what a translation has to provide. */
export type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> } & {
  /** Form for a count of one, where a language has one (i18next looks for it first). */
  readonly [K in keyof T as T[K] extends string ? `${K & string}_one` : never]?: string;
};
