import type { Look, Point, ProcessInfo, Rect, SessionFacts, WindowInfo } from '../ui/backend.ts';
import { idleMs } from './input.ts';
import { CloseHandle, koffi, narrow, pointerRoom } from './native.ts';
import {
  CloseDesktop,
  CreateToolhelp32Snapshot,
  EnumWindows,
  GetClassNameW,
  GetCurrentProcess,
  GetCursorPos,
  GetForegroundWindow,
  GetTokenInformation,
  GetUserObjectInformationW,
  GetWindow,
  GetWindowRect,
  GetWindowTextW,
  type Hwnd,
  IsHungAppWindow,
  IsIconic,
  IsWindowVisible,
  OpenInputDesktop,
  OpenProcess,
  OpenProcessToken,
  Process32FirstW,
  Process32NextW,
  ProcessIdToSessionId,
  processOf,
  QueryFullProcessImageNameW,
  WTSFreeMemory,
  WTSQuerySessionInformationW,
} from './user32.ts';

function windowText(read: typeof GetWindowTextW, hwnd: Hwnd): string {
  const room = Buffer.alloc(1024);
  return narrow(room, read(hwnd, room, 512));
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
    cursor: cursor(),
    foreground: { hwnd: foreground, pid: foreground === 0 ? 0 : processOf(foreground) },
  };
}

function cursor(): Point {
  const room = Buffer.alloc(8);
  GetCursorPos(room);
  return { x: room.readInt32LE(0), y: room.readInt32LE(4) };
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
