import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import {
  AV_CODEC_ID_AAC,
  AV_CODEC_ID_H264,
  AV_LOG_QUIET,
  Decoder,
  Demuxer,
  Encoder,
  Log,
  Muxer,
  pipeline,
} from 'node-av';
import type { Draft } from '../../main/drafts/model.ts';
import { renderDraft } from '../../main/engines/embedded/render.ts';
import { exportPresetSchema } from '../../main/shared/settings.ts';
import { aDraft, aMedia, aSegment, aText, second } from '../../tests/support/drafts.ts';
import { makeMovie } from '../../tests/support/media.ts';
import type { BenchRow } from './row.ts';

const width = 1920;
const height = 1080;
const fps = 30;
const seconds = 20;
const rounds = 3;
const preset = exportPresetSchema.parse({});
/** What the engine tells its own encoder, for the baselines. */
const encoder = { preset: 'veryfast', crf: String(preset.quality) };
const keyFrames = 4 * fps;

/**
 * Rendering speed at 1080p30 against FFmpeg alone: (a) a plain cut list against decoding and encoding the same seconds;
 * (b) an overlay with two texts against one filter graph that makes the same picture.
 * Rounds of both sides take turns, and the best of each counts, so that other work on the machine hurts both alike.
 */
export async function benchRender(): Promise<BenchRow[]> {
  Log.setLevel(AV_LOG_QUIET);
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-render-'));
  try {
    const ground = await texturedMovie(path.join(folder, 'ground.mp4'), 1);
    const over = await texturedMovie(path.join(folder, 'over.mp4'), 2);
    const output = (name: string) => path.join(folder, `${name}.mp4`);
    const draw = (draft: Draft) => renderDraft(draft, { preset, output: output('ours'), resolve: (file) => file });
    const cli = hasFfmpeg();
    const rows: BenchRow[] = [];

    const cuts = await best<'ours' | 'libraries' | 'cli'>({
      ours: () => draw(cutList(ground)),
      libraries: () => transcode(ground, output('libraries')),
      ...(cli ? { cli: () => ffmpeg(['-i', ground], output('cli')) } : {}),
    });
    rows.push(row('cut list against FFmpeg decoding and encoding', cuts.ours, cuts.libraries, 0.9));
    if (cli) rows.push(row('cut list against the ffmpeg command', cuts.ours, cuts.cli, 0.9));
    if (cli) {
      const against = async (name: string, motion: Motion) => {
        const graph = ['-i', ground, '-i', over, '-filter_complex', overlayGraph(motion), '-map', '[v]', '-map', '0:a'];
        const both = await best<'ours' | 'cli'>({
          ours: () => draw(overlayWithTexts(ground, over, motion)),
          cli: () => ffmpeg(graph, output('cli')),
        });
        rows.push(row(`${name} and two texts against one filter_complex`, both.ours, both.cli, 2));
      };
      await against('moving, scaled, turned overlay', 'moves');
      await against('moving, growing, turning overlay', 'grows and turns');
      rows.push(await bound(ground, over, output));
    }
    rows.push(await subtitles(output('subtitles')));
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * What is left of the filter graph's work when nothing is filtered: both films decoded, one of them encoded. With this
 * encoder no way of drawing can be further ahead of the graph on this machine.
 */
async function bound(ground: string, over: string, output: (name: string) => string): Promise<BenchRow> {
  const films = ['-i', ground, '-i', over];
  const graph = [...films, '-filter_complex', overlayGraph('moves'), '-map', '[v]', '-map', '0:a'];
  const times = await best<'plain' | 'cli'>({
    plain: () => ffmpeg([...films, '-map', '1:v', '-f', 'null', '-', '-map', '0'], output('plain')),
    cli: () => ffmpeg(graph, output('cli')),
  });
  const made = row('the same films decoded and encoded with nothing drawn, against it', times.plain, times.cli);
  return { ...made, note: `${availableParallelism()} cores; what drawing for nothing would reach` };
}

const startLimitMs = 2000;

/** How soon the first frame of a draft with 1386 subtitles is on its way to the encoder. */
async function subtitles(output: string): Promise<BenchRow> {
  const segments = Array.from({ length: 1386 }, (_, index) =>
    aSegment(aText(`第 ${index + 1} 条字幕`, 8), {
      startUs: index * second,
      durationUs: second,
      transform: { y: -0.8 },
    }),
  );
  const draft = aDraft([{ type: 'text', segments }], { width, height });
  const stop = new AbortController();
  const started = performance.now();
  let ms = Number.NaN;
  await renderDraft(draft, {
    preset,
    output,
    resolve: () => null,
    signal: stop.signal,
    onProgress(done) {
      if (done === 0) return;
      ms = Math.min(Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms, performance.now() - started);
      stop.abort();
    },
  }).catch(() => {});
  const name = 'first frame of 1386 subtitles';
  return { name, ours: ms, baseline: startLimitMs, ratio: ms / startLimitMs, unit: 'ms', note: 'at most 1' };
}

/** Milliseconds of the quickest round of each contestant. */
export async function best<Name extends string>(
  contestants: Partial<Record<Name, () => unknown>>,
): Promise<Partial<Record<Name, number>>> {
  const times = new Map<Name, number>();
  for (let round = 0; round < rounds; round += 1)
    for (const [name, run] of Object.entries(contestants) as [Name, () => unknown][]) {
      const started = performance.now();
      await run();
      times.set(name, Math.min(times.get(name) ?? Number.POSITIVE_INFINITY, performance.now() - started));
    }
  return Object.fromEntries(times) as Partial<Record<Name, number>>;
}

function row(name: string, oursMs = Number.NaN, baselineMs = Number.NaN, wanted = 1): BenchRow {
  const speed = (ms: number) => (seconds * fps * 1000) / ms;
  const [ours, baseline] = [speed(oursMs), speed(baselineMs)];
  const note = `1080p30, ${seconds} s; at least ${wanted}`;
  return { name, ours, baseline, ratio: ours / baseline, unit: 'fps', note };
}

/** Something that is neither flat nor noise: overlapping discs that drift, so that the encoder has real work. */
export async function texturedMovie(file: string, seed: number): Promise<string> {
  const scene = createCanvas(width + 400, height + 200);
  const paint = scene.getContext('2d');
  let state = seed;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  paint.fillStyle = seed === 1 ? '#304860' : '#603048';
  paint.fillRect(0, 0, scene.width, scene.height);
  for (let disc = 0; disc < 1500; disc += 1) {
    paint.fillStyle = `hsl(${Math.floor(random() * 360)} 60% ${30 + Math.floor(random() * 40)}% / 0.5)`;
    paint.beginPath();
    paint.arc(random() * scene.width, random() * scene.height, 4 + random() * 60, 0, Math.PI * 2);
    paint.fill();
  }
  return makeMovie(file, {
    width,
    height,
    fps,
    frames: seconds * fps,
    toneHz: 330,
    draw: (context, frame) => context.drawImage(scene, -frame * 1.5, -frame * 0.5),
  });
}

function cutList(file: string): Draft {
  const media = aMedia('video', file);
  const starts = Array.from({ length: seconds / 2 }, (_, index) => index * 2 * second);
  const segments = starts.map((startUs) =>
    aSegment(media, { startUs, durationUs: 2 * second, sourceStartUs: startUs }),
  );
  return aDraft([{ type: 'video', segments }], { width, height });
}

/** What the overlay does besides moving from left to right: nothing, or its scale and turn change as well. */
type Motion = 'moves' | 'grows and turns';
const scales = { from: 0.3, to: 0.5 };
const still = { scale: 0.4, degrees: 15 };
const turned = { from: 0, to: 30 };

function overlayWithTexts(ground: string, over: string, motion: Motion): Draft {
  const durationUs = seconds * second;
  const key = (offsetUs: number, value: number) =>
    ({ offsetUs, value, curve: 'line', rightControl: null, leftControl: null }) as const;
  return aDraft(
    [
      { type: 'video', segments: [aSegment(aMedia('video', ground), { durationUs })] },
      {
        type: 'video',
        segments: [
          aSegment(aMedia('video', over), {
            durationUs,
            volume: 0,
            transform: { scaleX: still.scale, scaleY: still.scale, rotation: still.degrees, y: 0.1 },
            keyframes: {
              x: [key(0, -0.5), key(durationUs, 0.5)],
              ...(motion === 'moves'
                ? {}
                : {
                    scaleX: [key(0, scales.from), key(durationUs, scales.to)],
                    rotation: [key(0, turned.from), key(durationUs, turned.to)],
                  }),
            },
          }),
        ],
      },
      { type: 'text', segments: [aSegment(aText('Jianying 剪映渲染站', 10), { durationUs, transform: { y: -0.8 } })] },
      {
        type: 'text',
        segments: [aSegment(aText('第二行字幕 second line', 8), { durationUs, transform: { y: 0.85 } })],
      },
    ],
    { width, height },
  );
}

/** The same picture as `overlayWithTexts`, as one FFmpeg graph. */
function overlayGraph(motion: Motion): string {
  const font = createRequire(import.meta.url).resolve(
    '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  );
  const text = (words: string, size: number, y: string) =>
    `drawtext=fontfile=${font}:text='${words}':fontcolor=white:fontsize=${size}:x=(w-tw)/2:y=${y}-th/2`;
  const between = ({ from, to }: { from: number; to: number }) => `(${from}+${to - from}*t/${seconds})`;
  const scaled = (side: number) => (motion === 'moves' ? String(side * still.scale) : `${side}*${between(scales)}`);
  const angle = motion === 'moves' ? `${still.degrees}*PI/180` : `${between(turned)}*PI/180`;
  const each = motion === 'moves' ? '' : ':eval=frame';
  // A picture that turns needs room for its diagonal.
  const room = motion === 'moves' ? `ow='rotw(${angle})':oh='roth(${angle})'` : `ow='hypot(iw,ih)':oh=ow`;
  return [
    `[1:v]scale=w='${scaled(width)}':h='${scaled(height)}'${each},format=yuva420p,rotate='${angle}':c=none:${room}[o]`,
    `[0:v][o]overlay=x='W/2*(0.5+t/${seconds})-w/2':y='H/2*0.9-h/2'`,
  ]
    .join(';')
    .concat(`,${text('Jianying 剪映渲染站', 84, 'h*0.9')},${text('第二行字幕 second line', 68, 'h*0.075')}[v]`);
}

export async function transcode(file: string, output: string): Promise<void> {
  const demuxer = await Demuxer.open(file);
  const [video, audio] = [demuxer.video(), demuxer.audio()];
  if (video === undefined || audio === undefined) throw new Error('the benchmark movie lacks a stream');
  const videoDecoder = await Decoder.create(video);
  const audioDecoder = await Decoder.create(audio);
  const videoEncoder = await Encoder.create(AV_CODEC_ID_H264, {
    decoder: videoDecoder,
    gopSize: keyFrames,
    options: encoder,
  });
  const audioEncoder = await Encoder.create(AV_CODEC_ID_AAC, { decoder: audioDecoder, bitrate: '192k' });
  const muxer = await Muxer.open(output);
  const run = pipeline(demuxer, { video: [videoDecoder, videoEncoder], audio: [audioDecoder, audioEncoder] }, muxer);
  await run.completion;
}

export function hasFfmpeg(): boolean {
  try {
    execFileSync('ffmpeg', ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function ffmpeg(input: readonly string[], output: string): void {
  const encode = ['-c:v', 'libx264', '-preset', encoder.preset, '-crf', encoder.crf, '-g', String(keyFrames)];
  const rest = ['-c:a', 'aac', '-b:a', '192k', '-movflags', '+faststart', '-y', output];
  execFileSync('ffmpeg', ['-loglevel', 'error', ...input, ...encode, ...rest], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
