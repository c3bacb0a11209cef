import { existsSync } from 'node:fs';
import { app, type BrowserWindow, dialog, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, shell } from 'electron';
import { readyChannel, requestChannel, showTaskChannel } from '../../preload/channels.ts';
import { type Answer, type Args, type RequestName, requests } from '../../preload/contract.ts';
import { isTrustedSender, mayOpen } from './navigation.ts';

export interface IpcDeps {
  readonly window: BrowserWindow;
  readonly origin: string;
  /** Paths that the page names are on this computer. */
  readonly localStation: boolean;
  hasTray(): boolean;
}

type Handlers = { readonly [Name in RequestName]: (...args: Args<Name>) => Promise<Answer<Name>> };

export interface PageLine {
  /** Shows a task in the page; waits until the page listens. */
  showTask(taskId: string): void;
  close(): void;
}

/** Answers the page's requests: each from our own page only, with checked arguments and answers. */
export function openPageLine(deps: IpcDeps): PageLine {
  const { window, origin, localStation } = deps;
  const trusted = (event: IpcMainInvokeEvent | IpcMainEvent): boolean =>
    event.senderFrame !== null &&
    isTrustedSender(
      {
        url: event.senderFrame.url,
        isMainFrame: event.senderFrame === event.sender.mainFrame,
        isOurWindow: event.sender === window.webContents,
      },
      origin,
    );

  const handlers: Handlers = {
    pickFolder: async (start) => {
      const options = { properties: ['openDirectory', 'createDirectory'] as const, ...startAt(start) };
      const { filePaths } = await dialog.showOpenDialog(window, { ...options, properties: [...options.properties] });
      return filePaths[0] ?? null;
    },
    pickFile: async (start, extensions) => {
      const filters = extensions.length === 0 ? [] : [{ name: extensions.join(', '), extensions: [...extensions] }];
      const { filePaths } = await dialog.showOpenDialog(window, {
        properties: ['openFile'],
        filters,
        ...startAt(start),
      });
      return filePaths[0] ?? null;
    },
    // A station elsewhere names paths of another computer: here they would be somebody else's files.
    revealFile: async (file) => {
      if (!localStation || !existsSync(file)) return false;
      shell.showItemInFolder(file);
      return true;
    },
    openFile: async (file) => localStation && mayOpen(file) && existsSync(file) && (await shell.openPath(file)) === '',
    windowInfo: async () => ({
      appVersion: app.getVersion(),
      electronVersion: process.versions.electron ?? '',
      hasTray: deps.hasTray(),
    }),
  };

  const names = Object.keys(handlers) as RequestName[];
  for (const name of names) {
    ipcMain.handle(requestChannel(name), async (event, ...args: unknown[]) => {
      if (!trusted(event)) throw new Error(`${name}: not for this page`);
      return answer(handlers, name, args);
    });
  }

  let listening = false;
  let waiting: string | null = null;
  const ready = (event: IpcMainEvent) => {
    if (!trusted(event)) return;
    listening = true;
    if (waiting !== null) window.webContents.send(showTaskChannel, waiting);
    waiting = null;
  };
  ipcMain.on(readyChannel, ready);
  window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) listening = false;
  });

  return {
    showTask: (taskId) => {
      if (listening) window.webContents.send(showTaskChannel, taskId);
      else waiting = taskId;
    },
    close: () => {
      for (const name of names) ipcMain.removeHandler(requestChannel(name));
      ipcMain.removeListener(readyChannel, ready);
    },
  };
}

/** @throws Error with one line per wrong argument */
async function answer<Name extends RequestName>(handlers: Handlers, name: Name, given: unknown[]): Promise<unknown> {
  const args = requests[name].args.safeParse(given);
  if (!args.success) throw new Error(`${name}: ${args.error.issues.map((issue) => issue.message).join('; ')}`);
  const handler = handlers[name] as (...args: unknown[]) => Promise<unknown>;
  return requests[name].answer.parse(await handler(...args.data));
}

function startAt(start: string): { defaultPath?: string } {
  return start !== '' && existsSync(start) ? { defaultPath: start } : {};
}
