import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { DesktopApi } from './api.ts';
import { localStationArgument, readyChannel, requestChannel, showTaskChannel } from './channels.ts';
import type { Answer, Args, RequestName } from './contract.ts';

function ask<Name extends RequestName>(name: Name, ...args: Args<Name>): Promise<Answer<Name>> {
  return ipcRenderer.invoke(requestChannel(name), ...args);
}

const platforms = { win32: 'win32', darwin: 'darwin' } as const satisfies Record<string, DesktopApi['platform']>;

/** Every function by name: the page gets these and nothing else of Electron. */
const bridge: DesktopApi = {
  platform: platforms[process.platform as keyof typeof platforms] ?? 'linux',
  localStation: process.argv.includes(localStationArgument),
  pickFolder: (start) => ask('pickFolder', start),
  pickFile: (start, extensions) => ask('pickFile', start, [...extensions]),
  revealFile: (absolutePath) => ask('revealFile', absolutePath),
  openFile: (absolutePath) => ask('openFile', absolutePath),
  pathOfFile: (file) => webUtils.getPathForFile(file),
  windowInfo: () => ask('windowInfo'),
  onShowTask: (listener) => {
    const told = (_event: unknown, taskId: unknown) => {
      if (typeof taskId === 'string') listener(taskId);
    };
    ipcRenderer.on(showTaskChannel, told);
    ipcRenderer.send(readyChannel);
    return () => void ipcRenderer.removeListener(showTaskChannel, told);
  },
};

contextBridge.exposeInMainWorld('desktop', bridge);
