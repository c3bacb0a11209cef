import type { Action, Decision } from './action.ts';
import { fail, go, proceed, restartOrFail, wait } from './action.ts';
import { closeButtonIn, confirmButtonIn, exportButtonIn, spotIn } from './calibration.ts';
import type { Context, Hands } from './hands.ts';
import { enter, type Memory, tried } from './memory.ts';
import { notBegun } from './named.ts';
import { because } from './reasons.ts';

/**
 * Tier B: the client hides its controls. Shortcuts and calibrated places act; the drafts' `.locked` files say which draft
 * is open; the file says how the export goes. Nothing is exported unless our own draft is the one that is open.
 */
export const blindHands: Hands = {
  open({ scene, view, job, memory }) {
    const { nowMs } = view;
    const { main } = scene;
    if (!main || main.minimised) return wait(memory, because.homeAwaited);
    if (nowMs - memory.lastTryMs < job.deadlines.tileEvery) return wait(memory, because.draftAwaited);
    const { cards, search } = job.calibration;
    const step = memory.tries;
    const next = tried(memory, nowMs);
    if (step === 0)
      return go(
        { do: 'window', hwnd: main.hwnd, change: 'maximise' },
        { ...next, lastTryMs: nowMs - job.deadlines.tileEvery + 800 },
        because.maximising,
      );
    if (step === 1 && search)
      return go(
        { do: 'search', hwnd: main.hwnd, at: spotIn(main.rect, search), text: job.draftName },
        { ...next, lastTryMs: nowMs - job.deadlines.tileEvery + 2_000 },
        because.draftSearched,
      );
    const card = cards[memory.cardsTried];
    if (step === 1 && !search) return wait(next, because.noSearch, 0);
    if (!card) return restartOrFail(job, memory, nowMs, 'JIANYING_TILE_NOT_FOUND', { name: job.draftName });
    return go(
      { do: 'real_click', hwnd: main.hwnd, at: spotIn(main.rect, card), times: 2 },
      { ...next, cardsTried: memory.cardsTried + 1 },
      because.cardOpening(card.join(', ')),
    );
  },

  openDialog(context) {
    const { scene, view, job, memory } = context;
    const { nowMs } = view;
    if (view.openDraft !== job.draftName) return wrongDraft(context);
    if (nowMs - memory.lastTryMs < job.deadlines.dialogEvery) return wait(memory, because.exportWindowAwaited);
    if (!scene.main) return wait(memory, because.editorAwaited);
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
      because.exportWindowWanted,
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
    return proceed(memory, 'confirm', view.nowMs, because.exportWindowOurs);
  },

  settings({ view, memory }) {
    return proceed(memory, 'confirm', view.nowMs, because.settingsUnreadable);
  },

  confirm({ scene, view, job, memory }) {
    const { nowMs } = view;
    if (nowMs - memory.lastTryMs < job.deadlines.confirmEvery) return wait(memory, because.beginAwaited);
    if (memory.tries >= job.deadlines.confirmRounds * 3) return notBegun([], memory);
    if (!scene.dialog) return wait(memory, because.exportWindowAwaited);
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
    return go(ways[memory.tries % ways.length] ?? { do: 'wait', ms: 0 }, next, because.confirming);
  },

  back({ scene, view, job, memory }) {
    const { nowMs } = view;
    if (memory.triedIn === scene.state && nowMs - memory.lastTryMs < 1_500)
      return wait(memory, because.closeAwaited, 100);
    const next = { ...tried(memory, nowMs), triedIn: scene.state };
    if (scene.dialog) {
      const { hwnd, rect } = scene.dialog;
      const ways: readonly Action[] = [
        { do: 'keys', hwnd, key: 'escape' },
        { do: 'real_click', hwnd, at: closeButtonIn(rect, job.calibration), times: 1 },
        { do: 'window', hwnd, change: 'close' },
      ];
      return go(ways[memory.tries % ways.length] ?? { do: 'wait', ms: 0 }, next, because.closingExportWindow);
    }
    if (!scene.main) return wait(memory, because.nothingToClose);
    if (memory.tries % 3 === 2)
      return go({ do: 'window', hwnd: scene.main.hwnd, change: 'close' }, next, because.closingClient);
    return go({ do: 'keys', hwnd: scene.main.hwnd, key: 'ctrl+alt+q' }, next, because.homeWanted);
  },
};

const wrongDraftsAllowed = 2;

/** Another draft lay at that place: back to the home page and to the next place. Opening people's drafts has a limit. */
function wrongDraft({ scene, view, job, memory }: Context): Decision {
  const { nowMs } = view;
  const found = { found: view.openDraft ?? '?', name: job.draftName };
  if (!scene.main || memory.wrongDrafts + 1 >= wrongDraftsAllowed)
    return fail(memory, 'JIANYING_WRONG_DRAFT', found, { restartClient: true });
  // The search has been made already: go on with the next card.
  const again: Memory = {
    ...enter(memory, 'open', nowMs),
    tries: 2,
    lastTryMs: nowMs,
    wrongDrafts: memory.wrongDrafts + 1,
  };
  return go({ do: 'keys', hwnd: scene.main.hwnd, key: 'ctrl+alt+q' }, again, because.otherDraftOpen(found.found));
}
