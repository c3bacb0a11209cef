import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectDraft } from '../../../main/drafts/inspect/index.ts';
import { longestUs } from '../../../main/drafts/read/fields.ts';
import { parseDraftFile, readDraftWithProblems } from '../../../main/drafts/read/index.ts';
import { everySegment } from '../../../main/drafts/walk.ts';
import { StationError } from '../../../main/shared/errors/index.ts';
import { corpusFolder, missing } from '../../support/environment.ts';
import { type Json, richDraftJson, track } from './fixture.ts';

/** Values that have broken readers: wrong types, wild numbers, empty and enormous things, words of the language. */
const poison: readonly unknown[] = [
  null,
  undefined,
  true,
  false,
  0,
  -1,
  1e308,
  -1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1e-320,
  2 ** 53,
  '',
  ' ',
  '0',
  '-7',
  'NaN',
  '1e999',
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  '\ud800',
  '#gg0000',
  '{',
  '{"text":',
  '<size=<<',
  '[',
  'x'.repeat(5000),
  [],
  [[]],
  {},
  { x: {} },
  { start: 'a', duration: {} },
  [null, undefined, 1, 'x', {}],
  { length: 1e9 },
  { id: { id: 1 } },
];

/** One change: where (as shares of the paths, so that shrinking keeps a place) and what. */
const change = fc.record({
  place: fc.nat(1_000_000),
  what: fc.oneof(
    { weight: 6, arbitrary: fc.nat(poison.length - 1).map((index) => ({ put: poison[index] })) },
    { weight: 1, arbitrary: fc.constant({ remove: true as const }) },
    { weight: 1, arbitrary: fc.constant({ repeat: true as const }) },
    { weight: 1, arbitrary: fc.nat(1_000_000).map((from) => ({ from })) },
    { weight: 1, arbitrary: fc.anything({ maxDepth: 2 }).map((put) => ({ put })) },
  ),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

interface Slot {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

/** Every place of a JSON value, outermost first. */
function slotsOf(root: unknown): Slot[] {
  const found: Slot[] = [];
  const waiting: unknown[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const holder = value as Record<string, unknown>;
    for (const key of Object.keys(holder)) {
      found.push({ holder, key });
      if (found.length < 200_000) waiting.push(holder[key] ?? null);
    }
  }
  return found;
}

function mutate(json: unknown, changes: readonly Change[]): unknown {
  const root = { draft: structuredClone(json) };
  const slots = slotsOf(root);
  for (const { place, what } of changes) {
    const slot = slots[place % slots.length];
    if (slot === undefined) continue;
    const { holder, key } = slot;
    if ('put' in what) holder[key] = what.put;
    else if ('remove' in what) delete holder[key];
    else if ('repeat' in what)
      holder[key] = Array.isArray(holder[key])
        ? Array.from({ length: 50 }, () => holder[key]).flat()
        : Array.from({ length: 3 }, () => holder[key]);
    else holder[key] = slots[what.from % slots.length]?.holder;
  }
  return root.draft;
}

/** Reads and inspects; whatever comes out is bounded and complete, whatever is thrown is for people. */
function survive(json: unknown): 'read' | 'refused' {
  try {
    const { draft, problems } = readDraftWithProblems(json);
    for (const { target, speed, transform, volume } of everySegment(draft)) {
      expect(target.startUs >= 0 && target.durationUs > 0 && target.startUs + target.durationUs <= longestUs).toBe(
        true,
      );
      expect(speed > 0 && speed <= 100 && volume >= 0 && volume <= 10).toBe(true);
      expect(Object.values(transform).every((value) => typeof value === 'boolean' || Number.isFinite(value))).toBe(
        true,
      );
    }
    expect(Number.isInteger(draft.durationUs) && draft.fps >= 1 && draft.canvas.width >= 2).toBe(true);
    const inspection = inspectDraft(draft, new Map(), undefined, { problems, nowMs: 0 });
    expect(inspection.findings.every(({ zh, en }) => zh !== '' && en !== '')).toBe(true);
    return 'read';
  } catch (error) {
    if (error instanceof StationError && error.code !== 'INTERNAL') return 'refused';
    throw error;
  }
}

it('ten thousand mutations of a draft that has everything neither crash nor hang', { timeout: 120_000 }, () => {
  const json = richDraftJson();
  const outcomes = { read: 0, refused: 0 };
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
      outcomes[survive(mutate(json, changes))] += 1;
    }),
    { seed: 20_261_128, numRuns: 10_000 },
  );
  // The mutations must reach past the front door, or they would prove nothing.
  expect(outcomes.read).toBeGreaterThan(8_000);
});

it('any value at all is read or refused', () => {
  fc.assert(
    fc.property(fc.anything({ maxDepth: 4 }), fc.anything({ maxDepth: 4 }), (tracks, materials) => {
      survive({ tracks: [tracks], materials: { videos: materials, texts: [materials] } });
      survive(tracks);
    }),
    { seed: 3, numRuns: 2_000 },
  );
});

it('cut and scrambled bytes are read or refused', () => {
  const bytes = new TextEncoder().encode(JSON.stringify(richDraftJson()));
  fc.assert(
    fc.property(
      fc.nat(bytes.length),
      fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 5 }),
      (length, edits) => {
        const damaged = bytes.slice(0, length);
        for (const [at, value] of edits) damaged[at] = value;
        try {
          survive(parseDraftFile(damaged));
        } catch (error) {
          expect(error).toBeInstanceOf(StationError);
        }
      },
    ),
    { seed: 5, numRuns: 2_000 },
  );
});

describe('a file that refers to its heaviest parts ten thousand times', () => {
  const pointing = (fields: Json): Json[] =>
    Array.from({ length: 10_000 }, (_, n) => ({ target_timerange: { start: n, duration: 1 }, ...fields }));
  const many = <T>(length: number, make: (n: number) => T): T[] => Array.from({ length }, (_, n) => make(n));
  const styles = many(20_000, (n) => ({ range: [n, n + 1], size: n, font: { path: `f${n}.ttf` } }));
  const long = JSON.stringify({ text: 'x'.repeat(20_000), styles });
  const heavy: Record<string, Json> = {
    text: {
      tracks: [track('text', pointing({ material_id: 't' }))],
      materials: { texts: [{ id: 't', content: long }] },
    },
    template: {
      tracks: [track('text', pointing({ material_id: 'p' }))],
      materials: {
        texts: [{ id: 't', content: long }],
        text_templates: [{ id: 'p', text_info_resources: many(100, () => ({ text_material_id: 't' })) }],
      },
    },
    effects: {
      tracks: [track('video', pointing({ extra_material_refs: many(50, String) }))],
      materials: {
        effects: many(50, (n) => ({
          id: n,
          type: 'filter',
          adjust_params: many(200, () => ({ name: 'p', value: 1 })),
        })),
      },
    },
    'speed curve': {
      tracks: [track('video', pointing({ material_id: 'm', extra_material_refs: ['v'] }))],
      materials: {
        videos: [{ id: 'm', path: 'a.mp4' }],
        speeds: [{ id: 'v', mode: 1, curve_speed: { speed_points: many(1000, (n) => ({ x: n / 1000, y: 1 })) } }],
      },
    },
    'compound clip': compound(7),
  };

  function compound(depth: number): Json {
    const drafts = depth === 0 ? [] : [{ id: 'd', draft: compound(depth - 1) }];
    const segments = pointing({ material_id: 'm', extra_material_refs: ['d'] }).slice(0, 1000);
    return { tracks: [track('video', segments)], materials: { videos: [{ id: 'm', path: '' }], drafts } };
  }

  it.each(Object.keys(heavy))('%s: costs what it costs once', (name) => {
    const start = performance.now();
    expect(survive(heavy[name])).toBe('read');
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

const skip = missing('corpus');

describe.skipIf(skip)('mutations of real drafts', () => {
  it('neither crash nor hang', { timeout: 120_000 }, () => {
    const files = readdirSync(corpusFolder)
      .flatMap((folder) =>
        ['draft_content.json', 'draft_info.json'].map((name) => path.join(corpusFolder, folder, name)),
      )
      .filter((file) => (statSync(file, { throwIfNoEntry: false })?.size ?? 1e9) < 150_000);
    const drafts = files.flatMap((file) => {
      const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
      return text.startsWith('{') ? [JSON.parse(text)] : [];
    });
    expect(drafts.length).toBeGreaterThan(15);
    fc.assert(
      fc.property(fc.nat(drafts.length - 1), fc.array(change, { minLength: 1, maxLength: 12 }), (index, changes) => {
        survive(mutate(drafts[index], changes));
      }),
      { seed: 1, numRuns: 10_000, interruptAfterTimeLimit: 30_000, markInterruptAsFailure: false },
    );
  });
});
