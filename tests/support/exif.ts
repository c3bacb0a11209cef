import { readFile, writeFile } from 'node:fs/promises';

/**
 * Makes a JPEG say how it must be turned, as cameras do.
 * @param orientation 1..8, as the EXIF specification numbers them
 */
export async function sayOrientation(jpegFile: string, orientation: number): Promise<void> {
  // A TIFF of one directory with one entry, big-endian: tag 0x0112, SHORT, one value.
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  const jpeg = await readFile(jpegFile);
  await writeFile(jpegFile, Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]));
}
