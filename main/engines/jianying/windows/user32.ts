import { declare, kernel32, koffi, load, type Pointer } from './native.ts';

export const user32 = load('user32.dll');
const advapi32 = load('advapi32.dll');
const wtsapi32 = load('wtsapi32.dll');

export type Hwnd = number;
export const EnumWindows = declare<boolean, [(hwnd: Hwnd) => boolean, number]>(user32, 'EnumWindows', 'bool', [
  pointerTo('bool __stdcall WindowFound(intptr window, intptr data)'),
  'intptr',
]);
export const IsWindowVisible = declare<boolean, [Hwnd]>(user32, 'IsWindowVisible', 'bool', ['intptr']);
export const IsIconic = declare<boolean, [Hwnd]>(user32, 'IsIconic', 'bool', ['intptr']);
export const IsHungAppWindow = declare<boolean, [Hwnd]>(user32, 'IsHungAppWindow', 'bool', ['intptr']);
export const GetWindowTextW = declare<number, [Hwnd, Buffer, number]>(user32, 'GetWindowTextW', 'int', [
  'intptr',
  'void *',
  'int',
]);
export const GetClassNameW = declare<number, [Hwnd, Buffer, number]>(user32, 'GetClassNameW', 'int', [
  'intptr',
  'void *',
  'int',
]);
export const GetWindowRect = declare<boolean, [Hwnd, Buffer]>(user32, 'GetWindowRect', 'bool', ['intptr', 'void *']);
export const GetWindow = declare<Hwnd, [Hwnd, number]>(user32, 'GetWindow', 'intptr', ['intptr', 'uint32']);
export const GetAncestor = declare<Hwnd, [Hwnd, number]>(user32, 'GetAncestor', 'intptr', ['intptr', 'uint32']);
export const GetWindowThreadProcessId = declare<number, [Hwnd, Buffer]>(user32, 'GetWindowThreadProcessId', 'uint32', [
  'intptr',
  'void *',
]);
export const GetForegroundWindow = declare<Hwnd, []>(user32, 'GetForegroundWindow', 'intptr', []);
export const SetForegroundWindow = declare<boolean, [Hwnd]>(user32, 'SetForegroundWindow', 'bool', ['intptr']);
export const WindowFromPoint = declare<Hwnd, [bigint]>(user32, 'WindowFromPoint', 'intptr', ['int64']);
export const ScreenToClient = declare<boolean, [Hwnd, Buffer]>(user32, 'ScreenToClient', 'bool', ['intptr', 'void *']);
export const PostMessageW = declare<boolean, [Hwnd, number, number, number]>(user32, 'PostMessageW', 'bool', [
  'intptr',
  'uint32',
  'intptr',
  'intptr',
]);
export const ShowWindowAsync = declare<boolean, [Hwnd, number]>(user32, 'ShowWindowAsync', 'bool', ['intptr', 'int']);
export const SendInput = declare<number, [number, Buffer, number]>(user32, 'SendInput', 'uint32', [
  'uint32',
  'void *',
  'int',
]);
export const GetCursorPos = declare<boolean, [Buffer]>(user32, 'GetCursorPos', 'bool', ['void *']);
export const GetSystemMetrics = declare<number, [number]>(user32, 'GetSystemMetrics', 'int', ['int']);
export const GetLastInputInfo = declare<boolean, [Buffer]>(user32, 'GetLastInputInfo', 'bool', ['void *']);
export const OpenInputDesktop = declare<Pointer, [number, boolean, number]>(user32, 'OpenInputDesktop', 'intptr', [
  'uint32',
  'bool',
  'uint32',
]);
export const CloseDesktop = declare<boolean, [Pointer]>(user32, 'CloseDesktop', 'bool', ['intptr']);
export const GetUserObjectInformationW = declare<boolean, [Pointer, number, Buffer, number, Buffer]>(
  user32,
  'GetUserObjectInformationW',
  'bool',
  ['intptr', 'int', 'void *', 'uint32', 'void *'],
);
export const OpenProcess = declare<Pointer, [number, boolean, number]>(kernel32, 'OpenProcess', 'intptr', [
  'uint32',
  'bool',
  'uint32',
]);
export const QueryFullProcessImageNameW = declare<boolean, [Pointer, number, Buffer, Buffer]>(
  kernel32,
  'QueryFullProcessImageNameW',
  'bool',
  ['intptr', 'uint32', 'void *', 'void *'],
);
export const CreateToolhelp32Snapshot = declare<Pointer, [number, number]>(
  kernel32,
  'CreateToolhelp32Snapshot',
  'intptr',
  ['uint32', 'uint32'],
);
export const Process32FirstW = declare<boolean, [Pointer, Buffer]>(kernel32, 'Process32FirstW', 'bool', [
  'intptr',
  'void *',
]);
export const Process32NextW = declare<boolean, [Pointer, Buffer]>(kernel32, 'Process32NextW', 'bool', [
  'intptr',
  'void *',
]);
export const ProcessIdToSessionId = declare<boolean, [number, Buffer]>(kernel32, 'ProcessIdToSessionId', 'bool', [
  'uint32',
  'void *',
]);
export const GetCurrentProcess = declare<Pointer, []>(kernel32, 'GetCurrentProcess', 'intptr', []);
export const OpenProcessToken = declare<boolean, [Pointer, number, Buffer]>(advapi32, 'OpenProcessToken', 'bool', [
  'intptr',
  'uint32',
  'void *',
]);
export const GetTokenInformation = declare<boolean, [Pointer, number, Buffer, number, Buffer]>(
  advapi32,
  'GetTokenInformation',
  'bool',
  ['intptr', 'int', 'void *', 'uint32', 'void *'],
);
export const WTSQuerySessionInformationW = declare<boolean, [number, number, number, Buffer, Buffer]>(
  wtsapi32,
  'WTSQuerySessionInformationW',
  'bool',
  ['intptr', 'uint32', 'int', 'void *', 'void *'],
);
export const WTSFreeMemory = declare<void, [Pointer]>(wtsapi32, 'WTSFreeMemory', 'void', ['void *']);

function pointerTo(prototype: string): string {
  const { name } = koffi.proto(prototype);
  return `${name} *`;
}

/** pid that a window belongs to. */
export function processOf(hwnd: Hwnd): number {
  const room = Buffer.alloc(4);
  GetWindowThreadProcessId(hwnd, room);
  return room.readUInt32LE(0);
}
