import type { KeyName, Outcome, Point } from '../ui/backend.ts';
import { declare, GetTickCount, pause } from './native.ts';
import {
  GetAncestor,
  GetForegroundWindow,
  GetLastInputInfo,
  GetSystemMetrics,
  type Hwnd,
  PostMessageW,
  processOf,
  ScreenToClient,
  SendInput,
  SetForegroundWindow,
  ShowWindowAsync,
  user32,
  WindowFromPoint,
} from './user32.ts';

/** Coordinates are real pixels on every monitor only for a process that says so; older systems lack the call. */
export function becomeDpiAware(): void {
  try {
    declare<boolean, [number]>(user32, 'SetProcessDpiAwarenessContext', 'bool', ['intptr'])(-4);
  } catch {
    // Windows before 10 1703: system scaling applies to everything alike.
  }
}

/** When this process itself last sent input: such input is no person. */
let ownInputTick: number | null = null;
let personTick: number | null = null;

/** ms since a person used mouse or keyboard; input that this process sent does not count. */
export function idleMs(): number {
  const room = Buffer.alloc(8);
  room.writeUInt32LE(8);
  if (!GetLastInputInfo(room)) return Number.MAX_SAFE_INTEGER;
  const tick = room.readUInt32LE(4);
  const own = ownInputTick !== null && ((tick - ownInputTick) | 0) <= 60 && ((tick - ownInputTick) | 0) >= -60;
  if (!own) personTick = tick;
  return personTick === null ? Number.MAX_SAFE_INTEGER : (GetTickCount() - personTick) >>> 0;
}

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
