import type { Action } from './action.ts';
import { fail, go, proceed, restartOrFail, wait } from './action.ts';
import { closeButtonIn, confirmButtonIn, exportButtonIn, spotIn } from './calibration.ts';
import type { Hands } from './hands.ts';
import { tried } from './memory.ts';
import { notBegun } from './named.ts';

/**
 * Tier B: the client hides its controls. Shortcuts and calibrated places act; the drafts' `.locked` files say which draft
 * is open; the file says how the export goes. Nothing is exported unless our own draft is the one that is open.
 */
export const blindHands: Hands = {
  open({ scene, view, job, memory }) {
    const { nowMs } = view;
    const { main } = scene;
    if (!main || main.minimised) return wait(memory, 'waiting for the home page');
    if (nowMs - memory.lastTryMs < job.deadlines.tileEvery) return wait(memory, 'waiting for the draft to open');
    const { cards, search } = job.calibration;
    const step = memory.tries;
    const next = tried(memory, nowMs);
    if (step === 0)
      return go(
        { do: 'window', hwnd: main.hwnd, change: 'maximise' },
        { ...next, lastTryMs: nowMs - job.deadlines.tileEvery + 800 },
        'maximising the window',
      );
    if (step === 1 && search)
      return go(
        { do: 'search', hwnd: main.hwnd, at: spotIn(main.rect, search), text: job.draftName },
        { ...next, lastTryMs: nowMs - job.deadlines.tileEvery + 2_000 },
        'searching for the draft',
      );
    const card = cards[step - 2];
    if (!card && search === null && step === 1) return wait(next, 'no search in this calibration', 0);
    if (!card) return restartOrFail(job, memory, nowMs, 'JIANYING_TILE_NOT_FOUND', { name: job.draftName });
    return go(
      { do: 'real_click', hwnd: main.hwnd, at: spotIn(main.rect, card), times: 2 },
      next,
      `opening the card at ${card.join(', ')}`,
    );
  },

  openDialog({ scene, view, job, memory }) {
    const { nowMs } = view;
    if (view.openDraft !== job.draftName) {
      return fail(
        memory,
        'JIANYING_WRONG_DRAFT',
        { found: view.openDraft ?? '?', name: job.draftName },
        { restartClient: true },
      );
    }
    if (nowMs - memory.lastTryMs < job.deadlines.dialogEvery) return wait(memory, 'waiting for the export window');
    if (!scene.main) return wait(memory, 'waiting for the editor');
    const at = exportButtonIn(scene.main.rect, job.calibration);
    const target = { hwnd: scene.main.hwnd, at };
    const ways: readonly Action[] = [
      { do: 'keys', hwnd: scene.main.hwnd, key: 'ctrl+e' },
      { do: 'real_click', ...target, times: 1 },
      { do: 'posted_click', ...target, times: 1 },
    ];
    return go(
      ways[memory.tries % ways.length] ?? { do: 'wait', ms: 0 },
      tried(memory, nowMs),
      'asking for the export window',
    );
  },

  readDialog({ view, job, memory }) {
    if (view.openDraft !== job.draftName)
      return fail(
        memory,
        'JIANYING_WRONG_DRAFT',
        { found: view.openDraft ?? '?', name: job.draftName },
        { restartClient: true },
      );
    return proceed(memory, 'confirm', view.nowMs, 'the export window is there, our draft is open');
  },

  settings({ view, memory }) {
    return proceed(memory, 'confirm', view.nowMs, 'settings cannot be read in this client');
  },

  confirm({ scene, view, job, memory }) {
    const { nowMs } = view;
    if (nowMs - memory.lastTryMs < job.deadlines.confirmEvery) return wait(memory, 'waiting for the export to begin');
    if (memory.tries >= job.deadlines.confirmRounds * 3) return notBegun([], memory);
    if (!scene.dialog) return wait(memory, 'waiting for the export window');
    if (view.openDraft !== job.draftName)
      return fail(
        memory,
        'JIANYING_WRONG_DRAFT',
        { found: view.openDraft ?? '?', name: job.draftName },
        { restartClient: true },
      );
    const target = { hwnd: scene.dialog.hwnd, at: confirmButtonIn(scene.dialog.rect, job.calibration) };
    const ways: readonly Action[] = [
      { do: 'real_click', ...target, times: 1 },
      { do: 'posted_click', ...target, times: 1 },
      { do: 'keys', hwnd: scene.dialog.hwnd, key: 'enter' },
    ];
    const next = tried({ ...memory, confirmedMs: memory.confirmedMs ?? nowMs }, nowMs);
    return go(ways[memory.tries % ways.length] ?? { do: 'wait', ms: 0 }, next, 'confirming the export');
  },

  back({ scene, view, job, memory }) {
    const { nowMs } = view;
    if (nowMs - memory.lastTryMs < 1_500) return wait(memory, 'waiting for the window to close');
    const next = tried(memory, nowMs);
    if (scene.dialog) {
      const { hwnd, rect } = scene.dialog;
      const ways: readonly Action[] = [
        { do: 'keys', hwnd, key: 'escape' },
        { do: 'real_click', hwnd, at: closeButtonIn(rect, job.calibration), times: 1 },
        { do: 'window', hwnd, change: 'close' },
      ];
      return go(ways[memory.tries % ways.length] ?? { do: 'wait', ms: 0 }, next, 'closing the export window');
    }
    if (!scene.main) return wait(memory, 'no window to close');
    if (memory.tries % 3 === 2)
      return go({ do: 'window', hwnd: scene.main.hwnd, change: 'close' }, next, 'closing the client');
    return go({ do: 'keys', hwnd: scene.main.hwnd, key: 'ctrl+alt+q' }, next, 'going back to the home page');
  },
};
