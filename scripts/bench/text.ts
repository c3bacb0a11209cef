import { pathToFileURL } from 'node:url';
import { createCanvas } from '@napi-rs/canvas';
import type { TextMaterial } from '../../main/drafts/model.ts';
import {
  createFontBook,
  createTextPainter,
  type FontBook,
  type TextPicture,
} from '../../main/engines/embedded/text/index.ts';
import type { BenchRow } from './row.ts';

const SUBTITLES = 1386;
const canvas = { width: 1920, height: 1080 };
const sentences = [
  '今天我们来聊一聊这件事',
  '其实它没有那么难，只是大家都想多了',
  '你看这个画面 so beautiful',
  '第一步先打开软件',
  '好的，我们继续',
];

/**
 * Lays out and paints the subtitles of a long draft once each (the 1386 of the longest one known), against nothing
 * but drawing the same strings into one canvas; and one animated title against the same title at rest.
 */
export async function benchText(): Promise<BenchRow[]> {
  const texts = Array.from({ length: SUBTITLES }, (_, i) => subtitle(`${sentences[i % sentences.length]}${i}`));
  const still = { rasterScale: 1, timeUs: 0, durationUs: 3_000_000, animations: [] };
  const fonts = createFontBook({ folder: '' });
  // Fonts are loaded once per process: not what is measured here.
  createTextPainter({ canvas, fonts }).paint(subtitle('预热 warm-up'), still);

  const painter = createTextPainter({ canvas, fonts });
  const first = milliseconds(() => void (texts[0] && painter.paint(texts[0], still)));
  const all = milliseconds(() =>
    texts.forEach((text) => {
      painted(painter.paint(text, still));
    }),
  );
  const plain = milliseconds(() => drawPlainly(texts, fonts));
  const [title] = texts;
  if (title === undefined) return [];
  const again = milliseconds(() => repeat(SUBTITLES, () => painted(painter.paint(title, still))));
  const animations = [{ kind: 'in', name: '弹入', id: '', resourceId: '', startUs: 0, durationUs: 1_000_000 }] as const;
  const frames = 60;
  const animated = milliseconds(() =>
    repeat(frames, (i) => painted(painter.paint(title, { ...still, timeUs: (i * 1_000_000) / frames, animations }))),
  );
  return [
    row(
      '1386 subtitles laid out, stroked and painted',
      all,
      plain,
      'ms',
      `baseline: fillText + strokeText alone; first one ${first.toFixed(1)} ms`,
    ),
    row(
      'a painted subtitle shown again',
      again / SUBTITLES,
      all / SUBTITLES,
      'ms',
      'baseline: painting it the first time; lower is better',
    ),
    row('one frame of an animated title', animated / frames, all / SUBTITLES, 'ms', 'baseline: painting it at rest'),
  ];
}

function row(name: string, ours: number, baseline: number, unit: string, note: string): BenchRow {
  return { name, ours, baseline, ratio: ours / baseline, unit, note };
}

/** Drawing is recorded and carried out when pixels are asked for: ask for one. */
function painted({ canvas }: TextPicture): void {
  canvas.getContext('2d').getImageData(0, 0, 1, 1);
}

function milliseconds(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

function repeat(times: number, action: (i: number) => void): void {
  for (let i = 0; i < times; i++) action(i);
}

function drawPlainly(texts: readonly TextMaterial[], fonts: FontBook): void {
  const context = createCanvas(canvas.width, 200).getContext('2d');
  const style = texts[0]?.styles[0];
  if (style === undefined) return;
  context.font = `67.5px "${fonts.face(style, '字').family}"`;
  context.lineJoin = 'round';
  context.lineWidth = 5.4;
  for (const { text } of texts) {
    context.strokeText(text, 10, 120);
    context.fillText(text, 10, 120);
    context.getImageData(0, 0, 1, 1);
  }
}

function subtitle(text: string): TextMaterial {
  const color = { r: 1, g: 1, b: 1, a: 1 };
  return {
    id: '',
    text,
    styles: [
      {
        start: 0,
        end: text.length,
        size: 8,
        color,
        gradient: null,
        font: { path: '', name: '', id: '' },
        bold: false,
        italic: false,
        underline: false,
        strokes: [{ widthEm: 0.08, color: { r: 0, g: 0, b: 0, a: 1 } }],
        shadows: [],
        effectId: '',
      },
    ],
    align: 'center',
    vertical: false,
    wrapWidth: 0.82,
    lineSpacingEm: 0.02,
    letterSpacingEm: 0,
    background: null,
    glow: null,
    alpha: 1,
    words: [],
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await benchText());
