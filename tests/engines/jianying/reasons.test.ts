import { describe, expect, it } from 'vitest';
import type { StageContext } from '../../../main/engines/engine.ts';
import { because, type Reason } from '../../../main/engines/jianying/driver/reasons.ts';
import { readable } from '../../../main/queue/task-log.ts';
import type { LogLine } from '../../../main/shared/task-query.ts';
import { attempt, dataFolder, makeJob, simulate } from './simulation.ts';

const han = /\p{Script=Han}/u;

/** Every reason of the driver, those with blanks filled in with something that can be found again. */
const reasons: [name: string, reason: Reason, filled: readonly string[]][] = Object.entries(because).map(
  ([name, reason]) => {
    if (typeof reason !== 'function') return [name, reason, []];
    if (name.startsWith('setting')) {
      const told = (reason as (setting: string, value: string) => Reason)('fps', 'v-1');
      return [name, told, reason.length === 2 ? ['v-1'] : []];
    }
    const blanks = Array.from({ length: reason.length }, (_, index) => `v-${index}`);
    return [name, (reason as (...values: string[]) => Reason)(...blanks), blanks];
  },
);

/** The lines of one attempt's log, as the window gets them. */
async function logOf(behaviour: Parameters<typeof simulate>[0], prepare = (_: ReturnType<typeof simulate>) => {}) {
  const sim = simulate(behaviour);
  prepare(sim);
  const lines: LogLine[] = [];
  const context: StageContext = {
    signal: new AbortController().signal,
    onProgress: () => {},
    log: (level, message, data) =>
      void lines.push(readable({ time: '', level, message, ...(data === undefined ? {} : { data }) })),
  };
  await attempt(sim.engine, makeJob(sim), context);
  return lines;
}

describe('the steps of the driver', () => {
  it.each(reasons)('%s is told in both languages, with the same values', (_, { zh, en }, filled) => {
    expect(zh).toMatch(han);
    expect(en).not.toMatch(han);
    for (const value of filled) expect([zh.includes(value), en.includes(value)]).toEqual([true, true]);
  });

  it('are in the log in both languages, with where the driver stands', async () => {
    const lines = await logOf({});
    const steps = lines.filter(({ level }) => level === 'debug');
    expect(steps[0]).toMatchObject({
      message: 'Step: starting the client (reaching the home page, seeing: not running)',
      zh: '步骤：启动剪映（回到首页，看到：剪映未运行）',
    });
    expect(steps.length).toBeGreaterThan(4);
  });

  it.each([
    ['that names its controls', {}],
    ['that hides its controls', { tier: 'blind', version: '11.2.5.1', showsPercent: false }],
    ['that swallows clicks', { swallowConfirms: 2 }],
  ] as const)('a client %s leaves no line in one language alone', async (_, behaviour) => {
    const lines = await logOf(behaviour, (sim) => sim.files.put(`${dataFolder}/jianying/calibration.json`, '{}'));
    expect(lines.length).toBeGreaterThan(4);
    for (const { message, zh } of lines) expect([message, zh]).toEqual([message, expect.stringMatching(han)]);
  });
});
