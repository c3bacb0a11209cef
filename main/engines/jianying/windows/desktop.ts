import type { KeyName, Look, Outcome, Point, ProcessInfo, Rect, SessionFacts, WindowInfo } from '../ui/backend.ts';
import {
  CloseHandle,
  declare,
  GetTickCount,
  kernel32,
  koffi,
  load,
  narrow,
  type Pointer,
  pause,
  pointerRoom,
} from './native.ts';

const user32 = load('user32.dll');
const advapi32 = load('advapi32.dll');
const wtsapi32 = load('wtsapi32.dll');

type Hwnd = number;
const EnumWindows = declare<boolean, [(hwnd: Hwnd) => boolean, number]>(user32, 'EnumWindows', 'bool', [
  pointerTo('bool __stdcall WindowFound(intptr window, intptr data)'),
  'intptr',
]);
const IsWindowVisible = declare<boolean, [Hwnd]>(user32, 'IsWindowVisible', 'bool', ['intptr']);
const IsIconic = declare<boolean, [Hwnd]>(user32, 'IsIconic', 'bool', ['intptr']);
const IsHungAppWindow = declare<boolean, [Hwnd]>(user32, 'IsHungAppWindow', 'bool', ['intptr']);
const GetWindowTextW = declare<number, [Hwnd, Buffer, number]>(user32, 'GetWindowTextW', 'int', [
  'intptr',
  'void *',
  'int',
]);
const GetClassNameW = declare<number, [Hwnd, Buffer, number]>(user32, 'GetClassNameW', 'int', [
  'intptr',
  'void *',
  'int',
]);
const GetWindowRect = declare<boolean, [Hwnd, Buffer]>(user32, 'GetWindowRect', 'bool', ['intptr', 'void *']);
const GetWindow = declare<Hwnd, [Hwnd, number]>(user32, 'GetWindow', 'intptr', ['intptr', 'uint32']);
const GetAncestor = declare<Hwnd, [Hwnd, number]>(user32, 'GetAncestor', 'intptr', ['intptr', 'uint32']);
const GetWindowThreadProcessId = declare<number, [Hwnd, Buffer]>(user32, 'GetWindowThreadProcessId', 'uint32', [
  'intptr',
  'void *',
]);
const GetForegroundWindow = declare<Hwnd, []>(user32, 'GetForegroundWindow', 'intptr', []);
const SetForegroundWindow = declare<boolean, [Hwnd]>(user32, 'SetForegroundWindow', 'bool', ['intptr']);
const WindowFromPoint = declare<Hwnd, [bigint]>(user32, 'WindowFromPoint', 'intptr', ['int64']);
const ScreenToClient = declare<boolean, [Hwnd, Buffer]>(user32, 'ScreenToClient', 'bool', ['intptr', 'void *']);
const PostMessageW = declare<boolean, [Hwnd, number, number, number]>(user32, 'PostMessageW', 'bool', [
  'intptr',
  'uint32',
  'intptr',
  'intptr',
]);
const ShowWindowAsync = declare<boolean, [Hwnd, number]>(user32, 'ShowWindowAsync', 'bool', ['intptr', 'int']);
const SendInput = declare<number, [number, Buffer, number]>(user32, 'SendInput', 'uint32', ['uint32', 'void *', 'int']);
const GetSystemMetrics = declare<number, [number]>(user32, 'GetSystemMetrics', 'int', ['int']);
const GetLastInputInfo = declare<boolean, [Buffer]>(user32, 'GetLastInputInfo', 'bool', ['void *']);
const OpenInputDesktop = declare<Pointer, [number, boolean, number]>(user32, 'OpenInputDesktop', 'intptr', [
  'uint32',
  'bool',
  'uint32',
]);
const CloseDesktop = declare<boolean, [Pointer]>(user32, 'CloseDesktop', 'bool', ['intptr']);
const GetUserObjectInformationW = declare<boolean, [Pointer, number, Buffer, number, Buffer]>(
  user32,
  'GetUserObjectInformationW',
  'bool',
  ['intptr', 'int', 'void *', 'uint32', 'void *'],
);
const OpenProcess = declare<Pointer, [number, boolean, number]>(kernel32, 'OpenProcess', 'intptr', [
  'uint32',
  'bool',
  'uint32',
]);
const QueryFullProcessImageNameW = declare<boolean, [Pointer, number, Buffer, Buffer]>(
  kernel32,
  'QueryFullProcessImageNameW',
  'bool',
  ['intptr', 'uint32', 'void *', 'void *'],
);
const CreateToolhelp32Snapshot = declare<Pointer, [number, number]>(kernel32, 'CreateToolhelp32Snapshot', 'intptr', [
  'uint32',
  'uint32',
]);
const Process32FirstW = declare<boolean, [Pointer, Buffer]>(kernel32, 'Process32FirstW', 'bool', ['intptr', 'void *']);
const Process32NextW = declare<boolean, [Pointer, Buffer]>(kernel32, 'Process32NextW', 'bool', ['intptr', 'void *']);
const ProcessIdToSessionId = declare<boolean, [number, Buffer]>(kernel32, 'ProcessIdToSessionId', 'bool', [
  'uint32',
  'void *',
]);
const GetCurrentProcess = declare<Pointer, []>(kernel32, 'GetCurrentProcess', 'intptr', []);
const OpenProcessToken = declare<boolean, [Pointer, number, Buffer]>(advapi32, 'OpenProcessToken', 'bool', [
  'intptr',
  'uint32',
  'void *',
]);
const GetTokenInformation = declare<boolean, [Pointer, number, Buffer, number, Buffer]>(
  advapi32,
  'GetTokenInformation',
  'bool',
  ['intptr', 'int', 'void *', 'uint32', 'void *'],
);
const WTSQuerySessionInformationW = declare<boolean, [number, number, number, Buffer, Buffer]>(
  wtsapi32,
  'WTSQuerySessionInformationW',
  'bool',
  ['intptr', 'uint32', 'int', 'void *', 'void *'],
);
const WTSFreeMemory = declare<void, [Pointer]>(wtsapi32, 'WTSFreeMemory', 'void', ['void *']);

function pointerTo(prototype: string): string {
  const { name } = koffi.proto(prototype);
  return `${name} *`;
}

/** Coordinates are real pixels on every monitor only for a process that says so; older systems lack the call. */
export function becomeDpiAware(): void {
  try {
    declare<boolean, [number]>(user32, 'SetProcessDpiAwarenessContext', 'bool', ['intptr'])(-4);
  } catch {
    // Windows before 10 1703: system scaling applies to everything alike.
  }
}

function windowText(read: typeof GetWindowTextW, hwnd: Hwnd): string {
  const room = Buffer.alloc(1024);
  return narrow(room, read(hwnd, room, 512));
}

function processOf(hwnd: Hwnd): number {
  const room = Buffer.alloc(4);
  GetWindowThreadProcessId(hwnd, room);
  return room.readUInt32LE(0);
}

function rectOf(hwnd: Hwnd): Rect {
  const room = Buffer.alloc(16);
  GetWindowRect(hwnd, room);
  const [left, top, right, bottom] = [0, 4, 8, 12].map((offset) => room.readInt32LE(offset)) as [
    number,
    number,
    number,
    number,
  ];
  return { left, top, width: right - left, height: bottom - top };
}

/** Full image path; "" when the process does not let itself be opened. */
function imagePath(pid: number): string {
  const handle = OpenProcess(0x1000, false, pid);
  if (Number(handle) === 0) return '';
  const room = Buffer.alloc(2048);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(1024);
  const known = QueryFullProcessImageNameW(handle, 0, room, size);
  CloseHandle(handle);
  return known ? narrow(room, size.readUInt32LE(0)) : '';
}

/** pid to file name of every process. PROCESSENTRY32W on x64: pid at 8, name at 44, 568 bytes. */
function processNames(): Map<number, string> {
  const names = new Map<number, string>();
  const snapshot = CreateToolhelp32Snapshot(2, 0);
  const entry = Buffer.alloc(568);
  entry.writeUInt32LE(568);
  for (let more = Process32FirstW(snapshot, entry); more; more = Process32NextW(snapshot, entry))
    names.set(entry.readUInt32LE(8), narrow(entry.subarray(44)));
  CloseHandle(snapshot);
  return names;
}

function visibleWindows(exeOf: (pid: number) => string): WindowInfo[] {
  const handles: Hwnd[] = [];
  EnumWindows((hwnd) => {
    handles.push(Number(hwnd));
    return true;
  }, 0);
  return handles
    .filter((hwnd) => IsWindowVisible(hwnd))
    .map((hwnd) => {
      const pid = processOf(hwnd);
      return {
        hwnd,
        pid,
        exe: exeOf(pid),
        className: windowText(GetClassNameW, hwnd),
        // Kept by the system: reading it does not wait for the window's own thread.
        title: windowText(GetWindowTextW, hwnd),
        rect: rectOf(hwnd),
        owner: Number(GetWindow(hwnd, 4)),
        minimised: IsIconic(hwnd),
        hung: IsHungAppWindow(hwnd),
      };
    });
}

const clientProcess = /jianying|vedetector/i;

export function look(): Look {
  const names = processNames();
  const paths = new Map<number, string>();
  const exeOf = (pid: number): string => {
    const known = paths.get(pid) ?? (imagePath(pid) || names.get(pid) || '');
    paths.set(pid, known);
    return known;
  };
  const processes: ProcessInfo[] = [...names]
    .filter(([, name]) => clientProcess.test(name))
    .map(([pid]) => ({ pid, exe: exeOf(pid) }));
  return { windows: visibleWindows(exeOf), processes, session: session() };
}

/** When this process itself last sent input: such input is no person. */
let ownInputTick: number | null = null;
let personTick: number | null = null;

function idleMs(): number {
  const room = Buffer.alloc(8);
  room.writeUInt32LE(8);
  if (!GetLastInputInfo(room)) return Number.MAX_SAFE_INTEGER;
  const tick = room.readUInt32LE(4);
  const own = ownInputTick !== null && ((tick - ownInputTick) | 0) <= 60 && ((tick - ownInputTick) | 0) >= -60;
  if (!own) personTick = tick;
  return personTick === null ? Number.MAX_SAFE_INTEGER : (GetTickCount() - personTick) >>> 0;
}

function session(): SessionFacts {
  const id = Buffer.alloc(4);
  const known = ProcessIdToSessionId(process.pid, id);
  const foreground = Number(GetForegroundWindow());
  return {
    sessionId: known ? id.readUInt32LE(0) : 1,
    locked: isLocked(),
    disconnected: connectState() === 4,
    elevated: isElevated(),
    idleMs: idleMs(),
    foreground: { hwnd: foreground, pid: foreground === 0 ? 0 : processOf(foreground) },
  };
}

/** The desktop that gets the input is not "Default" while Windows shows its lock screen or a secure prompt. */
function isLocked(): boolean {
  const desktop = OpenInputDesktop(0, false, 1);
  if (Number(desktop) === 0) return true;
  const room = Buffer.alloc(256);
  const read = GetUserObjectInformationW(desktop, 2, room, 256, Buffer.alloc(4));
  CloseDesktop(desktop);
  return read && narrow(room).toLowerCase() !== 'default';
}

/** WTSConnectState: 0 active, 4 disconnected. */
function connectState(): number {
  const text = pointerRoom();
  const size = Buffer.alloc(4);
  if (!WTSQuerySessionInformationW(0, 0xffffffff, 8, text, size)) return 0;
  const pointer = text.readBigUInt64LE(0);
  if (pointer === 0n) return 0;
  const state = koffi.decode(pointer, 'int32') as number;
  WTSFreeMemory(pointer);
  return state;
}

function isElevated(): boolean {
  const token = pointerRoom();
  if (!OpenProcessToken(GetCurrentProcess(), 8, token)) return false;
  const room = Buffer.alloc(4);
  const handle = token.readBigInt64LE(0);
  const read = GetTokenInformation(handle, 20, room, 4, Buffer.alloc(4));
  CloseHandle(handle);
  return read && room.readUInt32LE(0) !== 0;
}

// --- acting

const message = { move: 0x200, down: 0x201, up: 0x202, close: 0x10 } as const;
const doubleClickPauseMs = 150;

/** Mouse messages straight to the window: no cursor, no foreground. */
export function postClick(hwnd: Hwnd, at: Point, times: 1 | 2): Outcome {
  const room = Buffer.alloc(8);
  room.writeInt32LE(at.x, 0);
  room.writeInt32LE(at.y, 4);
  if (!ScreenToClient(hwnd, room)) return 'refused';
  const place = (room.readInt32LE(0) & 0xffff) | ((room.readInt32LE(4) & 0xffff) << 16);
  for (let n = 0; n < times; n++) {
    if (n > 0) pause(doubleClickPauseMs);
    PostMessageW(hwnd, message.move, 0, place);
    if (!PostMessageW(hwnd, message.down, 1, place)) return 'refused';
    PostMessageW(hwnd, message.up, 0, place);
  }
  return 'done';
}

const inputSize = 40;

function send(inputs: readonly Buffer[]): boolean {
  const sent = SendInput(inputs.length, Buffer.concat(inputs), inputSize);
  ownInputTick = GetTickCount();
  return sent === inputs.length;
}

/** INPUT of a mouse: flags at 20, position at 8 in 65536ths of the virtual screen. */
function mouse(at: Point, flags: number): Buffer {
  const [left, top, width, height] = [76, 77, 78, 79].map((metric) => GetSystemMetrics(metric)) as [
    number,
    number,
    number,
    number,
  ];
  const input = Buffer.alloc(inputSize);
  input.writeInt32LE(Math.ceil(((at.x - left) * 65536) / width), 8);
  input.writeInt32LE(Math.ceil(((at.y - top) * 65536) / height), 12);
  // Absolute, over all monitors, with the move: position and button in one call cannot be torn apart.
  input.writeUInt32LE(0x8000 | 0x4000 | 0x0001 | flags, 20);
  return input;
}

/** INPUT of a key: virtual key at 8, scan code (or UTF-16 unit) at 10, flags at 12. */
function key(virtualKey: number, scan: number, flags: number): Buffer {
  const input = Buffer.alloc(inputSize);
  input.writeUInt32LE(1, 0);
  input.writeUInt16LE(virtualKey, 8);
  input.writeUInt16LE(scan, 10);
  input.writeUInt32LE(flags, 12);
  return input;
}

const alt = 0x12;
const keyUp = 2;

/** Brings a window forward; false when another process keeps the foreground. */
export function bringForward(hwnd: Hwnd): boolean {
  const pid = processOf(hwnd);
  const inFront = () => {
    const front = Number(GetForegroundWindow());
    return front === hwnd || (front !== 0 && processOf(front) === pid);
  };
  if (Number(GetForegroundWindow()) === hwnd) return true;
  // Windows gives the foreground only to the process that had the last input: a tap on Alt makes that this one.
  send([key(alt, 0, 0), key(alt, 0, keyUp)]);
  SetForegroundWindow(hwnd);
  for (let tries = 0; tries < 10; tries++) {
    if (inFront()) return true;
    pause(30);
  }
  return false;
}

export function realClick(hwnd: Hwnd, at: Point, times: 1 | 2): Outcome {
  if (!bringForward(hwnd)) return 'refused';
  // Whatever lies at that point must be the client's: a click must never land in another program.
  const target = Number(WindowFromPoint(BigInt.asIntN(64, (BigInt(at.y) << 32n) | BigInt.asUintN(32, BigInt(at.x)))));
  if (target === 0 || processOf(Number(GetAncestor(target, 2)) || target) !== processOf(hwnd)) return 'refused';
  const click = [mouse(at, 0), mouse(at, 0x0002), mouse(at, 0x0004)];
  if (!send(click)) return 'refused';
  if (times === 2) {
    pause(doubleClickPauseMs);
    if (!send(click)) return 'refused';
  }
  return 'done';
}

const keyCodes: Readonly<Record<KeyName, readonly number[]>> = {
  'ctrl+e': [0x11, 0x45],
  'ctrl+alt+q': [0x11, alt, 0x51],
  'ctrl+a': [0x11, 0x41],
  enter: [0x0d],
  escape: [0x1b],
};

export function keys(hwnd: Hwnd, name: KeyName): Outcome {
  if (!bringForward(hwnd)) return 'refused';
  const codes = keyCodes[name];
  const sent = send([
    ...codes.map((code) => key(code, 0, 0)),
    ...codes.toReversed().map((code) => key(code, 0, keyUp)),
  ]);
  return sent ? 'done' : 'refused';
}

export function typeText(hwnd: Hwnd, text: string): Outcome {
  if (!bringForward(hwnd)) return 'refused';
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  return send(units.flatMap((unit) => [key(0, unit, 4), key(0, unit, 4 | keyUp)])) ? 'done' : 'refused';
}

export function changeWindow(hwnd: Hwnd, change: 'restore' | 'maximise' | 'close' | 'forward'): void {
  // All of these return at once, also for a window that hangs.
  if (change === 'restore') ShowWindowAsync(hwnd, 9);
  else if (change === 'maximise') ShowWindowAsync(hwnd, 3);
  else if (change === 'close') PostMessageW(hwnd, message.close, 0, 0);
  else bringForward(hwnd);
}
