import type { Rect, Tree, UiElement } from './backend.ts';

/**
 * Names of Jianying's controls (tier A: 5.9 to 6.8). They stand in FullDescription (property 30159) and are compared
 * without regard to case: exactly where noted, otherwise by "contains".
 */
export const labels = {
  homeClass: 'HomePage',
  editorClass: 'MainWindow',
  /** Exact, followed by the draft's name. */
  tile: 'HomePageDraftTitle:',
  exportButton: 'MainWindowTitleBarExportBtn',
  backButton: 'MainWindowTitleBarBackBtn',
  homeButton: 'MainWindowTitleBarHomeBtn',
  exportPath: 'ExportPath',
  resolutionBox: 'ExportSharpnessInput',
  fpsBox: 'FrameRateInput',
  /** Exact. */
  confirm: 'ExportOkBtn',
  succeedClose: 'ExportSucceedCloseBtn',
} as const;

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const includes = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());

export function findExact(tree: Tree, label: string): UiElement | null {
  return tree.elements.find((element) => same(element.description, label)) ?? null;
}

export function findContaining(tree: Tree, label: string): UiElement | null {
  return tree.elements.find((element) => includes(element.description, label)) ?? null;
}

/** UIA class of the window itself. */
export function rootClass(tree: Tree): string {
  return tree.elements[0]?.className ?? '';
}

/** Everything that can be read in a window, for popup rules and for people. */
export function texts(tree: Tree): string[] {
  return tree.elements.flatMap((element) => [element.name, element.description]).filter((text) => text !== '');
}

/** A control that a person would press for this caption: shortest text that contains it. */
export function findCaption(tree: Tree, captions: readonly string[]): UiElement | null {
  for (const caption of captions) {
    const matches = tree.elements
      .slice(1)
      .filter((element) => element.rect !== null && captionOf(element, caption) < 99);
    const best = matches.sort((a, b) => captionOf(a, caption) - captionOf(b, caption))[0];
    if (best) return best;
  }
  return null;
}

/** Excess length of the text over the caption; 99 = it is not this caption (a sentence that mentions it). */
function captionOf(element: UiElement, caption: string): number {
  const excess = [element.name, element.description]
    .filter((text) => text.includes(caption))
    .map((text) => text.length - caption.length);
  const least = Math.min(...excess, 99);
  return least <= 4 ? least : 99;
}

const absoluteVideo = /(?:[A-Za-z]:[\\/]|\\\\)[^\r\n"<>|]*\.(?:mp4|mov)\s*$/i;

/** The full output path: text of the control right after the one named ExportPath, else the nearest that is a path. */
export function readExportPath(tree: Tree): string | null {
  const at = tree.elements.findIndex((element) => includes(element.description, labels.exportPath));
  if (at < 0) return null;
  const order = [at + 1, at, at - 1, at + 2, at + 3];
  for (const index of order) {
    const element = tree.elements[index];
    if (!element) continue;
    for (const text of [element.description, element.name]) {
      const found = absoluteVideo.exec(text)?.[0];
      if (found) return found.trim();
    }
  }
  return null;
}

/** The smallest control that lies around this one: a tile reacts on its card, not on its title. */
export function enclosing(tree: Tree, inner: UiElement): UiElement {
  const rect = inner.rect;
  if (!rect) return inner;
  const around = tree.elements
    .slice(1)
    .filter((element) => element !== inner && element.rect !== null && contains(element.rect, rect));
  const area = (element: UiElement) => (element.rect ? element.rect.width * element.rect.height : Infinity);
  // A container as large as the page is the page, not the card.
  const page = tree.elements[0]?.rect;
  const limit = page ? (page.width * page.height) / 4 : Infinity;
  return around.filter((element) => area(element) < limit).sort((a, b) => area(a) - area(b))[0] ?? inner;
}

function contains(outer: Rect, inner: Rect): boolean {
  return (
    outer.left <= inner.left &&
    outer.top <= inner.top &&
    outer.left + outer.width >= inner.left + inner.width &&
    outer.top + outer.height >= inner.top + inner.height &&
    outer.width * outer.height > inner.width * inner.height
  );
}

export const resolutionValues = ['8K', '4K', '2K', '1080P', '720P', '480P'] as const;
export const fpsValues = ['24fps', '25fps', '30fps', '50fps', '60fps'] as const;

/** What a box of the export dialog shows now; null when it cannot be read. */
export function shownValue(tree: Tree, box: string, values: readonly string[]): string | null {
  const at = tree.elements.findIndex((element) => includes(element.description, box));
  if (at < 0) return null;
  for (let index = at; index < Math.min(at + 3, tree.elements.length); index++) {
    const element = tree.elements[index];
    if (!element || (index > at && /Input/i.test(element.description))) break;
    const found = values.find((value) => includes(element.name, value) || includes(element.description, value));
    if (found) return found;
  }
  return null;
}

/** An open list's item: a control that says exactly this value, outside the box itself. */
export function listItem(tree: Tree, value: string): UiElement | null {
  return (
    tree.elements.find(
      (element) =>
        !/Input/i.test(element.description) &&
        new RegExp(`(^|:)${value}$`, 'i').test(element.description) &&
        element.rect !== null,
    ) ?? null
  );
}

/** 0..1 from a text like "导出中 42%"; null when no control shows one. */
export function percent(tree: Tree): number | null {
  for (const element of tree.elements.slice(1)) {
    for (const text of [element.name, element.description]) {
      const found = /(\d{1,3}(?:\.\d+)?)\s*%/.exec(text)?.[1];
      if (found !== undefined && Number(found) <= 100) return Number(found) / 100;
    }
  }
  return null;
}

export function centre(rect: Rect): { x: number; y: number } {
  return { x: Math.round(rect.left + rect.width / 2), y: Math.round(rect.top + rect.height / 2) };
}

/** Whether a window shows its controls at all: one that hides them has no descendants, or none with a name. */
export function isNamed(tree: Tree): boolean {
  return tree.elements.length > 1 && tree.elements.slice(1).some((element) => element.description !== '');
}
