import { pathToFileURL } from 'node:url';
import { inspectDraft } from '../../main/drafts/inspect/index.ts';
import { parseDraftFile, readDraftWithProblems } from '../../main/drafts/read/index.ts';
import type { BenchRow } from './row.ts';

const wantedBytes = 10_000_000;
const runs = 7;

/** Opens a draft of 10 MB, as a subtitled film of many cuts has it, against JSON.parse of the same bytes alone. */
export async function benchReader(): Promise<BenchRow[]> {
  const bytes = new TextEncoder().encode(JSON.stringify(bigDraft()));
  const decoder = new TextDecoder();
  const parse = fastest(() => JSON.parse(decoder.decode(bytes)));
  const read = fastest(() => readDraftWithProblems(parseDraftFile(bytes)));
  const { draft, problems } = readDraftWithProblems(parseDraftFile(bytes));
  const inspect = fastest(() => inspectDraft(draft, new Map(), undefined, { problems }));
  const size = `${(bytes.length / 1e6).toFixed(1)} MB, ${draft.tracks.reduce((sum, { segments }) => sum + segments.length, 0)} segments`;
  return [
    row('read a draft, parsing included', read, parse, `${size}; baseline: JSON.parse alone; wanted under 200 ms`),
    row('inspect it', inspect, parse, `${size}; baseline: JSON.parse of the file`),
  ];
}

function row(name: string, ours: number, baseline: number, note: string): BenchRow {
  return { name, ours, baseline, ratio: ours / baseline, unit: 'ms', note };
}

/** The first runs warm the compiler up; the best one is what the machine can do, the rest is other programs. */
function fastest(action: () => unknown): number {
  return Math.min(
    ...Array.from({ length: runs }, () => {
      const start = performance.now();
      action();
      return performance.now() - start;
    }),
  );
}

type Put = (list: string, material: Record<string, unknown>) => string;

/** Cuts, subtitles in the JSON form, moves and bookkeeping in the proportions of real drafts. */
function bigDraft(): Record<string, unknown> {
  const materials: Record<string, unknown[]> = {};
  const put: Put = (list, material) => {
    const entries = materials[list] ?? [];
    materials[list] = entries;
    const id = `${list}-${String(entries.length).padStart(26, '0')}`;
    entries.push({ id, ...material });
    return id;
  };
  const sample = JSON.stringify([cut(0, put), subtitle(0, put), materials]).length;
  const pairs = Math.round(wantedBytes / sample);
  const places = Array.from({ length: pairs }, (_, at) => at);
  const tracks = [
    { id: 'v', type: 'video', attribute: 0, segments: places.map((at) => cut(at, put)) },
    { id: 't', type: 'text', attribute: 0, segments: places.map((at) => subtitle(at, put)) },
  ];
  return {
    canvas_config: { width: 1920, height: 1080, ratio: 'original' },
    fps: 30,
    duration: 0,
    new_version: '110.0.0',
    platform: { app_source: 'lv', app_version: '5.9.0', os: 'windows' },
    tracks,
    materials,
  };
}

function cut(at: number, put: Put): Record<string, unknown> {
  const material = put('videos', {
    type: at % 2 === 0 ? 'video' : 'photo',
    path: `C:/Users/someone/Videos/shots/shot-${at}.mp4`,
    material_name: `shot-${at}.mp4`,
    width: 1920,
    height: 1080,
    duration: 60_000_000,
    has_audio: true,
    crop: corners(),
    crop_ratio: 'free',
    crop_scale: 1,
    matting: { flag: 0, path: '', interactiveTime: [], strokes: [] },
    stable: { matrix_path: '', stable_level: 0, time_range: { start: 0, duration: 0 } },
    video_algorithm: { algorithms: [], path: '', time_range: null },
  });
  const speed = put('speeds', { type: 'speed', mode: 0, speed: 1, curve_speed: null });
  const canvas = put('canvases', { type: 'canvas_color', color: '', blur: 0, image: '' });
  const sound = put('sound_channel_mappings', { type: 'none', audio_channel_mapping: 0, is_config_open: false });
  const keyframes = ['KFTypeScaleX', 'KFTypePositionX'].map((property_type) => ({
    id: `${property_type}-${at}`,
    property_type,
    material_id: '',
    keyframe_list: [0, 2_900_000].map((time_offset) => ({
      id: `${at}-${time_offset}`,
      time_offset,
      values: [1 + time_offset / 1e7],
      curveType: 'Line',
      graphID: '',
      left_control: { x: 0, y: 0 },
      right_control: { x: 0, y: 0 },
    })),
  }));
  return segment(at, material, [speed, canvas, sound], {
    source_timerange: { start: 0, duration: 3_000_000 },
    common_keyframes: keyframes,
  });
}

function subtitle(at: number, put: Put): Record<string, unknown> {
  const text = `第${at}句：今天我们来聊一聊这件事`;
  const style = {
    range: [0, text.length],
    size: 8,
    fill: { alpha: 1, content: { render_type: 'solid', solid: { alpha: 1, color: [1, 1, 1] } } },
    font: { id: '', path: 'C:/Program Files/JianyingPro/Resources/Font/SystemFont/zh-hans.ttf' },
    strokes: [{ width: 0.08, content: { solid: { color: [0, 0, 0] } } }],
  };
  const material = put('texts', {
    type: 'subtitle',
    content: JSON.stringify({ text, styles: [style] }),
    alignment: 1,
    check_flag: 15,
    font_size: 15,
    line_max_width: 0.82,
    line_spacing: 0.02,
    letter_spacing: 0,
    text_color: '#FFFFFF',
    border_color: '#000000',
    border_width: 0.08,
    words: { start_time: [0], end_time: [900], text: [text] },
  });
  const moves = put('material_animations', { type: 'sticker_animation', animations: [] });
  return segment(at, material, [moves], { source_timerange: null });
}

function segment(
  at: number,
  material_id: string,
  extra_material_refs: readonly string[],
  fields: Record<string, unknown>,
): Record<string, unknown> {
  return {
    id: `${material_id}-segment`,
    material_id,
    extra_material_refs,
    target_timerange: { start: at * 3_000_000, duration: 3_000_000 },
    speed: 1,
    volume: 1,
    visible: true,
    reverse: false,
    render_index: 0,
    clip: {
      alpha: 1,
      rotation: 0,
      flip: { horizontal: false, vertical: false },
      scale: { x: 1, y: 1 },
      transform: { x: 0, y: -0.8 },
    },
    uniform_scale: { on: true, value: 1 },
    common_keyframes: [],
    keyframe_refs: [],
    hdr_settings: { intensity: 1, mode: 1, nits: 1000 },
    responsive_layout: {
      enable: false,
      horizontal_pos_layout: 0,
      size_layout: 0,
      target_follow: '',
      vertical_pos_layout: 0,
    },
    ...fields,
  };
}

function corners(): Record<string, number> {
  return {
    lower_left_x: 0,
    lower_left_y: 1,
    lower_right_x: 1,
    lower_right_y: 1,
    upper_left_x: 0,
    upper_left_y: 0,
    upper_right_x: 1,
    upper_right_y: 0,
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await benchReader());
