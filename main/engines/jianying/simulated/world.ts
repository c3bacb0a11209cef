import path from 'node:path';
import type { Clock } from '../clock.ts';
import type { FileFacts, Files } from '../files.ts';

/** Time that passes only when somebody sleeps; what was planned happens on the way. */
export class SimulatedClock implements Clock {
  #now: number;
  #planned: { atMs: number; order: number; work: () => void }[] = [];
  #order = 0;

  constructor(startMs = 1_764_000_000_000) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  /** Plans something; it happens during a later sleep. */
  after(ms: number, work: () => void): void {
    this.#planned.push({ atMs: this.#now + ms, order: this.#order++, work });
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const until = this.#now + ms;
    for (;;) {
      const next = this.#planned
        .filter((plan) => plan.atMs <= until)
        .sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
      if (!next) break;
      this.#planned.splice(this.#planned.indexOf(next), 1);
      this.#now = Math.max(this.#now, next.atMs);
      next.work();
    }
    this.#now = until;
    await Promise.resolve();
    signal?.throwIfAborted();
  }
}

/** A video that the simulated client wrote: which draft it shows, and how much of it is there. */
export interface SimulatedVideo {
  /** The draft JSON it was made of. */
  readonly source: string;
  readonly bytes: number;
  /** Size when finished; smaller sizes have no `moov`. */
  readonly fullBytes: number;
}

type Content = string | Uint8Array | SimulatedVideo;
interface Entry {
  content: Content;
  modifiedMs: number;
}

/** Files in memory. Tells whoever listens what was removed or changed. */
export class SimulatedFiles implements Files {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();
  readonly #folders = new Set<string>();
  readonly #listeners: ((change: 'written' | 'removed', file: string) => void)[] = [];
  /** Files that somebody holds open: moving them fails this many times. */
  readonly busy = new Map<string, number>();
  free = 500e9;
  /** Every path that the station (not the client) wrote, moved or removed. */
  readonly touched: string[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  onChange(listener: (change: 'written' | 'removed', file: string) => void): void {
    this.#listeners.push(listener);
  }

  put(file: string, content: Content): void {
    this.#entries.set(file, { content, modifiedMs: this.#clock.now() });
    for (const listener of this.#listeners) listener('written', file);
  }

  video(file: string): SimulatedVideo | null {
    const content = this.#entries.get(file)?.content;
    return typeof content === 'object' && 'fullBytes' in content ? content : null;
  }

  textNow(file: string): string | null {
    const content = this.#entries.get(file)?.content;
    return typeof content === 'string' ? content : null;
  }

  namesIn(folder: string): string[] {
    const prefix = `${folder}/`;
    const names = new Set<string>();
    for (const file of [...this.#entries.keys(), ...this.#folders])
      if (file.startsWith(prefix)) names.add(file.slice(prefix.length).split('/')[0] ?? '');
    return [...names].sort();
  }

  /** Everything, for comparing before and after. */
  dump(folder: string): Map<string, Content> {
    return new Map(
      [...this.#entries]
        .filter(([file]) => file.startsWith(`${folder}/`))
        .map(([file, { content }]) => [file, content]),
    );
  }

  async list(folder: string): Promise<string[]> {
    return this.namesIn(folder);
  }

  async facts(file: string): Promise<FileFacts | null> {
    const entry = this.#entries.get(file);
    if (entry) return { bytes: sizeOf(entry.content), modifiedMs: entry.modifiedMs, isFolder: false };
    const isFolder = this.#folders.has(file) || [...this.#entries.keys()].some((known) => known.startsWith(`${file}/`));
    return isFolder ? { bytes: 0, modifiedMs: 0, isFolder: true } : null;
  }

  async read(file: string): Promise<string> {
    const text = this.textNow(file);
    if (text === null) throw Object.assign(new Error(`no such file: ${file}`), { code: 'ENOENT' });
    return text;
  }

  async write(file: string, content: string | Uint8Array): Promise<void> {
    this.touched.push(file);
    this.put(file, content);
  }

  async bytes(file: string, offset: number, length: number): Promise<Uint8Array> {
    const video = this.video(file);
    if (!video) return new Uint8Array();
    return boxHeader(video, offset).subarray(0, Math.min(length, Math.max(0, video.bytes - offset)));
  }

  async makeFolder(folder: string): Promise<void> {
    this.#folders.add(folder);
  }

  async copyFolder(from: string, to: string): Promise<void> {
    this.touched.push(to);
    this.#folders.add(to);
    for (const [file, { content }] of [...this.#entries])
      if (file.startsWith(`${from}/`)) this.put(path.posix.join(to, file.slice(from.length + 1)), content);
  }

  async copyFile(from: string, to: string): Promise<void> {
    const entry = this.#entries.get(from);
    if (!entry) throw Object.assign(new Error(`no such file: ${from}`), { code: 'ENOENT' });
    this.touched.push(to);
    this.put(to, entry.content);
  }

  async move(from: string, to: string): Promise<void> {
    const left = this.busy.get(from) ?? 0;
    if (left > 0) {
      this.busy.set(from, left - 1);
      throw Object.assign(new Error(`busy: ${from}`), { code: 'EBUSY' });
    }
    await this.copyFile(from, to);
    this.touched.push(from);
    this.#entries.delete(from);
  }

  async remove(file: string): Promise<void> {
    this.touched.push(file);
    this.drop(file);
  }

  /** Removal by the client itself. */
  drop(file: string): void {
    const gone = [...this.#entries.keys()].filter((known) => known === file || known.startsWith(`${file}/`));
    const folder = this.#folders.delete(file);
    for (const known of gone) this.#entries.delete(known);
    for (const known of [...this.#folders]) if (known.startsWith(`${file}/`)) this.#folders.delete(known);
    if (gone.length > 0 || folder) for (const listener of this.#listeners) listener('removed', file);
  }

  async freeBytes(): Promise<number> {
    return this.free;
  }
}

function sizeOf(content: Content): number {
  if (typeof content === 'string') return Buffer.byteLength(content);
  return 'fullBytes' in content ? content.bytes : content.length;
}

/** ftyp 16, mdat, moov 16: the header that stands at this offset. */
function boxHeader({ fullBytes }: SimulatedVideo, offset: number): Uint8Array {
  const room = new Uint8Array(16);
  const view = new DataView(room.buffer);
  const box = (length: number, type: string) => {
    view.setUint32(0, length);
    room.set(Buffer.from(type, 'latin1'), 4);
    return room;
  };
  if (offset === 0) return box(16, 'ftyp');
  if (offset === 16) return box(fullBytes - 32, 'mdat');
  return offset === fullBytes - 16 ? box(16, 'moov') : room;
}
