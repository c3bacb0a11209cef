import {
  AV_CODEC_ID_HEVC,
  AV_PIX_FMT_YUV420P10LE,
  AVCOL_PRI_BT2020,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_SMPTE2084,
  Encoder,
  Frame,
  Muxer,
} from 'node-av';

/**
 * Writes a 10-bit BT.2020 film of flat pictures.
 * @param pictures Y, Cb, Cr of each frame, 0..1023
 */
export async function makeHdrMovie(
  file: string,
  transfer: 'pq' | 'hlg',
  pictures: readonly (readonly [number, number, number])[],
): Promise<string> {
  const [width, height] = [64, 64];
  const encoder = await Encoder.create(AV_CODEC_ID_HEVC, {
    options: { preset: 'ultrafast', crf: '4', 'x265-params': 'log-level=none' },
  });
  const muxer = await Muxer.open(file);
  const stream = muxer.addStream(encoder);
  for (const [index, picture] of pictures.entries()) {
    const frame = new Frame();
    frame.alloc();
    frame.format = AV_PIX_FMT_YUV420P10LE;
    frame.width = width;
    frame.height = height;
    frame.colorSpace = AVCOL_SPC_BT2020_NCL;
    frame.colorPrimaries = AVCOL_PRI_BT2020;
    frame.colorTrc = transfer === 'pq' ? AVCOL_TRC_SMPTE2084 : AVCOL_TRC_ARIB_STD_B67;
    frame.colorRange = AVCOL_RANGE_MPEG;
    frame.timeBase = { num: 1, den: 30 } as Frame['timeBase'];
    frame.getBuffer();
    frame.data?.forEach((plane, channel) => {
      for (let at = 0; at + 1 < plane.length; at += 2) plane.writeUInt16LE(picture[channel] ?? 0, at);
    });
    frame.pts = BigInt(index);
    frame.duration = 1n;
    for await (const packet of encoder.packets(frame)) await muxer.writePacket(packet, stream);
    frame.free();
  }
  for await (const packet of encoder.flushPackets()) await muxer.writePacket(packet, stream);
  encoder.close();
  await muxer.close();
  return file;
}
