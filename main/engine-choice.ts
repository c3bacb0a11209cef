import type { EngineHealth } from './engines/engine.ts';
import { StationError } from './shared/errors/index.ts';
import type { Inspection } from './shared/inspection.ts';
import type { Settings } from './shared/settings.ts';
import type { EngineId } from './shared/task.ts';

/**
 * Which engine exports a draft; pure. `auto` prefers a healthy Jianying and falls back to the embedded renderer, which
 * says what it could not draw; the operator may make that a failure instead.
 * @throws StationError DRAFT_NOT_EXPORTABLE, DRAFT_NEEDS_JIANYING, ENGINE_UNAVAILABLE
 */
export function chooseEngine(
  policy: Pick<Settings, 'engine' | 'undrawable'>,
  inspection: Inspection,
  jianying: EngineHealth,
): EngineId {
  const fatal = inspection.findings.filter((finding) => finding.severity === 'fatal');
  const first = fatal[0];
  if (first !== undefined) {
    throw new StationError('DRAFT_NOT_EXPORTABLE', { zh: first.zh, en: first.en, count: fatal.length });
  }
  const healthy = jianying.state === 'ready';
  if (policy.engine === 'jianying') {
    if (jianying.state !== 'unavailable') return 'jianying';
    const note = jianying.notes[0];
    throw new StationError('ENGINE_UNAVAILABLE', {
      zh: note?.zh ?? '未找到剪映',
      en: note?.en ?? 'Jianying was not found',
    });
  }
  if (policy.engine === 'auto' && healthy) return 'jianying';
  if (inspection.embedded === 'impossible' || (inspection.embedded === 'degraded' && policy.undrawable === 'fail')) {
    const undrawn = inspection.findings
      .filter((finding) => finding.severity === 'degraded')
      .map((finding) => finding.subject);
    throw new StationError('DRAFT_NEEDS_JIANYING', { what: undrawn.slice(0, 10).join(', ') });
  }
  return 'embedded';
}
