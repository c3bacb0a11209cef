import { describe, expect, it } from 'vitest';
import { chooseEngine } from '../../main/engine-choice.ts';
import type { EngineHealth } from '../../main/engines/engine.ts';
import type { Finding, Inspection } from '../../main/shared/inspection.ts';

const inspection = (embedded: Inspection['embedded'], findings: Partial<Finding>[] = []): Inspection => ({
  name: 'draft',
  app: { source: 'lv', version: '5.9.0', os: 'windows' },
  newVersion: '110.0.0',
  canvas: { width: 1920, height: 1080, ratio: 'original' },
  fps: 30,
  durationUs: 1,
  declaredDurationUs: 1,
  tracks: [],
  media: [],
  findings: findings.map((finding) => ({
    severity: 'degraded',
    kind: 'x',
    subject: 's',
    count: 1,
    zh: '中',
    en: 'en',
    ...finding,
  })),
  embedded,
  membership: [],
});
const jianying = (state: EngineHealth['state']): EngineHealth => ({
  engine: 'jianying',
  state,
  notes: [{ zh: '没有找到剪映', en: 'Jianying was not found' }],
  facts: {},
});
const policy = (engine: 'auto' | 'jianying' | 'embedded', undrawable: 'warn' | 'fail' = 'warn') => ({
  engine,
  undrawable,
});

describe('the choice of engine', () => {
  it.each([
    ['auto', 'ready', 'degraded', 'jianying'],
    ['auto', 'degraded', 'degraded', 'embedded'],
    ['auto', 'unavailable', 'exact', 'embedded'],
    ['jianying', 'ready', 'exact', 'jianying'],
    ['jianying', 'degraded', 'exact', 'jianying'],
    ['embedded', 'ready', 'exact', 'embedded'],
  ] as const)('%s with a client that is %s and a draft that is %s takes %s', (engine, state, embedded, chosen) => {
    expect(chooseEngine(policy(engine), inspection(embedded), jianying(state))).toBe(chosen);
  });

  it('fails a draft that cannot be exported with its first reason, in both languages', () => {
    const report = inspection('impossible', [{ severity: 'fatal', zh: '没有轨道', en: 'no tracks' }]);
    expect(() => chooseEngine(policy('auto'), report, jianying('ready'))).toThrow(
      expect.objectContaining({ code: 'DRAFT_NOT_EXPORTABLE', params: { zh: '没有轨道', en: 'no tracks', count: 1 } }),
    );
  });

  it('fails what the embedded renderer cannot draw when the operator wants it so, and names it', () => {
    const report = inspection('degraded', [{ subject: '胶片暖棕' }, { subject: '爱心' }]);
    expect(chooseEngine(policy('auto', 'fail'), report, jianying('ready'))).toBe('jianying');
    expect(() => chooseEngine(policy('auto', 'fail'), report, jianying('unavailable'))).toThrow(
      expect.objectContaining({ code: 'DRAFT_NEEDS_JIANYING', params: { what: '胶片暖棕, 爱心' } }),
    );
  });

  it('pauses for the operator when only Jianying may be used and there is none', () => {
    expect(() => chooseEngine(policy('jianying'), inspection('exact'), jianying('unavailable'))).toThrow(
      expect.objectContaining({ code: 'ENGINE_UNAVAILABLE', class: 'operator' }),
    );
  });
});
