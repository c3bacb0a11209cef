import { type Canvas, createCanvas } from '@napi-rs/canvas';

/** A canvas of one colour, or painted by a function. */
export function picture(
  width: number,
  height: number,
  paint: string | ((context: ReturnType<Canvas['getContext']>) => void),
): Canvas {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  if (typeof paint === 'string') {
    context.fillStyle = paint;
    context.fillRect(0, 0, width, height);
  } else paint(context);
  return canvas;
}

export type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

export function pixelAt(canvas: Canvas, x: number, y: number): Pixel {
  const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getContext('2d').getImageData(x, y, 1, 1).data;
  return [red, green, blue, alpha];
}

/** Mean absolute difference of two pictures of one size, 0..255 (transparent parts count as black). */
export function difference(a: Canvas, b: Canvas): number {
  const read = (canvas: Canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  const [first, second] = [read(a), read(b)];
  let sum = 0;
  for (let index = 0; index < first.length; index += 1) sum += Math.abs((first[index] ?? 0) - (second[index] ?? 0));
  return sum / first.length;
}
