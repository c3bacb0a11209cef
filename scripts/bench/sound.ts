import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Draft, MediaMaterial, Segment } from '../../main/drafts/model.ts';
import { createAudioMixer } from '../../main/engines/embedded/audio/index.ts';
import { SoundFile } from '../../main/engines/embedded/audio/sound-file.ts';
import type { BenchRow } from './row.ts';

const RATE = 48000;
const SECOND = 1_000_000;
const STEP = 4800;
const FILE_SECONDS = 120;
const DRAFT_SECONDS = 3600;

/**
 * An hour of two tracks (cuts every 6 s out of one file, one in three faster with its pitch kept; long music with a
 * fade) mixed, against decoding and resampling the same file for an hour and doing nothing with it. And how much the
 * memory grew in the second half of that hour.
 */
export async function benchSound(): Promise<BenchRow[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-sound-'));
  try {
    const file = path.join(folder, 'noise.wav');
    writeFileSync(file, noise(FILE_SECONDS));
    const decoded = await decodeFor(file, DRAFT_SECONDS);
    const { seconds, grownMb } = await mixAll(hour(file));
    const row = (name: string, ours: number, baseline: number, unit: string, note: string): BenchRow => ({
      name,
      ours,
      baseline,
      ratio: ours / baseline,
      unit,
      note,
    });
    return [
      row('an hour of sound mixed', seconds, decoded, 's', 'baseline: one track decoded and resampled, nothing more'),
      row('memory grown in the second half hour', grownMb, 64, 'MB', 'baseline: what is allowed'),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function decodeFor(file: string, seconds: number): Promise<number> {
  const source = await SoundFile.open(file, RATE);
  const [left, right] = [new Float32Array(STEP), new Float32Array(STEP)];
  const length = FILE_SECONDS * RATE;
  const start = performance.now();
  for (let at = 0; at < seconds * RATE; at += STEP) source.read(at % length, STEP, left, right);
  source.close();
  return (performance.now() - start) / 1000;
}

async function mixAll(draft: Draft): Promise<{ seconds: number; grownMb: number }> {
  const mixer = createAudioMixer(draft, {
    sampleRate: RATE,
    resolve: (media) => media.path,
    signal: new AbortController().signal,
    onWarning: ({ kind, name }) => {
      throw new Error(`${kind}: ${name}`);
    },
  });
  const start = performance.now();
  let half = 0;
  for (let at = 0; ; ) {
    const part = await mixer.read(STEP);
    if (part === null) break;
    at += part.left.length;
    if (half === 0 && at >= mixer.totalSamples / 2) half = process.memoryUsage().rss;
  }
  const seconds = (performance.now() - start) / 1000;
  mixer.close();
  return { seconds, grownMb: Math.max(0, (process.memoryUsage().rss - half) / 1e6) };
}

/** 16-bit stereo noise at 44.1 kHz. */
function noise(seconds: number): Buffer {
  const data = Buffer.alloc(seconds * 44100 * 4);
  let state = 1;
  for (let at = 0; at < data.length; at += 2) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data.writeInt16LE(((state >>> 16) - 32768) >> 2, at);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(44100, 24);
  header.writeUInt32LE(44100 * 4, 28);
  header.writeUInt16LE(4, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

function hour(file: string): Draft {
  const media: MediaMaterial = {
    id: 'sound',
    kind: 'audio',
    name: 'noise.wav',
    path: file,
    remoteUrl: null,
    reversePath: '',
    width: 0,
    height: 0,
    durationUs: FILE_SECONDS * SECOND,
    crop: null,
  };
  const clip = (startSeconds: number, seconds: number, fields: Partial<Segment>): Segment => ({
    id: `clip ${startSeconds}`,
    trackIndex: 0,
    trackType: 'audio',
    target: { startUs: startSeconds * SECOND, durationUs: seconds * SECOND },
    source: { startUs: 0, durationUs: seconds * SECOND },
    speed: 1,
    speedCurve: null,
    keepPitch: true,
    volume: 0.8,
    reverse: false,
    visible: true,
    renderIndex: 0,
    transform: { alpha: 1, flipX: false, flipY: false, rotation: 0, scaleX: 1, scaleY: 1, x: 0, y: 0 },
    uniformScale: true,
    keyframes: {},
    content: { type: 'media', media },
    extras: {
      canvas: null,
      transition: null,
      animations: [],
      masks: [],
      fade: null,
      chroma: null,
      mixMode: null,
      effects: [],
      audioEffects: [],
      hsl: [],
    },
    ...fields,
  });
  const cuts = Array.from({ length: DRAFT_SECONDS / 6 }, (_, index) => {
    const speed = index % 3 === 0 ? 1.25 : 1;
    const startUs = ((index * 7) % (FILE_SECONDS - 10)) * SECOND;
    return clip(index * 6, 6, { speed, source: { startUs, durationUs: 6 * speed * SECOND } });
  });
  const music = Array.from({ length: DRAFT_SECONDS / FILE_SECONDS }, (_, index) =>
    clip(index * FILE_SECONDS, FILE_SECONDS, {}),
  );
  return {
    name: 'hour',
    app: { source: 'lv', version: '', os: '' },
    newVersion: '',
    canvas: { width: 1920, height: 1080, ratio: 'original' },
    fps: 30,
    durationUs: DRAFT_SECONDS * SECOND,
    declaredDurationUs: DRAFT_SECONDS * SECOND,
    tracks: [
      { id: 'voice', type: 'audio', index: 0, muted: false, segments: cuts },
      { id: 'music', type: 'audio', index: 1, muted: false, segments: music },
    ],
    media: new Map([[media.id, media]]),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await benchSound());
