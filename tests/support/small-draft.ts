import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeMovie } from './media.ts';

export interface SmallDraft {
  /** Names the draft; also the text in it, so that two drafts differ. */
  readonly name: string;
  /** Length of the film in it. */
  readonly seconds?: number;
  readonly width?: number;
  readonly height?: number;
}

/** A draft folder with one small film with sound and one line of text: real, and quick to render. */
export async function makeSmallDraft(
  folder: string,
  { name, seconds = 1, width = 160, height = 90 }: SmallDraft,
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  await makeMovie(path.join(folder, 'film.mp4'), { width, height, frames: seconds * 30, toneHz: 440 });
  writeFileSync(
    path.join(folder, 'draft_content.json'),
    JSON.stringify(smallDraftJson(name, './film.mp4', seconds, width, height)),
  );
  return folder;
}

/** The JSON of such a draft, with its film at `film` (path or URL). */
export function smallDraftJson(name: string, film: string, seconds = 1, width = 160, height = 90) {
  const duration = seconds * 1_000_000;
  const target_timerange = { start: 0, duration };
  const content = JSON.stringify({
    text: name,
    styles: [{ range: [0, name.length], size: 10, fill: { content: { solid: { color: [1, 1, 1] } } } }],
  });
  return {
    name,
    canvas_config: { width, height, ratio: 'original' },
    fps: 30,
    duration,
    materials: {
      videos: [{ id: 'film', type: 'video', path: film, width, height, duration }],
      texts: [{ id: 'line', content, alignment: 1 }],
    },
    tracks: [
      {
        type: 'video',
        segments: [
          {
            id: 's1',
            material_id: 'film',
            target_timerange,
            source_timerange: { start: 0, duration },
            speed: 1,
            volume: 1,
          },
        ],
      },
      {
        type: 'text',
        segments: [
          {
            id: 's2',
            material_id: 'line',
            target_timerange,
            clip: { scale: { x: 1, y: 1 }, transform: { x: 0, y: -0.6 }, alpha: 1, rotation: 0 },
          },
        ],
      },
    ],
  };
}
