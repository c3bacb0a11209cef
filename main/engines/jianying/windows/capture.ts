import { crc32, deflateSync } from 'node:zlib';
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

/** Blue, green, red, unused → an RGB PNG. */
export function encodePng(pixels: Buffer, width: number, height: number): Buffer {
  const stride = width * 3 + 1;
  const raw = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      const to = y * stride + 1 + x * 3;
      raw[to] = pixels[from + 2] ?? 0;
      raw[to + 1] = pixels[from + 1] ?? 0;
      raw[to + 2] = pixels[from] ?? 0;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(raw, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
