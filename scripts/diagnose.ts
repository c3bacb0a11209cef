/**
 * `npm run diagnose [-- --out file.zip]`: what a new version of Jianying needs to be supported, in one zip without personal
 * data. `--guard on|off|show` switches the guard against Jianying's automatic update, and back. `--spots` tells for two
 * minutes where the mouse is in Jianying's windows, for a calibration. `--data <folder>` names the
 * station's data folder, `--exe` and `--drafts` a client and a drafts folder that are not found by themselves.
 */
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { diskFiles } from '../main/engines/jianying/files.ts';
import {
  guardState,
  settingFile,
  switchGuardOff,
  switchGuardOn,
} from '../main/engines/jianying/health/update-guard.ts';
import { createJianyingEngine, type JianyingEngine } from '../main/engines/jianying/index.ts';
import { createMediaInspector } from '../main/media/index.ts';
import { defaultDataFolder } from '../main/paths.ts';
import { StationError, sentence } from '../main/shared/errors/index.ts';
import { defaultSettings } from '../main/shared/settings.ts';
import { spawnNodeWorker } from '../main/workers/spawn.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: `jianying-diagnosis-${new Date().toISOString().slice(0, 10)}.zip` },
    data: { type: 'string', default: defaultDataFolder() },
    exe: { type: 'string', default: '' },
    drafts: { type: 'string', default: '' },
    guard: { type: 'string' },
    spots: { type: 'boolean', default: false },
  },
});

if (values.guard !== undefined) await guard(values.guard);
else if (values.spots) await withEngine(tellSpots);
else await withEngine(diagnose);

async function withEngine(work: (engine: JianyingEngine) => Promise<void>): Promise<void> {
  const media = createMediaInspector(spawnNodeWorker);
  const engine = createJianyingEngine({
    spawn: spawnNodeWorker,
    settings: () => ({ ...defaultSettings, jianyingExe: values.exe, jianyingDrafts: values.drafts }),
    media,
    dataFolder: values.data,
  });
  try {
    await work(engine);
  } catch (error) {
    const failure = StationError.from(error).toRecord();
    console.error(`${sentence(failure, 'zh')}\n${sentence(failure, 'en')}`);
    process.exitCode = 1;
  } finally {
    engine.close();
    media.close();
  }
}

async function diagnose(engine: JianyingEngine): Promise<void> {
  const health = await engine.probe();
  console.log(`Jianying engine: ${health.state}`);
  for (const [name, fact] of Object.entries(health.facts)) console.log(`  ${name}: ${fact}`);
  for (const note of health.notes) console.log(`- ${note.zh}\n  ${note.en}`);
  const file = path.resolve(values.out);
  await engine.diagnose(file);
  console.log(`\nWritten: ${file}`);
}

const spotSeconds = 120;

async function tellSpots(engine: JianyingEngine): Promise<void> {
  if (process.platform !== 'win32') throw new StationError('JIANYING_UNSUPPORTED_SYSTEM', { system: process.platform });
  console.log('把鼠标移到剪映窗口中的目标上，两分钟内每秒显示一次位置。');
  console.log('Hold the mouse over the place in question; its position is shown every second for two minutes.');
  for (let second = 0; second < spotSeconds; second++) {
    const spot = await engine.mouseSpot();
    console.log(spot ? `${spot.window}: [${spot.share.join(', ')}]` : '-');
    await delay(1000);
  }
}

/** The client must be closed meanwhile: it writes the same file when it ends. */
async function guard(state: string): Promise<void> {
  const localAppData = process.env.LOCALAPPDATA;
  if (localAppData === undefined) {
    console.error('更新防护只适用于 Windows。\nThe update guard is for Windows only.');
    process.exitCode = 1;
    return;
  }
  const file = settingFile(localAppData);
  if (!(await diskFiles.facts(file))) {
    console.error(`没有找到 ${file}，请先打开一次剪映。\n${file} was not found: open Jianying once.`);
    process.exitCode = 1;
    return;
  }
  if (state === 'on') await switchGuardOn(diskFiles, file);
  if (state === 'off') await switchGuardOff(diskFiles, file);
  console.log(`更新防护 / update guard: ${guardState(await diskFiles.read(file))}`);
  console.log('请确认操作时剪映已关闭。\nMake sure that Jianying was closed meanwhile.');
}
