import { StationError as Failure, type StationError, sentence } from '../../../shared/errors/index.ts';
import type { EngineHealth } from '../../engine.ts';
import type { DraftsRoot } from '../locate/drafts-root.ts';
import type { Install } from '../locate/installs.ts';
import type { SessionFacts } from '../ui/backend.ts';
import { sessionProblem } from './preflight.ts';
import type { GuardState } from './update-guard.ts';

export interface Note {
  readonly zh: string;
  readonly en: string;
}

/** What the running window turned out to be; `unsupported` = it hides its controls and nobody has calibrated it. */
export type Capability = 'named' | 'blind' | 'unsupported' | 'unknown';

export interface ProbeFacts {
  readonly installs: readonly Install[];
  readonly chosen: Install | null;
  readonly root: DraftsRoot | null;
  readonly capability: Capability;
  readonly session: SessionFacts;
  /** UI Automation answered "access denied". */
  readonly denied: boolean;
  /** Version of the last export, when it differs. */
  readonly versionBefore: string | null;
  readonly updateGuard: GuardState;
  /** The client's setting file, in which the guard is set. */
  readonly guardFile: string;
}

function note(error: StationError): Note {
  return { zh: sentence(error, 'zh'), en: sentence(error, 'en') };
}

export function unavailableHealth(
  why: { reason: 'system'; system: string } | { reason: 'failure'; failure: StationError },
): EngineHealth {
  const error =
    why.reason === 'system' ? new Failure('JIANYING_UNSUPPORTED_SYSTEM', { system: why.system }) : why.failure;
  return { engine: 'jianying', state: 'unavailable', notes: [note(error)], facts: {} };
}

/** The health page's lines from what a probe found. Pure. */
export function reportHealth(found: ProbeFacts): EngineHealth {
  const problems: Note[] = [];
  const warnings: Note[] = [];
  const { chosen, root, session } = found;
  const problem = sessionProblem(session);
  if (problem === 'service') problems.push(note(new Failure('JIANYING_SERVICE_SESSION')));
  if (!chosen) problems.push(note(new Failure('JIANYING_NOT_FOUND')));
  else if (!root) problems.push(note(new Failure('JIANYING_DRAFTS_FOLDER_MISSING', { folder: '' })));
  if (found.denied) problems.push(note(new Failure('JIANYING_ACCESS_DENIED')));
  if (chosen && found.capability === 'unsupported')
    problems.push(note(new Failure('JIANYING_CALIBRATION_NEEDED', { version: chosen.version })));
  if (problem === 'locked') warnings.push(note(new Failure('JIANYING_SESSION_LOCKED')));
  if (problem === 'disconnected') warnings.push(note(new Failure('JIANYING_SESSION_DISCONNECTED')));
  if (chosen && found.versionBefore !== null)
    warnings.push(
      note(new Failure('JIANYING_VERSION_CHANGED', { before: found.versionBefore, after: chosen.version })),
    );
  if (chosen && found.capability === 'blind')
    warnings.push({
      zh: `剪映 ${chosen.version} 不公开界面控件，按校准位置操作（尽力而为）。推荐安装 5.9.0.11632。`,
      en: `Jianying ${chosen.version} hides its controls and is operated by calibrated places (best effort). 5.9.0.11632 is recommended.`,
    });
  if (chosen && found.capability === 'unknown' && chosen.stance === 'best_effort')
    warnings.push({
      zh: `剪映 ${chosen.version} 可能不公开界面控件，第一次导出时才能确定。推荐安装 5.9.0.11632。`,
      en: `Jianying ${chosen.version} may hide its controls; the first export will tell. 5.9.0.11632 is recommended.`,
    });
  if (root && !root.valid)
    warnings.push({
      zh: `草稿目录 ${root.folder} 里没有剪映的索引文件，请确认它就是剪映使用的目录。`,
      en: `The drafts folder ${root.folder} has no index of Jianying's; make sure that it is the one Jianying uses.`,
    });
  return {
    engine: 'jianying',
    state: problems.length > 0 ? 'unavailable' : warnings.length > 0 ? 'degraded' : 'ready',
    notes: [...problems, ...warnings],
    facts: {
      installed: found.installs.map((install) => install.version || '?').join(', '),
      ...(chosen
        ? { version: chosen.version || '?', exe: chosen.exe, stance: chosen.stance, running: chosen.running }
        : {}),
      ...(root ? { drafts: root.folder, draftsFrom: root.source } : {}),
      tier: found.capability,
      locked: session.locked,
      disconnected: session.disconnected,
      elevated: session.elevated,
      // A risk of its own, with a line of its own on the health page.
      ...(chosen ? { updateGuard: found.updateGuard, guardFile: found.guardFile } : {}),
    },
  };
}
