import path from 'node:path';
import { z } from 'zod';
import type { Files } from '../files.ts';

/** The file that makes a draft folder ours. Nothing without a valid one is ever changed or removed. */
export const markerFile = '.render-station.json';

const markerSchema = z.object({
  madeBy: z.literal('jianying-render-station'),
  /** Id of this installation: two stations on one computer must not remove each other's drafts. */
  station: z.string(),
  /** Must equal the folder's name, so that a copied folder is not ours. */
  name: z.string(),
  task: z.string(),
  attempt: z.number(),
  madeAtMs: z.number(),
});
export type Marker = z.infer<typeof markerSchema>;

const ownName = /^q-[0-9a-f]{6}(\.tmp)?$/;

export async function writeMarker(files: Files, folder: string, marker: Omit<Marker, 'madeBy'>): Promise<void> {
  await files.write(
    path.join(folder, markerFile),
    JSON.stringify({ madeBy: 'jianying-render-station', ...marker }, null, 2),
  );
}

/** Whether this folder was made by this station, under this very name. */
export async function isOurs(files: Files, folder: string, station: string): Promise<boolean> {
  const name = path.basename(folder);
  if (!ownName.test(name)) return false;
  try {
    const marker = markerSchema.parse(JSON.parse(await files.read(path.join(folder, markerFile))));
    return marker.station === station && marker.name === name.replace(/\.tmp$/, '');
  } catch {
    return false;
  }
}
