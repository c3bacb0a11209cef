/** The media inspector's child program: opens files one after another. A broken file may end it; it is started again. */
import { AV_LOG_QUIET, Log } from 'node-av';
import { StationError } from '../shared/errors/index.ts';
import { parentPort } from '../workers/parent.ts';
import { writeCover } from './cover.ts';
import { unreadable } from './errors.ts';
import type { MediaFacts } from './facts.ts';
import { avReason } from './open.ts';
import { probeMedia } from './probe.ts';
import type { MediaReply, MediaRequest, MediaTask } from './protocol.ts';
import { verifyVideo } from './verify.ts';

async function run(task: MediaTask): Promise<MediaFacts | null> {
  switch (task.do) {
    case 'probe':
      return probeMedia(task.file);
    case 'verify':
      return verifyVideo(task.file, task.expected, task.options);
    case 'cover':
      await writeCover(task.file, task.jpegFile, task.size);
      return null;
  }
}

Log.setLevel(AV_LOG_QUIET);
const port = parentPort();
port.onMessage((message) => {
  const { id, task } = message as MediaRequest;
  const tell = (reply: MediaReply) => port.send(reply);
  run(task).then(
    (facts) => tell({ id, ok: true, facts }),
    (error: unknown) => tell({ id, ok: false, error: asStationError(error, task.file).toRecord() }),
  );
});

function asStationError(error: unknown, file: string): StationError {
  if (error instanceof StationError) return error;
  const code = (error as { code?: unknown }).code;
  return unreadable(file, typeof code === 'number' ? avReason(code) : String(error));
}
