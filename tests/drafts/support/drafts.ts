/** Small drafts and media for tests: just enough for the fetcher, which plays nothing. */

export interface TestMedia {
  readonly path: string;
  readonly name?: string;
  readonly type?: 'video' | 'photo' | 'gif';
  readonly remoteUrl?: string;
  readonly reversePath?: string;
  /** No segment shows it. */
  readonly idle?: boolean;
}

/** A draft with a title, one video track that shows every video for two seconds, and one audio track. Ids: `v1`, `v2`, ..., `a1`, ... */
export function draftJson(videos: readonly TestMedia[], audios: readonly TestMedia[] = []): Record<string, unknown> {
  const material = (prefix: string) => (media: TestMedia, index: number) => ({
    id: `${prefix}${index + 1}`,
    type: media.type ?? 'video',
    path: media.path,
    material_name: media.name ?? '',
    duration: 2_000_000,
    width: 64,
    height: 64,
    ...(media.remoteUrl === undefined ? {} : { remote_url: media.remoteUrl }),
    ...(media.reversePath === undefined ? {} : { reverse_path: media.reversePath }),
  });
  const segments = (prefix: string, list: readonly TestMedia[]) =>
    list.flatMap((media, index) =>
      media.idle === true
        ? []
        : [
            {
              id: `${prefix}-segment-${index + 1}`,
              material_id: `${prefix}${index + 1}`,
              target_timerange: { start: index * 2_000_000, duration: 2_000_000 },
              source_timerange: { start: 0, duration: 2_000_000 },
            },
          ],
    );
  return {
    canvas_config: { width: 640, height: 360, ratio: '16:9' },
    fps: 30,
    duration: 0,
    materials: {
      videos: videos.map(material('v')),
      audios: audios.map(material('a')),
      texts: [{ id: 't1', type: 'text', content: JSON.stringify({ text: '标题', styles: [] }) }],
    },
    tracks: [
      { id: 'track-v', type: 'video', segments: segments('v', videos) },
      { id: 'track-a', type: 'audio', segments: segments('a', audios) },
      {
        id: 'track-t',
        type: 'text',
        segments: [{ id: 't-segment', material_id: 't1', target_timerange: { start: 0, duration: 1_000_000 } }],
      },
    ],
  };
}

/** Bytes that begin like an mp4; every `seed` gives other ones. */
export function fakeMp4(bytes: number, seed = 1): Buffer {
  return withHead(Buffer.concat([Buffer.from('0000001866747970', 'hex'), Buffer.from('isom')]), bytes, seed);
}

export function fakePng(bytes: number, seed = 1): Buffer {
  return withHead(Buffer.from('89504e470d0a1a0a', 'hex'), bytes, seed);
}

export function fakeMp3(bytes: number, seed = 1): Buffer {
  return withHead(Buffer.from('ID3\x04\0', 'latin1'), bytes, seed);
}

function withHead(head: Buffer, bytes: number, seed: number): Buffer {
  const body = Buffer.alloc(bytes);
  let state = seed;
  for (let at = 0; at + 4 <= bytes; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    body.writeUInt32LE(state, at);
  }
  head.copy(body);
  return body;
}
