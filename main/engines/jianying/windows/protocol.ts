/** What the station asks of the child. Arguments and results are plain data; see `UiBackend` for their meaning. */
export type Operation =
  | 'look'
  | 'tree'
  | 'invoke'
  | 'postClick'
  | 'realClick'
  | 'keys'
  | 'typeText'
  | 'window'
  | 'launch'
  | 'endProcess'
  | 'capture'
  | 'installFacts';

export interface Request {
  readonly id: number;
  readonly op: Operation;
  readonly args: readonly unknown[];
}

/** ms for each operation; a hung client blocks the child's only thread, so this is all the patience it gets. */
export const operationDeadlines: Readonly<Record<Operation, number>> = {
  look: 8_000,
  tree: 10_000,
  invoke: 10_000,
  postClick: 5_000,
  realClick: 5_000,
  keys: 5_000,
  typeText: 5_000,
  window: 5_000,
  launch: 15_000,
  endProcess: 5_000,
  capture: 10_000,
  installFacts: 20_000,
};

/** The child says so this often while it is idle. */
export const beatEveryMs = 2_000;
/** An idle child that has been silent this long is stuck. */
export const silentMs = 20_000;
