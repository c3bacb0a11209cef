/** Which tasks are ticked. Pure: the page keeps the value. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** The last one ticked by itself: where a range begins. */
  readonly anchor: string | null;
}

export const noSelection: Selection = { ids: new Set(), anchor: null };

/** Ticks or unticks one; with `range`, everything between the anchor and it gets ticked. */
export function toggle(selection: Selection, id: string, range: boolean, order: readonly string[]): Selection {
  const ids = new Set(selection.ids);
  const from = selection.anchor === null ? -1 : order.indexOf(selection.anchor);
  const to = order.indexOf(id);
  if (range && from >= 0 && to >= 0) {
    for (const between of order.slice(Math.min(from, to), Math.max(from, to) + 1)) ids.add(between);
    return { ids, anchor: selection.anchor };
  }
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: id };
}

/** Ticks all of a group, or unticks it when all were ticked. */
export function toggleGroup(selection: Selection, group: readonly string[]): Selection {
  const ids = new Set(selection.ids);
  const all = group.every((id) => ids.has(id));
  for (const id of group) {
    if (all) ids.delete(id);
    else ids.add(id);
  }
  return { ids, anchor: null };
}

/** Without tasks that are gone. The same value when nothing is. */
export function stillThere(selection: Selection, exists: (id: string) => boolean): Selection {
  const left = [...selection.ids].filter(exists);
  return left.length === selection.ids.size ? selection : { ids: new Set(left), anchor: selection.anchor };
}
