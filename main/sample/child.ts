/** Child program `sample`: told a folder, makes the sample's media in it, answers, ends. */
import { AV_LOG_ERROR, Log } from 'node-av';
import { makeSampleMedia } from './media.ts';

// The encoders' chatter belongs in nobody's terminal.
Log.setLevel(AV_LOG_ERROR);

/** Electron's utilityProcess has its own port; Node's fork talks over `process`. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

const parentPort = (process as { parentPort?: ParentPort }).parentPort;

async function make(message: unknown): Promise<void> {
  const { folder } = message as { folder: string };
  const answer = await makeSampleMedia(folder).then(
    () => ({ ok: true }),
    (error: unknown) => ({ ok: false, reason: String(error) }),
  );
  if (parentPort !== undefined) parentPort.postMessage(answer);
  else process.send?.(answer, () => process.exit(0));
}

if (parentPort !== undefined) parentPort.on('message', ({ data }) => void make(data));
else process.on('message', (message) => void make(message));
