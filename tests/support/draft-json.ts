/** The smallest draft files that Jianying's format allows, as the generators write them. */

export interface JsonClip {
  readonly path: string;
  readonly type?: 'video' | 'photo' | 'gif';
  readonly startUs?: number;
  readonly durationUs: number;
  readonly sourceStartUs?: number;
}

/** A draft file with one video track. */
export function draftJson(clips: readonly JsonClip[], canvas = { width: 320, height: 180 }): unknown {
  const materials = clips.map(({ path, type = 'video' }, index) => ({
    id: `m${index}`,
    type,
    path,
    material_name: path.split(/[\\/]/).at(-1),
    width: 0,
    height: 0,
    duration: 0,
  }));
  const segments = clips.map(({ startUs = 0, durationUs, sourceStartUs = 0 }, index) => ({
    id: `s${index}`,
    material_id: `m${index}`,
    target_timerange: { start: startUs, duration: durationUs },
    source_timerange: { start: sourceStartUs, duration: durationUs },
    speed: 1,
    volume: 1,
    visible: true,
    clip: {
      alpha: 1,
      flip: { horizontal: false, vertical: false },
      rotation: 0,
      scale: { x: 1, y: 1 },
      transform: { x: 0, y: 0 },
    },
    extra_material_refs: [],
    common_keyframes: [],
  }));
  return {
    canvas_config: { ...canvas, ratio: 'original' },
    fps: 30,
    duration: Math.max(...clips.map(({ startUs = 0, durationUs }) => startUs + durationUs)),
    version: 360000,
    new_version: '110.0.0',
    platform: { app_source: 'lv', app_version: '5.9.0', os: 'windows' },
    materials: { videos: materials },
    tracks: [{ id: 't0', type: 'video', attribute: 0, flag: 0, segments }],
  };
}
