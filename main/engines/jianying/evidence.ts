import path from 'node:path';
import type { Client } from './client.ts';
import type { Step } from './driver/steps.ts';
import type { Files } from './files.ts';
import type { Tree, UiBackend, WindowInfo } from './ui/backend.ts';

/** Where evidence goes: a folder of the attempt, or a zip. */
export interface EvidenceSink {
  write(name: string, content: string | Uint8Array): Promise<void>;
}

/**
 * What a failed attempt leaves for people: the last steps, the client's windows and control trees, a picture. Every part
 * is tried by itself; a client that hangs must not cost the rest.
 */
export async function collectEvidence(
  sink: EvidenceSink,
  ui: UiBackend,
  client: Client,
  steps: readonly Step[],
  failure: string,
): Promise<void> {
  const safely = async (work: () => Promise<void>) => work().catch(() => {});
  await safely(() => sink.write('steps.json', JSON.stringify({ failure, steps }, null, 2)));
  const windows = await client.look().then(
    (look) => look.windows,
    (): readonly WindowInfo[] => [],
  );
  await safely(() => sink.write('windows.json', JSON.stringify(windows, null, 2)));
  const trees: Tree[] = [];
  for (const window of windows.slice(0, 8)) {
    const tree = await ui.tree(window.hwnd, 'full').catch(() => null);
    // A client that hangs would cost a deadline for every window.
    if (!tree) break;
    trees.push(tree);
  }
  await safely(() => sink.write('trees.json', JSON.stringify(trees, null, 2)));
  for (const [index, window] of windows.slice(0, 4).entries()) {
    await safely(async () => {
      const picture = await ui.capture(window.hwnd);
      if (picture) await sink.write(`window-${index + 1}.png`, picture);
    });
  }
}

/** A folder as the place for evidence; made when the first file is written. */
export function folderSink(files: Files, folder: string): EvidenceSink {
  return {
    write: async (name, content) => {
      await files.makeFolder(folder);
      await files.write(path.join(folder, name), content);
    },
  };
}
