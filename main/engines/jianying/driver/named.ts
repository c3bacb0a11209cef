import type { UiElement, WindowInfo } from '../ui/backend.ts';
import {
  centre,
  enclosing,
  findContaining,
  findExact,
  fpsValues,
  labels,
  listItem,
  readExportPath,
  resolutionValues,
  shownValue,
  texts,
} from '../ui/elements.ts';
import type { Action, Decision } from './action.ts';
import { fail, go, proceed, restartOrFail, wait } from './action.ts';
import type { Context, Hands } from './hands.ts';
import { enter, type Memory, type SettingName, tried } from './memory.ts';
import { isNameOf, stemOf } from './names.ts';
import { because } from './reasons.ts';

/** Ways to open a tile, in turn: old builds open on one click, later ones on two; most need no real mouse. */
const openings = [
  { do: 'posted_click', times: 1 },
  { do: 'posted_click', times: 2 },
  { do: 'real_click', times: 1 },
  { do: 'real_click', times: 2 },
] as const;

/** A new draft needs a moment to appear. */
const tilePatienceMs = 1_500;

/** Tier A: every control is found by its name (5.9 to 6.8, and whatever else shows its names). */
export const namedHands: Hands = {
  open({ scene, view, job, memory }) {
    const { nowMs } = view;
    if (!scene.main || !scene.mainTree) return wait(memory, because.homeAwaited);
    const lately = nowMs - memory.lastTryMs < job.deadlines.tileEvery;
    if (lately && memory.triedIn === 'click') return wait(memory, because.draftAwaited);
    const tile = findExact(scene.mainTree, labels.tile + job.draftName);
    if (!tile?.rect || tile.offscreen) {
      // The client needs a moment for a new folder; a nudge is given when it did not see it by itself.
      if (lately || nowMs - memory.phaseSinceMs < tilePatienceMs) return wait(memory, because.tileAwaited);
      if (memory.tries >= job.deadlines.tileTries)
        return restartOrFail(job, memory, nowMs, 'JIANYING_TILE_NOT_FOUND', { name: job.draftName });
      const nudged: Memory = { ...tried(memory, nowMs), triedIn: 'nudge' };
      if (memory.tries % 2 === 1)
        return go({ do: 'window', hwnd: scene.main.hwnd, change: 'maximise' }, nudged, because.tileMaximising);
      return go({ do: 'rescan' }, nudged, because.tileRescan);
    }
    const next: Memory = { ...tried(memory, nowMs), triedIn: 'click', opened: memory.opened + 1 };
    const card = enclosing(scene.mainTree, tile);
    const way = openings[memory.opened % openings.length] ?? openings[0];
    const at = centre(card.rect ?? tile.rect);
    return go({ ...way, hwnd: scene.main.hwnd, at }, next, because.draftOpening(way.do, way.times));
  },

  openDialog({ scene, view, job, memory }) {
    const { nowMs } = view;
    const opened = view.openDraft;
    // Advisory where `.locked` is unknown: only another draft of the same folder being marked counts.
    if (opened !== null && opened !== job.draftName && memory.tries >= 3)
      return fail(memory, 'JIANYING_WRONG_DRAFT', { found: opened, name: job.draftName }, { restartClient: true });
    if (nowMs - memory.lastTryMs < job.deadlines.dialogEvery) return wait(memory, because.exportWindowAwaited);
    const button = scene.mainTree ? findContaining(scene.mainTree, labels.exportButton) : null;
    if (!scene.main || !button?.rect) return wait(memory, because.noExportButton);
    const click = memory.tries % 4 === 3 ? ('real_click' as const) : ('posted_click' as const);
    return go(
      { do: click, hwnd: scene.main.hwnd, at: centre(button.rect), times: 1 },
      tried(memory, nowMs),
      because.pressingExport,
    );
  },

  readDialog({ scene, view, job, memory }) {
    const { nowMs } = view;
    const tree = scene.dialogTree ?? scene.mainTree;
    const path = tree ? readExportPath(tree) : null;
    if (path === null) {
      const since = memory.unknownSinceMs ?? nowMs;
      if (nowMs - since < job.deadlines.path) return wait({ ...memory, unknownSinceMs: since }, because.noPath);
      return fail(memory, 'JIANYING_WRONG_DRAFT', { found: '?', name: job.draftName }, { restartClient: true });
    }
    const stem = stemOf(path);
    if (!isNameOf(stem, job.draftName))
      return fail(memory, 'JIANYING_WRONG_DRAFT', { found: stem, name: job.draftName }, { restartClient: true });
    const next = enter({ ...memory, exportPath: path, unknownSinceMs: null }, 'settings', nowMs);
    return go({ do: 'clear_output', clientPath: path }, next, because.videoNamed(stem));
  },

  settings(context) {
    const { scene, view, job, memory } = context;
    const tree = scene.dialogTree ?? scene.mainTree;
    const window = scene.dialog ?? scene.main;
    if (scene.state !== 'export_dialog' || !tree || !window) return wait(memory, because.exportWindowAwaited);
    for (const name of ['resolution', 'fps'] as const) {
      const wanted = job.wanted[name];
      const state = memory.settings[name];
      if (wanted === null || state === 'done' || state === 'kept') continue;
      const step = settle(context, window, name, wanted);
      if (step) return step;
    }
    return proceed(memory, 'confirm', view.nowMs, because.settingsDone);
  },

  confirm({ scene, view, job, memory }) {
    const { nowMs } = view;
    if (nowMs - memory.lastTryMs < job.deadlines.confirmEvery) return wait(memory, because.beginAwaited);
    const tree = scene.dialogTree ?? scene.mainTree;
    const window = scene.dialog ?? scene.main;
    const button = tree ? findExact(tree, labels.confirm) : null;
    if (memory.tries >= job.deadlines.confirmRounds * 3)
      return notBegun(scene.dialogTree ? texts(scene.dialogTree) : [], memory);
    if (!tree || !window || !button?.rect) return wait(memory, because.noConfirmButton);
    const at = centre(button.rect);
    const target = { hwnd: window.hwnd, at };
    const ways: readonly Action[] = [
      { do: 'invoke', tree: tree.id, index: button.index, ...target },
      { do: 'posted_click', ...target, times: 1 },
      { do: 'real_click', ...target, times: 1 },
    ];
    const next = tried({ ...memory, confirmedMs: memory.confirmedMs ?? nowMs }, nowMs);
    return go(ways[memory.tries % ways.length] ?? { do: 'wait', ms: 0 }, next, because.confirming);
  },

  back({ scene, view, memory }) {
    const { nowMs } = view;
    if (memory.triedIn === scene.state && nowMs - memory.lastTryMs < 1_500)
      return wait(memory, because.closeAwaited, 100);
    const next = { ...tried(memory, nowMs), triedIn: scene.state };
    const close = [scene.dialogTree, scene.mainTree].flatMap((tree) => {
      const button = tree ? findContaining(tree, labels.succeedClose) : null;
      return tree && button?.rect ? [{ tree, button, at: centre(button.rect) }] : [];
    })[0];
    if (close && memory.tries % 3 < 2)
      return go(press(close.tree.id, close.button, close.tree.hwnd, close.at), next, because.closingSuccess);
    if (scene.dialog)
      return go({ do: 'window', hwnd: scene.dialog.hwnd, change: 'close' }, next, because.closingExportWindow);
    if (!scene.main) return wait(memory, because.nothingToClose);
    const home = scene.mainTree
      ? (findContaining(scene.mainTree, labels.homeButton) ?? findContaining(scene.mainTree, labels.backButton))
      : null;
    if (home?.rect && scene.mainTree && memory.tries % 3 < 2)
      return go(press(scene.mainTree.id, home, scene.main.hwnd, centre(home.rect)), next, because.homeWanted);
    return go({ do: 'window', hwnd: scene.main.hwnd, change: 'close' }, next, because.closingEditor);
  },
};

function press(tree: number, button: UiElement, hwnd: number, at: { x: number; y: number }): Action {
  return { do: 'invoke', tree, index: button.index, hwnd, at };
}

/** The membership block may show no readable text of its own: the words stand in the dialog then. */
export function notBegun(said: readonly string[], memory: Memory): Decision {
  const words = said.find((text) => /会员|VIP|付费|试看|去水印/i.test(text));
  if (words) return fail(memory, 'JIANYING_MEMBERSHIP_NEEDED', { text: words }, { restartClient: false });
  return fail(memory, 'EXPORT_FILE_MISSING', {}, { restartClient: true });
}

/** One step towards a wanted value; null when nothing is left to do. The lists open to the real mouse only. */
function settle(
  { scene, view, job, memory }: Context,
  window: WindowInfo,
  name: SettingName,
  wanted: string,
): Decision | null {
  const tree = scene.dialogTree ?? scene.mainTree;
  if (!tree) return wait(memory, because.exportWindowAwaited);
  const { nowMs } = view;
  const box = name === 'resolution' ? labels.resolutionBox : labels.fpsBox;
  const values: readonly string[] = name === 'resolution' ? resolutionValues : fpsValues;
  const set = (state: Memory['settings'][SettingName]): Memory => ({
    ...memory,
    settings: { ...memory.settings, [name]: state },
  });
  const state = memory.settings[name];
  const shown = shownValue(tree, box, values);
  if (shown?.toLowerCase() === wanted.toLowerCase()) return wait(set('done'), because.settingIs(name, wanted), 0);
  if (shown === null && state === 'todo' && job.remembered[name]?.toLowerCase() === wanted.toLowerCase())
    return wait(set('done'), because.settingWas(name, wanted), 0);
  const field = findContaining(tree, box);
  // Nothing to set here, or it did not work twice: the client's own value stays, the result is checked anyway.
  if (!field?.rect || memory.tries >= 4) return wait(set('kept'), because.settingStays(name, shown), 0);
  if (nowMs - memory.lastTryMs < (state === 'todo' ? 0 : 600)) return wait(memory, because.settingUnderWay(name), 150);
  const found = [tree, ...view.trees.values()].flatMap((shown) => {
    const item = typeof shown === 'object' ? listItem(shown, wanted) : null;
    return typeof shown === 'object' && item?.rect ? [{ hwnd: shown.hwnd, rect: item.rect }] : [];
  })[0];
  if (found && state === 'opened') {
    return go(
      { do: 'real_click', hwnd: found.hwnd, at: centre(found.rect), times: 1 },
      tried(set('picked'), nowMs),
      because.valueChosen(wanted),
    );
  }
  if (state !== 'todo' && nowMs - memory.lastTryMs < job.deadlines.setting / 4)
    return wait(memory, because.valueAwaited(wanted), 250);
  if (state === 'picked' && shown === null) return wait(set('done'), because.settingChosen(name), 0);
  return go(
    { do: 'real_click', hwnd: window.hwnd, at: centre(field.rect), times: 1 },
    tried(set('opened'), nowMs),
    because.settingList(name),
  );
}
