/** A child program's line to the station that started it: Node's fork or Electron's utilityProcess. */
export interface ParentPort {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** No more messages are wanted: the program may end. */
  close(): void;
}

/** What Electron puts on `process` inside a utility process. */
interface UtilityPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/**
 * The line of this child program.
 * @throws Error when the program was not started as a child
 */
export function parentPort(): ParentPort {
  const utility = (process as { parentPort?: UtilityPort }).parentPort;
  if (utility !== undefined)
    return {
      send: (message) => utility.postMessage(message),
      onMessage: (listener) => utility.on('message', ({ data }) => listener(data)),
      close: () => process.exit(0),
    };
  if (process.send === undefined) throw new Error('This is a child program of the station; it is not started by hand.');
  // A child without its station has nobody to work for.
  process.on('disconnect', () => process.exit(0));
  return {
    send: (message) => void process.send?.(message, undefined, undefined, () => {}),
    onMessage: (listener) => void process.on('message', listener),
    close: () => process.disconnect(),
  };
}
