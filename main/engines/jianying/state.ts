import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { type Calibration, calibrationSchema } from './driver/calibration.ts';
import type { Files } from './files.ts';

const stateSchema = z.object({
  /** Random id of this installation, part of every marker. */
  station: z.string(),
  /** The client that was used last, and what its window turned out to be. */
  client: z
    .object({
      exe: z.string(),
      version: z.string(),
      tier: z.enum(['named', 'blind']).nullable(),
      /** What was last chosen in the export dialog: the client remembers it. */
      resolution: z.string().nullable().default(null),
      fps: z.string().nullable().default(null),
    })
    .nullable()
    .default(null),
});
export type EngineState = z.infer<typeof stateSchema>;
export type KnownClient = NonNullable<EngineState['client']>;

/** What the engine remembers between runs of the station, in `<data folder>/jianying/`. */
export class StateStore {
  readonly folder: string;
  readonly #files: Files;
  #state: EngineState | null = null;

  constructor(files: Files, dataFolder: string) {
    this.#files = files;
    this.folder = path.join(dataFolder, 'jianying');
  }

  async load(): Promise<EngineState> {
    if (this.#state) return this.#state;
    await this.#files.makeFolder(this.folder);
    let state: EngineState;
    try {
      state = stateSchema.parse(JSON.parse(await this.#files.read(this.#file)));
    } catch {
      // Absent or damaged: nothing of value is in it but the id, and drafts of a lost id are left alone.
      state = { station: randomUUID(), client: null };
      await this.#files.write(this.#file, JSON.stringify(state));
    }
    this.#state = state;
    return state;
  }

  async saveClient(client: KnownClient): Promise<void> {
    const state = { ...(await this.load()), client };
    this.#state = state;
    await this.#files.write(this.#file, JSON.stringify(state));
  }

  /** The machine's own calibration for a client without names; null when there is none or it is damaged. */
  async calibration(): Promise<Calibration | null> {
    try {
      return calibrationSchema.parse(JSON.parse(await this.#files.read(this.calibrationFile)));
    } catch {
      return null;
    }
  }

  get calibrationFile(): string {
    return path.join(this.folder, 'calibration.json');
  }

  get clientFile(): string {
    return path.join(this.folder, 'client.json');
  }

  get #file(): string {
    return path.join(this.folder, 'state.json');
  }
}
