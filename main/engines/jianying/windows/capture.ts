import { encodePng } from './capture-png.ts';
import { declare, load, type Pointer } from './native.ts';

const user32 = load('user32.dll');
const gdi32 = load('gdi32.dll');
const GetDC = declare<Pointer, [number]>(user32, 'GetDC', 'intptr', ['intptr']);
const ReleaseDC = declare<number, [number, Pointer]>(user32, 'ReleaseDC', 'int', ['intptr', 'intptr']);
const GetWindowRect = declare<boolean, [number, Buffer]>(user32, 'GetWindowRect', 'bool', ['intptr', 'void *']);
const GetSystemMetrics = declare<number, [number]>(user32, 'GetSystemMetrics', 'int', ['int']);
const PrintWindow = declare<boolean, [number, Pointer, number]>(user32, 'PrintWindow', 'bool', [
  'intptr',
  'intptr',
  'uint32',
]);
const CreateCompatibleDC = declare<Pointer, [Pointer]>(gdi32, 'CreateCompatibleDC', 'intptr', ['intptr']);
const CreateCompatibleBitmap = declare<Pointer, [Pointer, number, number]>(gdi32, 'CreateCompatibleBitmap', 'intptr', [
  'intptr',
  'int',
  'int',
]);
const SelectObject = declare<Pointer, [Pointer, Pointer]>(gdi32, 'SelectObject', 'intptr', ['intptr', 'intptr']);
const DeleteObject = declare<boolean, [Pointer]>(gdi32, 'DeleteObject', 'bool', ['intptr']);
const DeleteDC = declare<boolean, [Pointer]>(gdi32, 'DeleteDC', 'bool', ['intptr']);
const BitBlt = declare<boolean, [Pointer, number, number, number, number, Pointer, number, number, number]>(
  gdi32,
  'BitBlt',
  'bool',
  ['intptr', 'int', 'int', 'int', 'int', 'intptr', 'int', 'int', 'uint32'],
);
const GetDIBits = declare<number, [Pointer, Pointer, number, number, Buffer, Buffer, number]>(
  gdi32,
  'GetDIBits',
  'int',
  ['intptr', 'intptr', 'uint32', 'uint32', 'void *', 'void *', 'uint32'],
);

const sourceCopy = 0x00cc0020;
const fullContent = 2;

/** PNG of a window (also when others cover it), or of the whole virtual screen for 0; null when nothing can be drawn. */
export function capture(hwnd: number): Buffer | null {
  const { left, top, width, height } = areaOf(hwnd);
  if (width <= 0 || height <= 0 || width > 16_384 || height > 16_384) return null;
  const screen = GetDC(0);
  const memory = CreateCompatibleDC(screen);
  const bitmap = CreateCompatibleBitmap(screen, width, height);
  const before = SelectObject(memory, bitmap);
  try {
    const drawn =
      hwnd === 0
        ? BitBlt(memory, 0, 0, width, height, screen, left, top, sourceCopy)
        : PrintWindow(hwnd, memory, fullContent);
    if (!drawn) return null;
    // BITMAPINFOHEADER: 32 bit, top down.
    const header = Buffer.alloc(40);
    header.writeUInt32LE(40, 0);
    header.writeInt32LE(width, 4);
    header.writeInt32LE(-height, 8);
    header.writeUInt16LE(1, 12);
    header.writeUInt16LE(32, 14);
    const pixels = Buffer.alloc(width * height * 4);
    SelectObject(memory, before);
    return GetDIBits(memory, bitmap, 0, height, pixels, header, 0) === 0 ? null : encodePng(pixels, width, height);
  } finally {
    DeleteObject(bitmap);
    DeleteDC(memory);
    ReleaseDC(0, screen);
  }
}

function areaOf(hwnd: number) {
  if (hwnd === 0) {
    const [left = 0, top = 0, width = 0, height = 0] = [76, 77, 78, 79].map((metric) => GetSystemMetrics(metric));
    return { left, top, width, height };
  }
  const room = Buffer.alloc(16);
  GetWindowRect(hwnd, room);
  const [left = 0, top = 0, right = 0, bottom = 0] = [0, 4, 8, 12].map((offset) => room.readInt32LE(offset));
  return { left, top, width: right - left, height: bottom - top };
}
