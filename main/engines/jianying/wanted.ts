import type { ExpectedVideo, MediaFacts } from '../../media/facts.ts';
import type { ExportPreset } from '../../shared/settings.ts';
import type { RewrittenContent } from './place/content.ts';
import { fpsValues, resolutionValues } from './ui/elements.ts';

/** The shorter side of each entry in the dialog's resolution list. */
const shortSides: Readonly<Record<(typeof resolutionValues)[number], number>> = {
  '8K': 4320,
  '4K': 2160,
  '2K': 1440,
  '1080P': 1080,
  '720P': 720,
  '480P': 480,
};

const presetSides: Readonly<Record<Exclude<ExportPreset['resolution'], 'draft'>, number>> = {
  '480p': 480,
  '720p': 720,
  '1080p': 1080,
  '2k': 1440,
  '4k': 2160,
};

export interface WantedExport {
  /** Entries of the dialog's lists; null = nothing fits, the client's own value stays. */
  readonly resolution: string | null;
  readonly fps: string | null;
  /** Pixels of the shorter side that `resolution` gives; 0 = unknown. */
  readonly shortSide: number;
  readonly fpsValue: number;
}

/** What to choose in the export dialog: the smallest entry that is not below what is wanted. */
export function wantedExport(preset: ExportPreset, content: Pick<RewrittenContent, 'canvas' | 'fps'>): WantedExport {
  const canvasSide = Math.min(content.canvas.width, content.canvas.height);
  const side = preset.resolution === 'draft' ? canvasSide : presetSides[preset.resolution];
  const entries = resolutionValues.map((name) => ({ name, side: shortSides[name] })).sort((a, b) => a.side - b.side);
  const entry = side > 0 ? (entries.find((candidate) => candidate.side >= side) ?? entries.at(-1)) : undefined;
  const fps = preset.fps === 0 ? content.fps : preset.fps;
  const rates = fpsValues.map((name) => ({ name, rate: Number.parseInt(name, 10) }));
  const rate = rates.sort((a, b) => Math.abs(a.rate - fps) - Math.abs(b.rate - fps))[0];
  return {
    resolution: entry?.name ?? null,
    fps: rate?.name ?? null,
    shortSide: entry?.side ?? 0,
    fpsValue: rate?.rate ?? fps,
  };
}

/**
 * What the finished video is measured against. Its size and rate are the client's business (an operator may have set
 * them by hand, and rounding differs between versions): its length, its picture and its sound are not.
 */
export function expectedVideo(durationUs: number, audible: boolean, found: MediaFacts): ExpectedVideo {
  return {
    durationUs,
    fps: found.fps,
    width: found.width,
    height: found.height,
    hasAudio: audible || found.hasAudio,
  };
}

/** The client rounds to frames and to its audio blocks; a second draft or a cut-off file differs by more. */
export function toleranceUs(durationUs: number): number {
  return Math.max(500_000, Math.round(durationUs * 0.01));
}

/** Same shape as the canvas, within the rounding of even pixels. */
export function shapeFits(
  canvas: { width: number; height: number },
  found: { width: number; height: number },
): boolean {
  if (canvas.width <= 0 || canvas.height <= 0 || found.height <= 0) return true;
  return Math.abs(canvas.width / canvas.height / (found.width / found.height) - 1) < 0.03;
}
