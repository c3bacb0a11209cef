/** Calls of `move` that put a waiting task at another place; `before: null` means the front. */
export interface Move {
  readonly id: string;
  readonly before: string | null;
}

/**
 * What to ask the station so that `id` stands where `overId` stands now (as drag and drop shows it).
 * The station only moves a task before another one; behind the very last one takes two moves.
 */
export function movesTo(waiting: readonly string[], id: string, overId: string): readonly Move[] {
  const from = waiting.indexOf(id);
  const to = waiting.indexOf(overId);
  if (from < 0 || to < 0 || from === to) return [];
  if (to === 0) return [{ id, before: null }];
  if (to < from) return [{ id, before: overId }];
  const next = waiting[to + 1];
  if (next !== undefined) return [{ id, before: next }];
  const toLast: Move = { id, before: overId };
  const lastBefore: Move = { id: overId, before: id };
  return from === to - 1 ? [lastBefore] : [toLast, lastBefore];
}

/** The line after a move, as the station will have it. */
export function afterMove(waiting: readonly string[], move: Move): readonly string[] {
  const rest = waiting.filter((id) => id !== move.id);
  const at = move.before === null ? 0 : rest.indexOf(move.before);
  if (at < 0) return waiting;
  return [...rest.slice(0, at), move.id, ...rest.slice(at)];
}
