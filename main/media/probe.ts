import path from 'node:path';
import { AV_NOPTS_VALUE, type Stream } from 'node-av';
import type { MediaFacts } from './facts.ts';
import { displayedSize, isCover, type OpenMedia, openMedia } from './open.ts';
import { probeAnimation } from './picture-format.ts';
import { fileSize } from './regular-file.ts';

/** Demuxers of single pictures; their "duration" of one frame means nothing. */
const photoFormats = /^(image2|.*_pipe|ico|heif|avif)$/;
/** Pictures that may move although they are no videos. */
const animationFormats = /^(gif|apng|webp)/;

/**
 * Opens a media file and tells what it is.
 * @throws StationError MEDIA_UNREADABLE
 */
export async function probeMedia(file: string): Promise<MediaFacts> {
  const bytes = await fileSize(file);
  const animation = await probeAnimation(file);
  if (animation !== null) return { ...animation, bytes };
  const media = await openMedia(file);
  try {
    return { ...describe(media), bytes };
  } finally {
    await media.close();
  }
}

function describe({ file, format, video, audio }: OpenMedia): Omit<MediaFacts, 'bytes'> {
  const formatName = format.iformat?.name ?? '';
  const stillName = /\.(jpe?g|png|webp|bmp|tiff?|heic|avif)$/i.test(path.basename(file));
  const durationUs = Math.max(0, format.duration === AV_NOPTS_VALUE ? 0 : Number(format.duration));
  // The cover picture of a song is a video stream of one frame.
  const onlyCover = video !== null && audio !== null && isCover(video.stream.disposition);
  const shown = onlyCover ? null : video;
  const size = shown === null ? { width: 0, height: 0 } : displayedSize(shown.stream);
  const kind = kindOf();
  return {
    kind,
    ...size,
    durationUs: kind === 'photo' ? 0 : durationUs,
    fps: shown === null || kind === 'photo' ? 0 : framesPerSecond(shown.stream),
    hasAudio: audio !== null,
    videoCodec: shown?.decoder.name ?? null,
    audioCodec: audio?.decoder.name ?? null,
  };

  function kindOf(): MediaFacts['kind'] {
    if (shown === null) return 'audio';
    if (animationFormats.test(formatName)) return shown.stream.nbFrames === 1n ? 'photo' : 'gif';
    if (photoFormats.test(formatName) || (stillName && audio === null)) return 'photo';
    return 'video';
  }
}

function framesPerSecond(stream: Stream): number {
  for (const { num, den } of [stream.avgFrameRate, stream.rFrameRate])
    if (num > 0 && den > 0) return Math.round((num / den) * 1000) / 1000;
  return 0;
}
