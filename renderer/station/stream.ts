import { type StationEvent, stationEventSchema } from '../../main/shared/events.ts';
import { send } from './client.ts';

export type Connection = 'connecting' | 'live' | 'lost' | 'refused';

interface Listener {
  /** Returns false when it needs a new snapshot. */
  onEvent(event: StationEvent): boolean;
  onConnection(connection: Connection): void;
}

const firstRetryMs = 500;
const longestRetryMs = 5000;
/** A page that was hidden or asleep longer than this asks for a new snapshot when it is seen again. */
const staleAfterMs = 60_000;

/** Keeps one event stream open: reconnects after a loss, a gap, and a long sleep. The returned function ends it. */
export function openStream(listener: Listener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = firstRetryMs;
  let lastHeardMs = Date.now();
  let ended = false;

  const open = () => {
    source?.close();
    const opened = new EventSource('/api/events');
    source = opened;
    const take = (message: MessageEvent<string>) => {
      if (source !== opened) return;
      const event = readEvent(message.data);
      lastHeardMs = Date.now();
      if (event === null) return;
      retryMs = firstRetryMs;
      if (!listener.onEvent(event)) return open();
      listener.onConnection('live');
    };
    for (const type of ['message', 'snapshot', 'task', 'removed', 'queue', 'changed'])
      opened.addEventListener(type, take);
    opened.onerror = () => {
      if (source === opened) lose();
    };
  };

  const lose = () => {
    source?.close();
    source = null;
    listener.onConnection('lost');
    clearTimeout(timer);
    timer = setTimeout(probe, retryMs);
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  };

  // EventSource hides the status; an ordinary request tells a refused token from a station that is not there.
  const probe = async () => {
    const status = await send('GET', '/api/queue').then(
      (response) => response.status,
      () => 0,
    );
    if (ended) return;
    if (status === 401 || status === 403) listener.onConnection('refused');
    if (status >= 200 && status < 300) return open();
    timer = setTimeout(probe, retryMs);
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  };

  const onVisible = () => {
    if (document.visibilityState === 'visible' && source !== null && Date.now() - lastHeardMs > staleAfterMs) open();
  };

  document.addEventListener('visibilitychange', onVisible);
  open();
  return () => {
    ended = true;
    source?.close();
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisible);
  };
}

function readEvent(text: string): StationEvent | null {
  try {
    return stationEventSchema.parse(JSON.parse(text));
  } catch (error) {
    console.error('The station sent an event that this window does not understand', error);
    return null;
  }
}
