import { clip, type Item, moved, onTrack, type Scene, scaled, seconds } from '../scene.ts';

const film = (more: Partial<Item>): Item => ({ media: 'film', ...more });
const source = (start: number, duration: number) => ({
  source_timerange: { start: seconds(start), duration: seconds(duration) },
});

/** The hand of the film turns once in two seconds: it tells the source time. */
export const timeScenes: readonly Scene[] = [
  {
    id: 'time-trim',
    group: 'Time',
    title: 'Trimmed: starts half a second into the source',
    lines: onTrack(film({ segment: source(0.5, 1) })),
    at: [0, 0.5],
  },
  {
    id: 'time-speed',
    group: 'Time',
    title: 'Speed 2: half a turn in half a second',
    lines: onTrack(film({ segment: { speed: 2, ...source(0, 2) } })),
    at: [0, 0.25, 0.5],
  },
  {
    id: 'time-curve',
    group: 'Time',
    title: 'Curve speed: slow, then fast',
    lines: onTrack(
      film({
        segment: source(0, 2),
        duration: 2,
        refs: [
          [
            'speeds',
            {
              mode: 1,
              speed: 1,
              curve_speed: {
                speed_points: [
                  { x: 0, y: 0.5 },
                  { x: 0.5, y: 0.5 },
                  { x: 0.5, y: 2 },
                  { x: 1, y: 2 },
                ],
              },
            },
          ],
        ],
      }),
    ),
    at: [0, 0.5, 1.5],
  },
  {
    id: 'time-reverse',
    group: 'Time',
    title: 'Backwards',
    lines: onTrack(film({ segment: { reverse: true, ...source(0, 1) } })),
    at: [0, 0.5, 0.95],
  },
  {
    id: 'time-freeze',
    group: 'Time',
    title: 'A source that is too short stands still at its end',
    lines: onTrack(film({ duration: 3, segment: source(1, 3) })),
    at: [0, 0.9, 2.5],
  },
  {
    id: 'compound',
    group: 'Structure',
    title: 'A compound clip: a timeline of its own, moved as one',
    lines: onTrack({
      inner: {
        canvas: { width: 640, height: 360 },
        lines: [
          { type: 'video', items: [{ media: 'card' }] },
          { type: 'video', items: [{ media: 'badge', segment: clip({ ...scaled(0.5), ...moved(0.5, 0.4) }) }] },
        ],
      },
      segment: clip({ ...scaled(0.6), rotation: -15 }),
    }),
    at: [0],
  },
  {
    id: 'compound-trim',
    group: 'Structure',
    title: 'A compound clip from half a second on, at double speed',
    lines: onTrack({
      inner: { canvas: { width: 640, height: 360 }, lines: onTrack({ media: 'film', duration: 2 }) },
      segment: { speed: 2, ...source(0.5, 1), target_timerange: { start: 0, duration: seconds(0.5) } },
    }),
    at: [0, 0.25],
  },
  {
    id: 'portrait',
    group: 'Structure',
    title: 'A portrait canvas: text size follows its shorter side',
    canvas: { width: 360, height: 640 },
    lines: [
      { type: 'video', items: [{ media: 'card', refs: [['canvases', { type: 'canvas_blur', blur: 0.375 }]] }] },
      {
        type: 'text',
        items: [
          {
            text: {
              content: JSON.stringify({ text: '竖屏字幕', styles: [{ range: [0, 4], size: 15 }] }),
              alignment: 1,
            },
            segment: clip(moved(0, -0.6)),
          },
        ],
      },
    ],
    at: [0],
  },
  {
    id: 'sticker-png',
    group: 'Structure',
    title: 'A sticker with its picture in the draft',
    lines: [
      { type: 'video', items: [{ media: 'other' }] },
      {
        type: 'sticker',
        items: [{ media: 'badge', segment: clip({ ...scaled(0.5), ...moved(-0.4, 0.2), rotation: 20 }) }],
      },
    ],
    at: [0],
  },
  {
    id: 'sticker-gif',
    group: 'Structure',
    title: 'A moving sticker',
    lines: [
      { type: 'video', items: [{ media: 'other' }] },
      { type: 'sticker', items: [{ media: 'moving', segment: clip(scaled(1)) }] },
    ],
    at: [0.1, 0.3],
  },
  {
    id: 'sticker-webp',
    group: 'Structure',
    title: 'An animated webp sticker: frames laid over each other',
    lines: [
      { type: 'video', items: [{ media: 'other' }] },
      { type: 'sticker', items: [{ media: 'ring', segment: clip(scaled(4)) }] },
    ],
    at: [0.1, 0.5, 0.8],
  },
  {
    id: 'sticker-lottie',
    group: 'Structure',
    title: 'A Lottie sticker, sharp at any size',
    lines: [
      { type: 'video', items: [{ media: 'other' }] },
      { type: 'sticker', items: [{ media: 'vector', segment: clip({ ...scaled(9), rotation: 20 }) }] },
    ],
    at: [0.2, 0.9],
  },
];
