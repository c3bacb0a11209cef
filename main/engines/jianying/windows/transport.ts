import net from 'node:net';

/** How the child talks to the station. */
export interface Transport {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The station is gone: so must the child be. */
  onEnd(listener: () => void): void;
}

/**
 * Process messages as a rule. With `--port <n>` the child connects to that port of the local machine instead and speaks
 * one JSON value a line: under Wine a Windows Node has no working pipes.
 */
export function openTransport(args: readonly string[]): Transport {
  const at = args.indexOf('--port');
  return at < 0 ? processMessages() : lines(net.connect(Number(args[at + 1]), '127.0.0.1'));
}

function processMessages(): Transport {
  return {
    send: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', listener),
    onEnd: (listener) => void process.on('disconnect', listener),
  };
}

/** One JSON value a line, both ways. */
export function lines(socket: net.Socket): Transport {
  let text = '';
  const listeners: ((message: unknown) => void)[] = [];
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      const message: unknown = JSON.parse(text.slice(0, end));
      text = text.slice(end + 1);
      for (const listener of listeners) listener(message);
    }
  });
  return {
    send: (message) => void socket.write(`${JSON.stringify(message)}\n`),
    onMessage: (listener) => void listeners.push(listener),
    onEnd: (listener) => {
      socket.on('close', listener);
      socket.on('error', listener);
    },
  };
}
