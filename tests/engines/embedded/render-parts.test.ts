import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AVERROR_EOF, Packet } from 'node-av';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEmbeddedEngine, type EmbeddedEngineDeps } from '../../../main/engines/embedded/index.ts';
import type { Job } from '../../../main/engines/embedded/protocol.ts';
import { renderPart } from '../../../main/engines/embedded/render.ts';
import type { ExportJob } from '../../../main/engines/engine.ts';
import { openMedia } from '../../../main/media/open.ts';
import { probeMedia } from '../../../main/media/probe.ts';
import { StationError } from '../../../main/shared/errors/index.ts';
import { type ExportPreset, exportPresetSchema } from '../../../main/shared/settings.ts';
import { type SpawnWorker, spawnNodeWorker, type WorkerProcess } from '../../../main/workers/spawn.ts';
import { draftJson, type JsonClip } from '../../support/draft-json.ts';
import { aDraft, aMedia, anEffect, aSegment, aText, second } from '../../support/drafts.ts';
import { aContext, codeOf, gone } from '../../support/exports.ts';
import { framesOf, makeMovie, readCounter, scratchFolder } from '../../support/media.ts';

const scratch = scratchFolder('parts');
const seconds = 20;
const frames = seconds * 30;
const canvas = { width: 160, height: 90 };
let movie = '';
beforeAll(async () => {
  movie = await makeMovie(path.join(scratch.folder, 'movie.mp4'), { ...canvas, frames, toneHz: 440 });
});
afterAll(() => scratch.remove());

let jobs = 0;
function aJob(clips: readonly JsonClip[], preset: Partial<ExportPreset> = {}): ExportJob {
  jobs += 1;
  const folder = path.join(scratch.folder, `draft-${jobs}`);
  const workFolder = path.join(folder, 'work');
  mkdirSync(workFolder, { recursive: true });
  const contentFile = path.join(folder, 'draft_content.json');
  writeFileSync(contentFile, JSON.stringify(draftJson(clips, canvas)));
  const whole = exportPresetSchema.parse(preset);
  const lengthUs = Math.max(...clips.map(({ startUs = 0, durationUs }) => startUs + durationUs));
  return {
    taskId: `task-${jobs}`,
    attempt: 1,
    draft: { folder, contentFile, name: 'test', durationUs: lengthUs },
    preset: whole,
    outputFile: path.join(folder, `out.${whole.container}`),
    workFolder,
  };
}

/** A cut in the middle of a part, and a clip that reaches from one part into the other. */
const wholeMovie = (): JsonClip[] => [
  { path: movie, durationUs: 5_000_000 },
  { path: movie, startUs: 5_000_000, durationUs: 15_000_000, sourceStartUs: 5_000_000 },
];
const missing = (startUs: number, durationUs: number): JsonClip => ({
  path: path.join(scratch.folder, 'nowhere.mp4'),
  startUs,
  durationUs,
});

interface Watched {
  readonly spawn: SpawnWorker;
  readonly children: WorkerProcess[];
  readonly jobs: Job[];
}

/** The real child programs and what they are asked to do, which a test may change on the way. */
function watched(change: (job: Job) => Job = (job) => job): Watched {
  const children: WorkerProcess[] = [];
  const asked: Job[] = [];
  return {
    children,
    jobs: asked,
    spawn(name) {
      const child = spawnNodeWorker(name);
      children.push(child);
      return {
        ...child,
        send(message) {
          const job = change(message as Job);
          asked.push(job);
          child.send(job);
        },
      };
    },
  };
}

const engineWith = (spawn: SpawnWorker, parts: number, more: Partial<EmbeddedEngineDeps> = {}) =>
  createEmbeddedEngine({ spawn, fontFolder: () => '', sharing: () => ({ parts, lanes: 1 }), ...more });

/** Times and contents of all packets of a kind, and which are key frames. */
async function packetsOf(file: string, kind: 'video' | 'audio') {
  const media = await openMedia(file);
  const stream = media[kind]?.stream;
  const packet = new Packet();
  packet.alloc();
  const packets: { pts: number; dts: number; key: boolean; data: string }[] = [];
  while ((await media.format.readFrame(packet)) !== AVERROR_EOF)
    if (packet.streamIndex === stream?.index) {
      const { pts, dts, isKeyframe: key, data } = packet;
      packets.push({ pts: Number(pts), dts: Number(dts), key, data: data?.toString('base64') ?? '' });
    }
  packet.free();
  await media.close();
  return packets;
}

/** Mean difference of two pictures, 0..255. */
function difference(one: Uint8ClampedArray, other: Uint8ClampedArray): number {
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length;
}

describe('a video rendered in parts', () => {
  test('is the one that is rendered whole: every frame at its time, the very same sound, the same warnings', async () => {
    // The missing clip lies in both parts.
    const draft: JsonClip[] = [
      { path: movie, durationUs: 5_000_000 },
      missing(5_000_000, 6_000_000),
      { path: movie, startUs: 11_000_000, durationUs: 9_000_000, sourceStartUs: 5_000_000 },
    ];
    const [whole, parted] = [aJob(draft), aJob(draft)];
    const { spawn, jobs } = watched();
    const one = await engineWith(spawnNodeWorker, 1).export(whole, aContext());
    const other = await engineWith(spawn, 2).export(parted, aContext());
    expect(jobs.map(({ type }) => type).sort()).toEqual(['join', 'part', 'part', 'plan', 'sound']);
    expect(other.warnings).toEqual(one.warnings);
    expect(other.warnings.map(({ code }) => code)).toEqual(['MEDIA_NOT_DRAWN', 'MEDIA_NOT_HEARD']);
    expect(await packetsOf(other.file, 'audio')).toEqual(await packetsOf(one.file, 'audio'));
    const times = (packets: { pts: number; dts: number }[]) => ({
      shown: packets.map(({ pts }) => pts).sort((a, b) => a - b),
      decoded: packets.map(({ dts }) => dts),
    });
    expect(times(await packetsOf(other.file, 'video'))).toEqual(times(await packetsOf(one.file, 'video')));
  });

  test('a short one is rendered whole without a look at its parts', async () => {
    const { spawn, jobs } = watched();
    await engineWith(spawn, 4).export(aJob([{ path: movie, durationUs: 2_000_000 }]), aContext());
    expect(jobs.map(({ type }) => type)).toEqual(['render']);
  });

  test('shows each frame of its clips once and in its place, also around the joins', async () => {
    const job = aJob(wholeMovie());
    await engineWith(spawnNodeWorker, 3).export(job, aContext());
    const shown = (await framesOf(job.outputFile)).map((pixels) => readCounter(pixels));
    expect(shown).toEqual(Array.from({ length: frames }, (_, frame) => frame));
  });

  test('begins each part with a key frame and is counted on without a jump', async () => {
    const job = aJob(wholeMovie());
    const { spawn, jobs } = watched();
    await engineWith(spawn, 2).export(job, aContext());
    const starts = jobs.flatMap((asked) => (asked.type === 'part' ? [asked.from] : []));
    const packets = await packetsOf(job.outputFile, 'video');
    const steps = packets.slice(1).map(({ dts }, index) => dts - (packets[index]?.dts ?? 0));
    expect(new Set(steps)).toEqual(new Set([512]));
    const keys = packets.filter(({ key }) => key).map(({ pts }) => pts / 512);
    expect(starts.length).toBeGreaterThan(1);
    expect(keys).toEqual(expect.arrayContaining(starts));
  });

  test.each([
    [{ codec: 'hevc' }, 'hevc'],
    [{ codec: 'av1' }, 'av1d'],
    [{ container: 'mov' }, 'h264'],
    [{ fps: 24, videoKbps: 300 }, 'h264'],
  ] as const)('is made with %j', async (preset, codec) => {
    const job = aJob(wholeMovie(), preset);
    const { spawn, jobs } = watched();
    await engineWith(spawn, 2).export(job, aContext());
    expect(jobs.some(({ type }) => type === 'join')).toBe(true);
    const facts = await probeMedia(job.outputFile);
    expect(facts).toMatchObject({ audioCodec: 'aac', ...canvas });
    expect(facts.videoCodec).toContain(codec);
    expect(Math.abs(facts.durationUs - seconds * 1e6)).toBeLessThan(45_000);
    const shown = await framesOf(job.outputFile);
    expect(shown).toHaveLength(seconds * facts.fps);
    expect(readCounter(shown.at(-1) ?? expect.fail('no frame'))).not.toBeNull();
  });

  test('starts with its index, so that it plays while it is downloaded', async () => {
    const job = aJob(wholeMovie());
    await engineWith(spawnNodeWorker, 2).export(job, aContext());
    const bytes = readFileSync(job.outputFile).toString('latin1');
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
  });

  test('tells one progress that only grows, and says in the log what is done', async () => {
    const progress: number[] = [];
    const lines: string[] = [];
    const context = aContext({
      onProgress: (fraction) => progress.push(fraction),
      log: (_level, line) => lines.push(line),
    });
    await engineWith(spawnNodeWorker, 2).export(aJob(wholeMovie()), context);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
    expect(lines).toEqual(['Rendered in 2 parts, 2 at once.']);
  });

  test('leaves nothing in its work folder', async () => {
    const job = aJob(wholeMovie());
    await engineWith(spawnNodeWorker, 2).export(job, aContext());
    expect(readdirSync(job.workFolder)).toEqual([]);
  });

  test('may have parts in which no picture can be opened', async () => {
    const job = aJob([{ path: movie, durationUs: 8_000_000 }, missing(8_000_000, 12_000_000)]);
    const { warnings } = await engineWith(spawnNodeWorker, 2).export(job, aContext());
    expect(warnings).toMatchObject([
      { code: 'MEDIA_NOT_DRAWN', params: { count: 1 } },
      { code: 'MEDIA_NOT_HEARD', params: { count: 1 } },
    ]);
  });

  test('is refused when no picture can be opened in any part, like one rendered whole', async () => {
    const refused = async (parts: number) => {
      const job = aJob([missing(0, 20_000_000)]);
      const error: unknown = await engineWith(spawnNodeWorker, parts)
        .export(job, aContext())
        .catch((thrown: unknown) => thrown);
      expect(readdirSync(job.workFolder)).toEqual([]);
      return error instanceof StationError ? error.toRecord() : error;
    };
    expect(await refused(2)).toEqual(await refused(1));
    expect(await refused(2)).toMatchObject({ code: 'RENDER_NOTHING_TO_DRAW' });
  });
});

describe('a part that begins in the middle', () => {
  test('of a transition, an animation, an effect and a caption shows what a video from its start shows there', async () => {
    const durationUs = 3 * second;
    const media = aMedia('video', movie);
    const half = { durationUs: 1_500_000 };
    const draft = aDraft(
      [
        {
          type: 'video',
          segments: [
            aSegment(media, {
              ...half,
              extras: { transition: { name: '叠化', resourceId: '', durationUs: second, overlap: true } },
            }),
            aSegment(media, { ...half, startUs: 1_500_000, sourceStartUs: 9 * second, speed: 1.5 }),
          ],
        },
        {
          type: 'effect',
          segments: [aSegment({ type: 'effect', effect: anEffect('video_effect', '抖动') }, { durationUs })],
        },
        { type: 'text', segments: [aSegment(aText('在中间开始', 10), { durationUs })] },
      ],
      canvas,
    );
    const at = (name: string) => path.join(scratch.folder, name);
    const options = { preset: exportPresetSchema.parse({ quality: 10 }), resolve: (file: string) => file };
    await renderPart(draft, { from: 0, to: 90 }, { ...options, output: at('all.mp4') });
    await renderPart(draft, { from: 46, to: 90 }, { ...options, output: at('rest.mp4') });
    const wanted = (await framesOf(at('all.mp4'))).slice(46);
    const drawn = await framesOf(at('rest.mp4'));
    expect(drawn).toHaveLength(44);
    for (const [index, pixels] of drawn.entries())
      expect(difference(pixels.data, wanted[index]?.data ?? pixels.data)).toBeLessThan(1.5);
  });
});

describe('what fails in parts', () => {
  test('because one part got another encoder is rendered whole, and the log says so', async () => {
    const job = aJob(wholeMovie());
    const { spawn, jobs } = watched((asked) =>
      asked.type === 'part' && asked.from > 0 ? { ...asked, preset: { ...asked.preset, codec: 'hevc' } } : asked,
    );
    const lines: string[] = [];
    const progress: number[] = [];
    const engine = engineWith(spawn, 2);
    const context = aContext({
      log: (level, line) => lines.push(`${level}: ${line}`),
      onProgress: (fraction) => progress.push(fraction),
    });
    await engine.export(job, context);
    expect(jobs.at(-1)?.type).toBe('render');
    // Somebody waits for more than before: it goes on growing.
    expect(progress.filter((fraction) => fraction > 0.9).length).toBeGreaterThan(2);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(lines.at(-1)).toMatch(/^warn: The parts cannot be joined, so it is rendered whole: /);
    expect((await probeMedia(job.outputFile)).videoCodec).toBe('h264');
    const before = jobs.length;
    await engine.export(aJob(wholeMovie()), aContext());
    expect(jobs.slice(before).map(({ type }) => type)).toEqual(['render']);
  });

  test('because a child dies costs one attempt, ends all others and leaves no file; the next attempt is whole', async () => {
    const job = aJob(wholeMovie());
    const { spawn, children, jobs } = watched();
    const engine = engineWith(spawn, 2);
    const killPart = () => children[jobs.findIndex(({ type }) => type === 'part')]?.kill();
    expect(await codeOf(engine.export(job, aContext({ onProgress: killPart })))).toBe('RENDER_CRASHED');
    expect(children.map(({ pid }) => gone(pid))).toEqual(children.map(() => true));
    expect(readdirSync(job.workFolder)).toEqual([]);
    const before = jobs.length;
    await engine.export({ ...job, attempt: 2 }, aContext());
    expect(jobs.slice(before).map(({ type }) => type)).toEqual(['render']);
  });

  test('because it is cancelled ends all children and leaves no file', async () => {
    const job = aJob(wholeMovie());
    const { spawn, children } = watched();
    const stop = new AbortController();
    const onProgress = () => stop.abort(new Error('cancelled by a person'));
    const running = engineWith(spawn, 2).export(job, aContext({ signal: stop.signal, onProgress }));
    expect(await codeOf(running)).toBe('Error: cancelled by a person');
    expect(children.length).toBeGreaterThan(2);
    expect(children.map(({ pid }) => gone(pid))).toEqual(children.map(() => true));
    expect(readdirSync(job.workFolder)).toEqual([]);
    expect(existsSync(job.outputFile)).toBe(false);
  });

  test('because one part stands still is given up', async () => {
    const job = aJob(wholeMovie());
    const { spawn, children, jobs } = watched();
    const freeze = () => {
      const pid = children[jobs.findIndex(({ type }) => type === 'part')]?.pid;
      if (pid !== undefined) process.kill(pid, 'SIGSTOP');
    };
    const running = engineWith(spawn, 2, { stallMs: 2_000 }).export(job, aContext({ onProgress: freeze }));
    expect(await codeOf(running)).toBe('RENDER_STALLED');
    expect(children.map(({ pid }) => gone(pid))).toEqual(children.map(() => true));
    expect(readdirSync(job.workFolder)).toEqual([]);
  });
});

describe('a draft', () => {
  test('is rendered whole on a machine with two cores', async () => {
    const { spawn, jobs } = watched();
    const small = { machine: () => ({ cores: 2, freeBytes: 2 ** 36 }) };
    await engineWith(spawn, 0, small).export(aJob(wholeMovie()), aContext());
    expect(jobs.map(({ type }) => type)).toEqual(['render']);
  });

  test('is rendered in parts on a machine with many cores by itself', async () => {
    const { spawn, jobs } = watched();
    const large = { machine: () => ({ cores: 8, freeBytes: 2 ** 36 }) };
    await engineWith(spawn, 0, large).export(aJob(wholeMovie()), aContext());
    expect(jobs.filter(({ type }) => type === 'part')).toMatchObject([{ cores: 2 }, { cores: 2 }]);
  });
});
