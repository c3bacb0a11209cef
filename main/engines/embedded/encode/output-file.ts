import { rm } from 'node:fs/promises';
import { constants } from 'node:os';
import {
  AVERROR_EAGAIN,
  AVERROR_EOF,
  type CodecContext,
  type CodecParameters,
  Dictionary,
  FormatContext,
  type IRational,
  Packet,
  Rational,
  type Stream,
} from 'node-av';
import { avReason } from '../../../media/open.ts';
import { StationError, systemError } from '../../../shared/errors/index.ts';
import type { ExportPreset } from '../../../shared/settings.ts';

/** A media file being written, packet by packet: streams are added, then it is started, filled and finished. */
export class OutputFile {
  private readonly path: string;
  private readonly format: FormatContext;
  private readonly packet = new Packet();
  private closed = false;

  private constructor(path: string, format: FormatContext) {
    this.path = path;
    this.format = format;
    this.packet.alloc();
  }

  /** @throws StationError RENDER_FAILED */
  static create(path: string, container: ExportPreset['container']): OutputFile {
    const format = new FormatContext();
    check(format.allocOutputContext2(null, container, path), 'starting the file');
    return new OutputFile(path, format);
  }

  /**
   * Adds a stream.
   * @param describe fills in what is known of it; FFmpeg's error code when it cannot
   * @throws StationError RENDER_FAILED
   */
  addStream(describe: (parameters: CodecParameters) => number, timeBase: IRational): Stream {
    const stream = this.format.newStream(null);
    check(describe(stream.codecpar), 'describing a stream');
    stream.timeBase = new Rational(timeBase.num, timeBase.den);
    return stream;
  }

  /**
   * Opens the file itself; all streams are known by now. None is left when that fails.
   * @param indexFirst whether it plays while it is downloaded; that takes writing it twice
   * @throws StationError RENDER_FAILED
   */
  async start(indexFirst: boolean): Promise<void> {
    check(await this.format.openOutput(), 'opening the file');
    const options = indexFirst ? Dictionary.fromObject({ movflags: '+faststart' }) : null;
    const written = await this.format.writeHeader(options);
    if (written >= 0) return;
    await this.close();
    await rm(this.path, { force: true });
    check(written, 'writing the header');
  }

  /**
   * Gives an encoder a frame, null at the end, and writes what comes out of it.
   * @throws StationError RENDER_FAILED
   */
  async encode(context: CodecContext, stream: Stream, frame: Parameters<CodecContext['sendFrame']>[0]): Promise<void> {
    check(await context.sendFrame(frame), 'encoding');
    for (;;) {
      const received = await context.receivePacket(this.packet);
      if (received === AVERROR_EAGAIN || received === AVERROR_EOF) return;
      check(received, 'encoding');
      await this.write(this.packet, stream, context.timeBase);
    }
  }

  /** Writes a packet whose times are in a time base of its own. @throws StationError RENDER_FAILED */
  async write(packet: Packet, stream: Stream, timeBase: IRational): Promise<void> {
    packet.streamIndex = stream.index;
    packet.rescaleTs(timeBase, stream.timeBase);
    check(await this.format.interleavedWriteFrame(packet), 'writing the file');
  }

  /** Completes the file. @throws StationError RENDER_FAILED */
  async finish(): Promise<void> {
    check(await this.format.writeTrailer(), 'completing the file');
    await this.close();
  }

  /** Frees everything without completing the file. Safe to call twice. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.packet.free();
    await this.format.closeOutput();
    this.format.freeContext();
  }
}

const { ENOSPC, EDQUOT } = constants.errno;
/** What the system calls a full disk, by FFmpeg's code: the queue waits for space then. */
const fullDisk: ReadonlyMap<number, string> = new Map([
  [-ENOSPC, 'ENOSPC'],
  [-EDQUOT, 'EDQUOT'],
]);

function check(code: number, doing: string): void {
  if (code >= 0) return;
  const reason = `${doing}: ${avReason(code)}`;
  const full = fullDisk.get(code);
  const options = full === undefined ? {} : { cause: systemError(full, reason) };
  throw new StationError('RENDER_FAILED', { reason }, options);
}
