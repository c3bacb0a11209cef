import { SoundFile, UnreadableSound } from './sound-file.ts';

/** Files that are kept open although nobody plays them now: cuts of one long recording follow each other. */
const IDLE = 4;

/** Open files by path, so that the next clip of the same file goes on where the last one stopped. */
export class SoundPool {
  readonly #sampleRate: number;
  readonly #idle: { path: string; file: SoundFile }[] = [];
  readonly #busy = new Map<SoundFile, string>();
  /** Files that could not be opened, and why: nobody tries them twice. */
  readonly #dead = new Map<string, UnreadableSound>();

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  /** @throws UnreadableSound */
  async take(path: string): Promise<SoundFile> {
    const index = this.#idle.findIndex((entry) => entry.path === path);
    const [found] = index < 0 ? [] : this.#idle.splice(index, 1);
    const file = found?.file ?? (await this.#open(path));
    this.#busy.set(file, path);
    return file;
  }

  async #open(path: string): Promise<SoundFile> {
    const dead = this.#dead.get(path);
    if (dead !== undefined) throw dead;
    try {
      return await SoundFile.open(path, this.#sampleRate);
    } catch (error) {
      if (error instanceof UnreadableSound) this.#dead.set(path, error);
      throw error;
    }
  }

  giveBack(file: SoundFile): void {
    const path = this.#busy.get(file);
    this.#busy.delete(file);
    if (path === undefined) {
      file.close();
      return;
    }
    this.#idle.push({ path, file });
    while (this.#idle.length > IDLE) this.#idle.shift()?.file.close();
  }

  close(): void {
    for (const file of this.#busy.keys()) file.close();
    for (const { file } of this.#idle) file.close();
    this.#busy.clear();
    this.#idle.length = 0;
  }
}
