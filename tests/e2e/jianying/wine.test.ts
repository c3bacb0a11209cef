import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { StationError, sentence } from '../../../main/shared/errors/index.ts';
import { missing } from '../../support/environment.ts';
import { listening, startWineRig, type WineRig } from './rig.ts';
import { endFakeClients } from './wine.ts';

const rounds = 5;
const roundMs = 20_000;

/** The failure of an export, or null when there was none. */
async function failureOf(work: Promise<unknown>): Promise<StationError | null> {
  return work.then(
    () => null,
    (error: unknown) => StationError.from(error),
  );
}

describe.skipIf(missing('wine'))('the Windows backend drives a client that is a real Windows program', () => {
  let rig: WineRig;
  beforeAll(async () => {
    // Shorter deadlines: what is waited for here is a fake that answers at once, or never.
    rig = await startWineRig(path.join(tmpdir(), 'render-station-wine'), { patience: 0.4 });
  }, 15 * roundMs);
  afterAll(() => rig?.close());

  const ourDrafts = () => readdirSync(rig.client.draftsFolder).filter((name) => name.startsWith('q-'));
  const since = (from: number) => rig.client.events().slice(from);

  async function exportOne(title: string): Promise<void> {
    const job = rig.job(title);
    const { context, lines } = listening();
    const result = await rig.engine.export(job, context).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${lines.join('\n')}`);
    });
    expect(result.file).toBe(job.outputFile);
    expect(await rig.media.probe(job.outputFile)).toMatchObject({ kind: 'video', width: 480, height: 480 });
  }

  it(
    'three drafts given at once come out one after another, with the resolution they ask for',
    async () => {
      const from = rig.client.events().length;
      await Promise.all(['甲', '乙', '丙'].map(exportOne));
      const exports = since(from).filter((event) => event.startsWith('export '));
      expect(exports).toHaveLength(3);
      expect(exports.every((event) => event.endsWith('480P 30fps'))).toBe(true);
      // The real mouse was needed for the one setting that differed when the client was new, and for nothing else.
      const real = since(0).filter((event) => event.startsWith('real '));
      expect(new Set(real)).toEqual(new Set(['real ExportSharpnessInput', 'real 480P']));
      expect(ourDrafts()).toEqual([]);
      expect(readdirSync(rig.client.exportsFolder)).toEqual([]);
    },
    6 * roundMs,
  );

  it(
    `${rounds} rounds without a failure`,
    async () => {
      const from = rig.client.events().length;
      for (let round = 1; round <= rounds; round++) await exportOne(`round ${round}`);
      expect(since(from).filter((event) => event.startsWith('done '))).toHaveLength(rounds);
      expect(since(from)).not.toContain('real nothing');
      expect(ourDrafts()).toEqual([]);
    },
    rounds * roundMs,
  );

  it(
    'a popup at the start is dismissed and the export goes on',
    async () => {
      endFakeClients();
      rig.client.plan('popup home');
      const from = rig.client.events().length;
      await exportOne('popup');
      expect(since(from)).toEqual(expect.arrayContaining(['fault popup home', 'popup dismissed']));
    },
    4 * roundMs,
  );

  it(
    'a missing file fails with the sentence of the contract, and the next attempt works',
    async () => {
      rig.client.plan('nofile');
      const failure = await failureOf(rig.engine.export(rig.job('no file'), listening().context));
      expect(failure && sentence(failure, 'zh')).toBe(
        '导出草稿失败: 剪映导出结束但目标文件未生成，请检查磁盘空间或剪映版本',
      );
      await exportOne('after no file');
      expect(ourDrafts()).toEqual([]);
    },
    6 * roundMs,
  );

  it(
    'a crash while exporting costs one attempt',
    async () => {
      rig.client.plan('crash exporting');
      const failure = await failureOf(rig.engine.export(rig.job('crash'), listening().context));
      expect(failure?.code).toBe('JIANYING_CRASHED');
      await exportOne('after the crash');
    },
    6 * roundMs,
  );

  it(
    'a hang while exporting costs one attempt, a new helper process and a new client',
    async () => {
      const children = rig.childrenStarted();
      rig.client.plan('hang exporting');
      const job = rig.job('hang');
      const failure = await failureOf(rig.engine.export(job, listening().context));
      expect(failure?.code).toBe('JIANYING_HUNG');
      expect(rig.childrenStarted()).toBeGreaterThan(children);
      const evidence = path.join(job.workFolder, 'evidence');
      expect(JSON.parse(readFileSync(path.join(evidence, 'windows.json'), 'utf8'))).not.toEqual([]);
      expect(readFileSync(path.join(evidence, 'steps.json'), 'utf8')).toContain('confirming the export');
      await exportOne('after the hang');
      expect(ourDrafts()).toEqual([]);
    },
    10 * roundMs,
  );

  it(
    'the health page names the version, the tier and the drafts folder; a diagnosis holds the trees without names of people',
    async () => {
      const health = await rig.engine.probe();
      expect(health).toMatchObject({
        engine: 'jianying',
        facts: { version: '5.9.0.11632', tier: 'named', stance: 'recommended', running: true },
      });
      expect(health.state).not.toBe('unavailable');
      const zip = path.join(rig.folder, 'diagnosis.zip');
      await rig.engine.diagnose(zip);
      const parts = await unzip(zip);
      expect([...parts.keys()].sort()).toEqual([
        'about.json',
        'calibration.json',
        'health.json',
        'installs.json',
        'known-client.json',
        'trees.json',
        'windows.json',
      ]);
      expect(parts.get('trees.json')).toContain('HomePageStartProject');
      expect(parts.get('installs.json')).not.toContain('\\\\users\\\\root');
      expect(existsSync(zip)).toBe(true);
    },
    4 * roundMs,
  );
});

async function unzip(file: string): Promise<Map<string, string>> {
  const parts = new Map<string, string>();
  const zip = await yauzl.openPromise(file);
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    parts.set(entry.fileName, Buffer.concat(chunks).toString('utf8'));
  }
  return parts;
}
