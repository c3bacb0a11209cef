import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Canvas, createCanvas, Image } from '@napi-rs/canvas';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LayoutFonts } from '../../../../main/engines/embedded/text/clusters.ts';
import { createFontBook, createTextPainter } from '../../../../main/engines/embedded/text/index.ts';
import { layOutText } from '../../../../main/engines/embedded/text/layout.ts';
import { corpusFolder, missing } from '../../../support/environment.ts';
import { makeText } from './fixtures.ts';
import { crop, inkOf } from './ink.ts';

/** The cover picture of draft 49, which CapCut 8.1.1 rendered: two lines in Poppins Regular, size 10, on 1920x1013. */
const canvas = { width: 1920, height: 1013 };
const clipY = 0.07017543859649122;
const text = makeText(
  'Mehribon va rahmli \nAllohning nomi bilan boshlayman',
  {},
  {
    size: 10,
    font: { path: 'C:/Cache/effect/7202912523383738881/Poppins-Regular.ttf', name: 'Poppins-Regular', id: '' },
  },
);

/** Where each line may have ink. */
const rows = [
  { top: 370, bottom: 460 },
  { top: 480, bottom: 600 },
];

interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function lineInk(picture: Canvas): Edges[] {
  return rows.map(({ top, bottom }) => {
    const ink = inkOf(crop(picture, 200, top, 1520, bottom - top), ([r, , , a]) => (r * a) / 255 > 127);
    if (ink === null) throw new Error('no ink in a line of the cover');
    return { left: ink.left + 200, right: ink.right + 200, top: ink.top + top, bottom: ink.bottom + top };
  });
}

function expectWithinOnePixel(ours: readonly Edges[], theirs: readonly Edges[]): void {
  ours.forEach((line, i) => {
    for (const edge of ['left', 'top', 'right', 'bottom'] as const)
      expect(Math.abs(line[edge] - (theirs[i]?.[edge] ?? 0)), `line ${i + 1}, ${edge}`).toBeLessThanOrEqual(1);
  });
}

describe.skipIf(missing('corpus'))("CapCut's own picture", () => {
  let cover: Edges[];
  beforeAll(async () => {
    const image = new Image();
    image.src = readFileSync(path.join(corpusFolder, '49-IslomTV-cc81-full-folder/draft_cover.jpg'));
    await image.decode();
    const picture = createCanvas(canvas.width, canvas.height);
    picture.getContext('2d').drawImage(image, 0, 0);
    cover = lineInk(picture);
  });

  it('is matched within 1 px in size, line pitch and position, with the metrics of Poppins', () => {
    // Stand-in for the font: its advance widths and the ink edges of the letters at the lines' ends, per 1000 of an em.
    const advances: Readonly<Record<string, number>> = {
      ...{ M: 861, e: 620, h: 640, r: 373, i: 246, b: 676, o: 640, n: 640, ' ': 267, v: 561, a: 676, m: 1030 },
      ...{ l: 246, A: 674, g: 676, s: 522, y: 563 },
    };
    const ends = [
      { left: 77, right: 62 + 267, top: 761, bottom: 9 },
      { left: 33, right: 72, top: 761, bottom: 270 },
    ];
    const face = { family: 'Poppins', ascent: 1.05, descent: 0.35, bold: false, color: false };
    const metrics: LayoutFonts = {
      face: () => face,
      advance: ({ text }) => [...text].reduce((sum, letter) => sum + (advances[letter] ?? 0) / 1000, 0),
    };
    const layout = layOutText(text, canvas, metrics);
    const left = canvas.width / 2 - layout.width / 2;
    const top = (canvas.height / 2) * (1 - clipY) - layout.height / 2;
    const ours = layout.lines.map((line, i) => {
      const bearing = ends[i] ?? { left: 0, right: 0, top: 0, bottom: 0 };
      const em = layout.em / 1000;
      const base = top + (line.runs[0]?.y ?? 0);
      return {
        left: left + line.x + bearing.left * em,
        right: left + line.x + line.width - bearing.right * em,
        top: base - bearing.top * em,
        bottom: base + bearing.bottom * em,
      };
    });
    expectWithinOnePixel(ours, cover);
  });

  const poppins = poppinsFolder();
  it.skipIf(poppins === null)('is matched within 1 px by what is painted, with Poppins itself', () => {
    const painter = createTextPainter({ canvas, fonts: createFontBook({ folder: poppins ?? '' }) });
    const picture = painter.paint(
      { ...text, styles: text.styles.map((style) => ({ ...style, font: { path: '', name: 'Poppins', id: '' } })) },
      { rasterScale: 1, timeUs: 0, durationUs: 1_000_000, animations: [] },
    );
    expect(painter.warnings()).toEqual([]);
    const frame = createCanvas(canvas.width, canvas.height);
    const x = canvas.width / 2 - picture.originX;
    const y = (canvas.height / 2) * (1 - clipY) - picture.originY;
    frame.getContext('2d').drawImage(picture.canvas, Math.round(x), Math.round(y));
    expectWithinOnePixel(lineInk(frame), cover);
  });
});

/** Poppins is no dependency: used where its npm package or the folder in `POPPINS_FOLDER` is at hand. */
function poppinsFolder(): string | null {
  const named = process.env.POPPINS_FOLDER;
  if (named !== undefined && existsSync(named)) return named;
  try {
    return path.dirname(
      createRequire(import.meta.url).resolve('@expo-google-fonts/poppins/400Regular/Poppins_400Regular.ttf'),
    );
  } catch {
    return null;
  }
}
