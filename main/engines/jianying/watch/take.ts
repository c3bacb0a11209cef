import { StationError } from '../../../shared/errors/index.ts';
import type { Clock } from '../clock.ts';
import type { Files } from '../files.ts';

const tries = 40;
const everyMs = 500;
/** How Windows says that somebody else has the file open. */
const sharing = new Set(['EBUSY', 'EPERM', 'EACCES']);

/**
 * Moves the finished video away. The client, antivirus and synchronisation programs may hold it for some seconds.
 * @throws StationError JIANYING_FILE_LOCKED
 */
export async function takeFile(
  files: Files,
  clock: Clock,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await files.move(from, to);
      return;
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code ?? '';
      if (!sharing.has(code)) throw cause;
      if (attempt >= tries) throw new StationError('JIANYING_FILE_LOCKED', { file: from }, { cause });
      await clock.sleep(everyMs, signal);
    }
  }
}
