import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDraft } from '../../../../main/drafts/draft-folder.ts';
import type { Draft } from '../../../../main/drafts/model.ts';
import { everyDraft, everySegment } from '../../../../main/drafts/walk.ts';
import { planSound } from '../../../../main/engines/embedded/audio/index.ts';
import { effectFidelity, findEffect } from '../../../../main/engines/embedded/look/index.ts';
import { findAnimation, findTransition, maskFidelity } from '../../../../main/engines/embedded/motion/index.ts';
import { corpusFolder, missing } from '../../../support/environment.ts';

/** What real drafts ask for: everything has a drawing that fits its name, or is on the list of what cannot be built. */
describe.skipIf(missing('corpus'))('real drafts', async () => {
  const drafts: Draft[] = [];
  if (!missing('corpus')) {
    for (const folder of readdirSync(corpusFolder)) {
      const opened = await openDraft(path.join(corpusFolder, folder)).catch(() => null);
      if (opened !== null) drafts.push(opened.draft);
    }
  }
  const segments = drafts.flatMap(everySegment);

  it('are there', () => {
    expect(drafts.length).toBeGreaterThan(30);
    expect(segments.length).toBeGreaterThan(2000);
  });

  it('have no transition that only falls back', () => {
    const fallen = segments.flatMap(({ extras: { transition } }) => {
      if (transition === null) return [];
      const { family } = findTransition(transition);
      return family === 'dissolve' && !/mix|fade|叠化|dissolve/iu.test(transition.name) ? [transition.name] : [];
    });
    expect(fallen).toEqual([]);
  });

  it('have no clip animation that only falls back', () => {
    const fallen = new Set(
      segments.flatMap(({ trackType, extras: { animations } }) =>
        animations
          .filter(({ kind, name }) => trackType === 'video' && kind !== 'caption' && name !== '')
          .filter((animation) => {
            const { family } = findAnimation(animation);
            return (family === 'fade' && !/显|隐|fade/iu.test(animation.name)) || family === 'loop-float';
          })
          .map(({ name }) => name),
      ),
    );
    expect([...fallen]).toEqual(['Biểu tượng tiền kéo ra'].filter((name) => fallen.has(name)));
  });

  it('have scene effects that are drawn, but for those that need artwork', () => {
    const effects = segments.flatMap(({ content }) => (content.type === 'effect' ? [content.effect] : []));
    const skipped = new Set(
      effects
        .filter(({ type }) => type === 'video_effect')
        .filter((effect) => findEffect(effect) === null)
        .map(({ name }) => name),
    );
    expect([...skipped]).toEqual([]);
    expect(effects.filter((effect) => effectFidelity(effect) === 'approximated').length).toBeGreaterThan(8);
  });

  it('have masks of known shapes only', () => {
    const masks = segments.flatMap(({ extras }) => extras.masks);
    expect(masks.length).toBeGreaterThan(3);
    expect(masks.filter((mask) => maskFidelity(mask) === 'skipped')).toEqual([]);
  });

  it('have a sound plan within their length', () => {
    for (const draft of drafts.flatMap(everyDraft)) {
      const plan = planSound(draft);
      for (const { stretches, gains } of plan.clips) {
        for (const { startUs, endUs, sourceUs, rate } of stretches) {
          expect(endUs).toBeGreaterThan(startUs);
          expect(endUs).toBeLessThanOrEqual(draft.durationUs + 1);
          expect(Number.isFinite(sourceUs)).toBe(true);
          expect(rate).not.toBe(0);
        }
        for (const { gain } of gains.flat()) expect(gain).toBeGreaterThanOrEqual(0);
      }
    }
    expect(drafts.flatMap((draft) => planSound(draft).clips).length).toBeGreaterThan(300);
  });
});
