import {
  AV_DISPOSITION_ATTACHED_PIC,
  AV_NOPTS_VALUE,
  AV_PIX_FMT_YUVA420P,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  Codec,
  type FFDecoderCodec,
  FFmpegError,
  FormatContext,
  InputFormat,
  type Stream,
} from 'node-av';
import { markedContainer } from './container-mark.ts';
import { isCutShort } from './cut-short.ts';
import { unreadable } from './errors.ts';
import { orientationOf, swapsSides } from './orientation.ts';
import { fileSize } from './regular-file.ts';

/** A stream that can be decoded here, with its decoder. */
export interface DecodableStream {
  readonly stream: Stream;
  readonly decoder: Codec;
}

/** A media file that has been opened; `close` it. */
export interface OpenMedia {
  readonly file: string;
  readonly format: FormatContext;
  readonly video: DecodableStream | null;
  readonly audio: DecodableStream | null;
  close(): Promise<void>;
}

/** Pictures larger than this in either direction are refused: they would only fill the memory. */
export const maxPictureSide = 32_768;
/** Pixels of the largest picture that is decoded, about 1 GB as RGBA. */
export const maxPicturePixels = 256_000_000;

/** FFmpeg's sentence for one of its error codes. */
export function avReason(code: number): string {
  return FFmpegError.strerror(code);
}

/**
 * Opens a media file and finds its best video and audio streams.
 * @throws StationError MEDIA_UNREADABLE
 */
export async function openMedia(file: string): Promise<OpenMedia> {
  await fileSize(file);
  const format = await openContainer(file);
  const close = () => format.closeInput();
  try {
    const found = await format.findStreamInfo();
    if (found < 0) throw unreadable(file, avReason(found));
    const video = withAlpha(bestStream(format, AVMEDIA_TYPE_VIDEO));
    const audio = bestStream(format, AVMEDIA_TYPE_AUDIO);
    if (video === null && audio === null) throw unreadable(file, 'no picture and no sound that can be decoded');
    if (video !== null) checkSize(file, video.stream.codecpar.width, video.stream.codecpar.height, audio !== null);
    return { file, format, video, audio, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openContainer(file: string): Promise<FormatContext> {
  const marked = await markedContainer(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error.code === 'ENOENT' ? 'the file is missing' : `it cannot be opened (${error.code})`);
  });
  const format = new FormatContext();
  const named = marked === null ? null : InputFormat.findInputFormat(marked);
  const opened = await format.openInput(localUrl(file), named);
  if (opened < 0) throw unreadable(file, isCutShort(file) ? 'the file is incomplete' : avReason(opened));
  return format;
}

/** A path as FFmpeg must see it: `file:` keeps it from reading `http:`, `concat:` and the like out of a file name. */
function localUrl(file: string): string {
  return `file:${file}`;
}

function bestStream(format: FormatContext, type: typeof AVMEDIA_TYPE_VIDEO | typeof AVMEDIA_TYPE_AUDIO) {
  const { streamIndex, decoder } = format.findBestStream(type, -1, -1, true);
  const stream = format.streams[streamIndex];
  return streamIndex >= 0 && stream !== undefined && decoder !== null ? { stream, decoder } : null;
}

/** Decoders that see the transparency which WebM keeps beside the pictures; FFmpeg's own pass it over. */
const alphaDecoders: Readonly<Record<string, FFDecoderCodec>> = {
  vp8: 'libvpx' as FFDecoderCodec,
  vp9: 'libvpx-vp9' as FFDecoderCodec,
};

function withAlpha(video: DecodableStream | null): DecodableStream | null {
  if (video?.stream.metadata?.get('alpha_mode') !== '1') return video;
  const name = alphaDecoders[video.decoder.name ?? ''];
  const decoder = name === undefined ? null : Codec.findDecoderByName(name);
  if (decoder === null) return video;
  video.stream.codecpar.format = AV_PIX_FMT_YUVA420P;
  return { stream: video.stream, decoder };
}

function checkSize(file: string, width: number, height: number, hasAudio: boolean): void {
  if (width <= 0 || height <= 0) {
    if (hasAudio) return;
    // FFmpeg leaves out what it would not decode: no pixel, or billions of them.
    throw unreadable(file, 'the picture has no size that can be used');
  }
  if (width > maxPictureSide || height > maxPictureSide || width * height > maxPicturePixels)
    throw unreadable(file, `the picture is too large: ${width}x${height}`);
}

/** Whether a stream of this disposition is the cover of a song. Reading `attachedPic` itself ends the process in node-av 6.1. */
export function isCover(disposition: number): boolean {
  return (disposition & AV_DISPOSITION_ATTACHED_PIC) !== 0;
}

/** When a stream ends by what its container says of it, µs of the container's clock; 0 when that says nothing. */
export function promisedEndUs({ startTime, duration, timeBase, disposition }: Stream): number {
  // The cover of a song is promised for all of it.
  if (duration === AV_NOPTS_VALUE || duration <= 0n || isCover(disposition)) return 0;
  const start = startTime === AV_NOPTS_VALUE ? 0n : startTime;
  return (Number(start + duration) * 1e6 * timeBase.num) / timeBase.den;
}

/** Displayed size of a video stream, after pixel aspect and orientation. */
export function displayedSize(stream: Stream): { width: number; height: number } {
  const { width, height } = stream.codecpar;
  const aspect = pixelAspect(stream);
  const shown = aspect >= 1 ? { width: width * aspect, height } : { width, height: height / aspect };
  const turned = swapsSides(orientationOf(stream));
  const [shownWidth, shownHeight] = turned ? [shown.height, shown.width] : [shown.width, shown.height];
  return { width: Math.round(shownWidth), height: Math.round(shownHeight) };
}

/** Width of a pixel divided by its height; 1 when unknown or absurd. */
export function pixelAspect(stream: Stream): number {
  for (const { num, den } of [stream.sampleAspectRatio, stream.codecpar.sampleAspectRatio]) {
    const aspect = num / den;
    if (num > 0 && den > 0 && aspect > 0.1 && aspect < 10) return aspect;
  }
  return 1;
}
