/** Draft files written by hand for the tests, in the shape that Jianying 5.9 and the common generators give them. */
export type Json = Record<string, unknown>;

export const second = 1_000_000;

export function range(start: number, duration: number): Json {
  return { start, duration };
}

/** A segment that refers to `m1` for the first two seconds, changed by `fields`. */
export function segment(fields: Json = {}): Json {
  return {
    id: 'S1',
    material_id: 'm1',
    target_timerange: range(0, 2 * second),
    source_timerange: range(0, 2 * second),
    speed: 1,
    volume: 1,
    visible: true,
    render_index: 0,
    extra_material_refs: [],
    common_keyframes: [],
    clip: {
      alpha: 1,
      flip: { horizontal: false, vertical: false },
      rotation: 0,
      scale: { x: 1, y: 1 },
      transform: { x: 0, y: 0 },
    },
    uniform_scale: { on: true, value: 1 },
    ...fields,
  };
}

export function track(type: string, segments: unknown[], fields: Json = {}): Json {
  return { id: `T-${type}`, type, attribute: 0, flag: 0, segments, ...fields };
}

export function video(fields: Json = {}): Json {
  return {
    id: 'm1',
    type: 'video',
    path: '/m/a.mp4',
    material_name: 'a',
    width: 1280,
    height: 720,
    duration: 60 * second,
    ...fields,
  };
}

export function textMaterial(fields: Json = {}): Json {
  return { id: 'm1', type: 'text', content: jsonContent('你好'), font_size: 15, alignment: 1, ...fields };
}

/** The newer content form: one style over all of it unless others are given. */
export function jsonContent(text: string, styles: Json[] = [{ range: [0, text.length], size: 8 }]): string {
  return JSON.stringify({ text, styles });
}

/** A whole draft; by default one video segment. */
export function draftJson(fields: Json = {}, materials: Json = {}): Json {
  return {
    canvas_config: { width: 1920, height: 1080, ratio: 'original' },
    fps: 30,
    duration: 2 * second,
    new_version: '110.0.0',
    platform: { app_source: 'lv', app_version: '5.9.0', os: 'windows' },
    tracks: [track('video', [segment()])],
    materials: { videos: [video()], ...materials },
    ...fields,
  };
}

/** A draft that has a little of everything, for mutations. */
export function richDraftJson(): Json {
  const inner = draftJson(
    { tracks: [track('video', [segment({ extra_material_refs: ['fade'] })])] },
    { audio_fades: [{ id: 'fade', fade_in_duration: 1000, fade_out_duration: 2000 }] },
  );
  return draftJson(
    {
      tracks: [
        track('video', [
          segment({
            extra_material_refs: [
              'speed',
              'canvas',
              'cut',
              'moves',
              'mask',
              'mix',
              'bright',
              'chroma',
              'hsl',
              'nowhere',
            ],
            common_keyframes: [
              {
                property_type: 'KFTypePositionX',
                keyframe_list: [keyframe(0, [0]), keyframe(second, [0.5], 'FreeCurveInOut')],
              },
              { property_type: 'KFTypeScale', keyframe_list: [keyframe(0, [1, 1]), keyframe(second, [2, 1.5])] },
              { property_type: 'UNIFORM_SCALE', keyframe_list: [keyframe(0, [1])] },
            ],
          }),
          segment({ id: 'S2', material_id: 'm2', target_timerange: range(2 * second, second), reverse: true }),
          segment({
            id: 'S3',
            material_id: 'group',
            target_timerange: range(3 * second, second),
            extra_material_refs: ['inner'],
          }),
        ]),
        track('audio', [segment({ material_id: 'a1', clip: null, extra_material_refs: ['fade', 'hall'] })], {
          attribute: 1,
        }),
        track('text', [
          segment({ material_id: 't1', source_timerange: null }),
          segment({ material_id: 't2', source_timerange: null, target_timerange: range(2 * second, second) }),
          segment({ material_id: 'tt', source_timerange: null, target_timerange: range(4 * second, second) }),
        ]),
        track('sticker', [segment({ material_id: 's1', source_timerange: null })]),
        track('effect', [segment({ material_id: 'e1', source_timerange: null, clip: null })]),
        track('filter', [segment({ material_id: 'f1', source_timerange: null, clip: null })]),
      ],
    },
    {
      videos: [
        video(),
        video({
          id: 'm2',
          type: 'photo',
          reverse_path: '/m/r.mp4',
          crop: {
            upper_left_x: 0.1,
            upper_left_y: 0,
            upper_right_x: 1,
            upper_right_y: 0,
            lower_left_x: 0.1,
            lower_left_y: 1,
            lower_right_x: 1,
            lower_right_y: 1,
          },
        }),
        video({ id: 'group', path: '', extra_type_option: 2 }),
      ],
      audios: [{ id: 'a1', type: 'music', path: 'https://x.example/a.mp3', name: 'song', duration: 5 * second }],
      texts: [
        textMaterial({
          id: 't1',
          content: jsonContent('一😀二', [
            { range: [0, 3], size: 8, strokes: [{ width: 0.1 }], shadows: [{ distance: 5 }] },
            { range: [3, 4], bold: true },
          ]),
        }),
        textMaterial({
          id: 't2',
          content: '<size=7><color=(1,0.5,0,1)>[markup]</color></size>',
          words: { start_time: [0], end_time: [500], text: ['markup'] },
        }),
      ],
      text_templates: [
        {
          id: 'tt',
          name: 'pop',
          resource_id: '7',
          text_info_resources: [{ text_material_id: 't1', attach_info: { clip: { scale: { x: 2, y: 2 } } } }],
        },
      ],
      stickers: [{ id: 's1', name: 'star', resource_id: '9', path: '' }],
      video_effects: [
        {
          id: 'e1',
          type: 'video_effect',
          name: '胶片',
          resource_id: '1',
          value: 1,
          apply_target_type: 2,
          adjust_params: [{ name: 'speed', value: 0.5 }],
        },
      ],
      effects: [
        { id: 'f1', type: 'filter', name: '高清', resource_id: '2', value: 0.8 },
        { id: 'mix', type: 'mix_mode', name: '正片叠底', value: 1 },
        { id: 'bright', type: 'brightness', value: 0.3 },
      ],
      audio_effects: [
        { id: 'hall', type: 'audio_effect', name: '大厅', audio_adjust_params: [{ name: '强度', value: 1 }] },
      ],
      audio_fades: [{ id: 'fade', fade_in_duration: 1000, fade_out_duration: 2000 }],
      speeds: [
        {
          id: 'speed',
          mode: 1,
          speed: 1,
          curve_speed: {
            speed_points: [
              { x: 0, y: 1 },
              { x: 1, y: 2 },
            ],
          },
        },
      ],
      canvases: [{ id: 'canvas', type: 'canvas_blur', blur: 0.375 }],
      transitions: [{ id: 'cut', name: '叠化', resource_id: '3', duration: 500_000, is_overlap: true }],
      material_animations: [
        {
          id: 'moves',
          animations: [{ type: 'in', name: '渐显', id: '4', resource_id: '5', start: 0, duration: 300_000 }],
        },
      ],
      masks: [
        {
          id: 'mask',
          resource_type: 'circle',
          name: '圆形',
          config: { centerX: 0, centerY: 0, width: 0.5, height: 0.5 },
        },
      ],
      chromas: [{ id: 'chroma', color: '#00ff00', intensity_value: 0.2, shadow_value: 0.1 }],
      hsl: [{ id: 'hsl', hsl_color_type: 1, hue: 10, saturation: 0, lightness: 0 }],
      drafts: [{ id: 'inner', type: 'combination', name: 'group', draft: inner }],
    },
  );
}

export function keyframe(timeOffset: number, values: unknown[], curveType = 'Line', controls: Json = {}): Json {
  return {
    time_offset: timeOffset,
    values,
    curveType,
    left_control: { x: 0, y: 0 },
    right_control: { x: 0, y: 0 },
    ...controls,
  };
}
