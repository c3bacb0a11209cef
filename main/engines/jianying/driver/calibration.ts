import { z } from 'zod';
import type { Point, Rect } from '../ui/backend.ts';

const fraction = z.number().min(0).max(1);
const spot = z.tuple([fraction, fraction]);
/** Distance from an edge: a share of the window's size, kept between two numbers of pixels. */
const inset = z.object({ share: fraction, min: z.number().min(0), max: z.number().min(0) });

/**
 * Where things are in a client that hides its controls, as shares of the window. The defaults come from one report about
 * versions 10 and 11; a machine's own values are kept in `jianying/calibration.json` in the data folder.
 */
export const calibrationSchema = z
  .object({
    /** Client version that it was made for; other versions use it with a warning. */
    version: z.string().default(''),
    /** Draft cards on the home page, tried in this order: the newest draft first. */
    cards: z
      .array(spot)
      .min(1)
      .default([
        [0.255, 0.775],
        [0.335, 0.705],
        [0.255, 0.705],
        [0.335, 0.775],
        [0.205, 0.775],
        [0.395, 0.775],
      ]),
    /** The draft search icon; null = do not search. */
    search: spot.nullable().default([0.795, 0.672]),
    /** Editor: from the right and from the top. */
    exportButton: z
      .object({ right: inset, top: inset })
      .default({ right: { share: 0.105, min: 115, max: 210 }, top: { share: 0.023, min: 18, max: 30 } }),
    /** Dialog: from the right and from the bottom. */
    confirmButton: z
      .object({ right: inset, bottom: inset })
      .default({ right: { share: 0.2, min: 150, max: 230 }, bottom: { share: 0.038, min: 34, max: 48 } }),
    /** Success dialog: shares from the right and from the bottom. */
    closeButton: spot.default([0.09, 0.05]),
    /** Folders to look for the video in, besides the usual ones. */
    exportFolders: z.array(z.string()).default([]),
  })
  .prefault({});

export type Calibration = z.infer<typeof calibrationSchema>;
export const defaultCalibration: Calibration = calibrationSchema.parse({});

export function spotIn(rect: Rect, [x, y]: readonly [number, number]): Point {
  return { x: Math.round(rect.left + rect.width * x), y: Math.round(rect.top + rect.height * y) };
}

function distance(size: number, { share, min, max }: { share: number; min: number; max: number }): number {
  return Math.min(max, Math.max(min, size * share));
}

export function exportButtonIn(rect: Rect, { exportButton }: Calibration): Point {
  return {
    x: Math.round(rect.left + rect.width - distance(rect.width, exportButton.right)),
    y: Math.round(rect.top + distance(rect.height, exportButton.top)),
  };
}

export function confirmButtonIn(rect: Rect, { confirmButton }: Calibration): Point {
  return {
    x: Math.round(rect.left + rect.width - distance(rect.width, confirmButton.right)),
    y: Math.round(rect.top + rect.height - distance(rect.height, confirmButton.bottom)),
  };
}

export function closeButtonIn(rect: Rect, { closeButton: [right, bottom] }: Calibration): Point {
  return spotIn(rect, [1 - right, 1 - bottom]);
}

/** The same measure the other way round: where a point lies in a window, for whoever makes a calibration. */
export function shareOf(rect: Rect, at: Point): readonly [number, number] | null {
  const x = (at.x - rect.left) / rect.width;
  const y = (at.y - rect.top) / rect.height;
  const rounded = (share: number) => Math.round(share * 1000) / 1000;
  return x < 0 || x > 1 || y < 0 || y > 1 ? null : [rounded(x), rounded(y)];
}
