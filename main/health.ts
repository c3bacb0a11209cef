import type { EngineHealth } from './engines/engine.ts';
import type { DatabaseOpening } from './queue/database.ts';
import type { QueueStatus } from './shared/events.ts';
import type { HealthLine } from './shared/health.ts';
import type { Settings } from './shared/settings.ts';

/** Everything that the health page's lines are made of. */
export interface HealthFacts {
  readonly opening: DatabaseOpening;
  readonly queue: QueueStatus;
  readonly engines: readonly EngineHealth[];
  readonly policy: Settings['engine'];
  readonly address: string;
  readonly exposed: boolean;
  readonly hasApiKey: boolean;
  readonly folders: readonly {
    readonly id: string;
    readonly folder: string;
    readonly freeGb: number;
    readonly writable: boolean;
  }[];
  readonly neededGb: number;
  readonly library: { readonly folder: string; readonly drafts: number };
  /** Notices to the webhook that were tried in vain so far, and that were given up within a day. */
  readonly webhook: { readonly retrying: number; readonly givenUp: number };
}

type Line = Omit<HealthLine, 'remedy' | 'facts'> & Partial<Pick<HealthLine, 'remedy' | 'facts'>>;

const line = (values: Line): HealthLine => ({ remedy: null, facts: {}, ...values });

/** The lines of the health page; pure. */
export function healthLines(facts: HealthFacts): HealthLine[] {
  return [
    databaseLine(facts.opening),
    queueLine(facts.queue),
    ...facts.engines.map((engine) => engineLine(engine, facts.policy)),
    ...facts.engines.flatMap(guardLines),
    portLine(facts),
    ...facts.folders.map((folder) => folderLine(folder, facts.neededGb)),
    libraryLine(facts.library),
    ...webhookLines(facts.webhook),
  ];
}

function databaseLine(opening: DatabaseOpening): HealthLine {
  const id = 'database';
  switch (opening.kind) {
    case 'opened':
    case 'created':
      return line({ id, level: 'ok', zh: '数据库正常', en: 'The database is sound' });
    case 'restored_backup':
      return line({
        id,
        level: 'warning',
        zh: '数据库曾损坏，已恢复最近一次备份；损坏的文件已另存，备份之后的任务需重新提交',
        en: 'The database was damaged; the last good backup was restored and the damaged file set aside. Tasks newer than the backup must be submitted again',
        facts: { damagedFile: opening.damagedFile ?? '' },
      });
    case 'started_empty':
      return line({
        id,
        level: 'problem',
        zh: '数据库曾损坏且没有可用备份，已从空队列开始；损坏的文件已另存',
        en: 'The database was damaged and there was no backup: the queue started empty. The damaged file was set aside',
        facts: { damagedFile: opening.damagedFile ?? '' },
      });
    default:
      return opening.kind satisfies never;
  }
}

function queueLine(queue: QueueStatus): HealthLine {
  const id = 'queue';
  if (queue.mode === 'running') return line({ id, level: 'ok', zh: '队列运行中', en: 'The queue is running' });
  if (queue.reason === null) {
    return line({ id, level: 'warning', zh: '队列已暂停', en: 'The queue is paused', remedy: 'resume_queue' });
  }
  return line({ id, level: 'problem', zh: queue.reason.zh, en: queue.reason.en, remedy: 'resume_queue' });
}

function engineLine(engine: EngineHealth, policy: Settings['engine']): HealthLine {
  const names = { jianying: { zh: '剪映', en: 'Jianying' }, embedded: { zh: '内置渲染器', en: 'Embedded renderer' } }[
    engine.engine
  ];
  const needed = policy === engine.engine || (policy === 'auto' && engine.engine === 'embedded');
  const level = engine.state === 'ready' ? 'ok' : needed && engine.state === 'unavailable' ? 'problem' : 'warning';
  const note = engine.notes[0];
  // The update guard has a line of its own.
  const { updateGuard: _guard, guardFile: _file, ...facts } = engine.facts;
  const state = {
    ready: { zh: '可用', en: 'ready' },
    degraded: { zh: '受限', en: 'limited' },
    unavailable: { zh: '不可用', en: 'not available' },
  }[engine.state];
  return line({
    id: engine.engine,
    level,
    zh: `${names.zh}：${note?.zh ?? state.zh}`,
    en: `${names.en}: ${note?.en ?? state.en}`,
    remedy:
      engine.engine === 'embedded' ? 'run_self_test' : engine.state === 'unavailable' ? 'install_jianying' : 'diagnose',
    facts,
  });
}

/** The guard against the client's automatic update; only where there is a client. */
function guardLines({ facts: { updateGuard, guardFile = '' } }: EngineHealth): HealthLine[] {
  const id = 'update_guard';
  const facts = { file: guardFile };
  switch (updateGuard) {
    case 'on':
      return [
        line({
          id,
          level: 'ok',
          zh: '剪映更新防护已开启：剪映不会自动更新',
          en: 'The update guard is on: Jianying does not update itself',
          remedy: 'guard_off',
          facts,
        }),
      ];
    case 'off':
      return [
        line({
          id,
          level: 'warning',
          zh: '剪映更新防护未开启：剪映可能在夜里自动更新，换成渲染站无法操作的版本',
          en: 'The update guard is off: Jianying may update itself at night to a version that the station cannot operate',
          remedy: 'guard_on',
          facts,
        }),
      ];
    case 'unknown':
      return [
        line({
          id,
          level: 'warning',
          zh: '还没有剪映的设置文件，无法开启更新防护。请打开一次剪映再关闭，然后重新检查',
          en: 'Jianying has no setting file yet, so its updates cannot be switched off. Open it once, close it, and check again',
          facts,
        }),
      ];
    default:
      return [];
  }
}

function portLine({ address, exposed, hasApiKey }: HealthFacts): HealthLine {
  const id = 'port';
  if (exposed && !hasApiKey) {
    return line({
      id,
      level: 'problem',
      zh: `接口 ${address} 对局域网开放但没有 API Key，所有调用都会被拒绝`,
      en: `The API at ${address} is open to the network without an API key: every call is refused`,
      remedy: 'open_settings',
    });
  }
  const where = exposed
    ? { zh: '（局域网可访问，需 API Key）', en: ' (open to the network, API key needed)' }
    : { zh: '（仅本机）', en: ' (this PC only)' };
  return line({ id, level: 'ok', zh: `接口地址 ${address}${where.zh}`, en: `API address ${address}${where.en}` });
}

function folderLine(folder: HealthFacts['folders'][number], neededGb: number): HealthLine {
  const free = Math.round(folder.freeGb * 10) / 10;
  const names = { data: { zh: '数据目录', en: 'Data folder' }, output: { zh: '输出目录', en: 'Output folder' } }[
    folder.id
  ] ?? {
    zh: folder.id,
    en: folder.id,
  };
  const facts = { folder: folder.folder, freeGb: free };
  const id = `disk_${folder.id}`;
  if (!folder.writable) {
    return line({
      id,
      level: 'problem',
      zh: `${names.zh}不可写：${folder.folder}`,
      en: `${names.en} cannot be written: ${folder.folder}`,
      remedy: 'open_settings',
      facts,
    });
  }
  const level = free < neededGb ? 'problem' : free < neededGb * 5 ? 'warning' : 'ok';
  return line({
    id,
    level,
    zh: `${names.zh} ${folder.folder}，剩余 ${free} GB`,
    en: `${names.en} ${folder.folder}, ${free} GB free`,
    remedy: folder.id === 'output' ? 'open_output' : null,
    facts,
  });
}

/** While an export needs the real mouse or the foreground. */
export function desktopNeeded(task: string): HealthLine {
  return line({
    id: 'desktop',
    level: 'warning',
    zh: `正在用剪映导出“${task}”，请先不要动鼠标和键盘`,
    en: `Jianying is exporting “${task}”: please leave mouse and keyboard alone for a moment`,
  });
}

function libraryLine({ folder, drafts }: HealthFacts['library']): HealthLine {
  return line({
    id: 'library',
    level: 'ok',
    zh: `草稿库 ${folder}，${drafts} 个草稿`,
    en: `Draft library ${folder}, ${drafts} drafts`,
    facts: { folder, drafts },
  });
}

/** Says something only when there is something to do. */
function webhookLines({ retrying, givenUp }: HealthFacts['webhook']): HealthLine[] {
  if (retrying === 0 && givenUp === 0) return [];
  return [
    line({
      id: 'webhook',
      level: 'warning',
      zh: `结果通知：${retrying} 条未送达、正在重试，${givenUp} 条在 24 小时内放弃。请检查完成通知地址和接收方`,
      en: `Notices of results: ${retrying} not taken yet and tried again, ${givenUp} given up within a day. Check the notify address and its receiver`,
      remedy: 'open_settings',
    }),
  ];
}
