import { AV_PIX_FMT_NV12, AV_PIX_FMT_YUV420P, type AVPixelFormat, Codec, type FFEncoderCodec } from 'node-av';
import type { ExportPreset } from '../../../shared/settings.ts';

/** One way to encode video, with the options that bring a preset's quality or bit rate about. */
export interface VideoEncoderChoice {
  readonly name: FFEncoderCodec;
  readonly hardware: boolean;
  readonly pixelFormat: AVPixelFormat;
  /** 0 = as the encoder likes. */
  readonly threads: number;
  readonly options: Readonly<Record<string, string>>;
}

type Kind = Exclude<ExportPreset['encoder'], 'auto'>;

const names: Readonly<Record<Kind, Readonly<Record<ExportPreset['codec'], string>>>> = {
  software: { h264: 'libx264', hevc: 'libx265', av1: 'libsvtav1' },
  nvenc: { h264: 'h264_nvenc', hevc: 'hevc_nvenc', av1: 'av1_nvenc' },
  qsv: { h264: 'h264_qsv', hevc: 'hevc_qsv', av1: 'av1_qsv' },
  amf: { h264: 'h264_amf', hevc: 'hevc_amf', av1: 'av1_amf' },
  videotoolbox: { h264: 'h264_videotoolbox', hevc: 'hevc_videotoolbox', av1: 'av1_videotoolbox' },
};

/** Hardware first where a preset leaves the choice open. */
const automatic: readonly Kind[] = ['nvenc', 'qsv', 'amf', 'videotoolbox', 'software'];

/**
 * Encoders to try for a preset, best first; only those that this FFmpeg contains. Software comes last in any case: a driver
 * that fails one night must not cost what was to be made in it.
 */
export function encoderChoices(preset: ExportPreset): VideoEncoderChoice[] {
  const kinds = new Set<Kind>(preset.encoder === 'auto' ? automatic : [preset.encoder, 'software']);
  return [...kinds].flatMap((kind) => {
    const name = names[kind][preset.codec] as FFEncoderCodec;
    if (Codec.findEncoderByName(name) === null) return [];
    const hardware = kind !== 'software';
    const pixelFormat = hardware ? AV_PIX_FMT_NV12 : AV_PIX_FMT_YUV420P;
    return [{ name, hardware, pixelFormat, threads: threads.get(name) ?? 0, options: options(kind, preset) }];
  });
}

/**
 * What x264 and x265 write depends on how many frames they work on at once: left alone they make another video on every
 * machine. As many as four cores keep busy; larger machines render in parts.
 */
const threads: ReadonlyMap<string, number> = new Map([
  ['libx264', 6],
  ['libx265', 2],
]);

function options(kind: Kind, preset: ExportPreset): Record<string, string> {
  const constantQuality = preset.videoKbps === 0;
  const quality = String(preset.quality);
  switch (kind) {
    case 'software':
      return software(preset, constantQuality);
    case 'nvenc':
      return { preset: 'p4', ...(constantQuality ? { rc: 'vbr', cq: quality } : { rc: 'vbr' }) };
    case 'qsv':
      return constantQuality ? { global_quality: quality } : {};
    case 'amf':
      return constantQuality ? { rc: 'cqp', qp_i: quality, qp_p: quality } : { rc: 'vbr_peak' };
    case 'videotoolbox':
      // VideoToolbox counts quality upwards, 1..100.
      return constantQuality ? { q: String(Math.round(100 - preset.quality * 1.7)) } : {};
  }
}

function software(preset: ExportPreset, constantQuality: boolean): Record<string, string> {
  switch (preset.codec) {
    case 'h264':
      return { preset: 'veryfast', ...(constantQuality ? { crf: String(preset.quality) } : {}) };
    case 'hevc':
      return {
        preset: 'veryfast',
        'x265-params': 'log-level=error',
        ...(constantQuality ? { crf: String(preset.quality + 4) } : {}),
      };
    case 'av1':
      // SVT-AV1 counts 0..63; the offset gives about the size that x264 has at the same setting.
      return { preset: '8', ...(constantQuality ? { crf: String(Math.min(63, preset.quality + 12)) } : {}) };
  }
}
