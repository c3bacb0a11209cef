/**
 * A page to look at: every feature of the embedded engine with the part of the draft that asks for it and its frames.
 * Usage: npm run gallery [-- <file.html>]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Studio } from '../main/engines/embedded/studio.ts';
import { exportPresetSchema } from '../main/shared/settings.ts';
import { type Feature, features, makeFeatureMedia } from '../tests/support/feature-drafts.ts';

const output = path.resolve(process.argv[2] ?? 'gallery/index.html');

async function pictures({ draft, frames }: Feature): Promise<string[]> {
  const studio = new Studio(draft, { preset: exportPresetSchema.parse({}), resolve: (file) => file });
  const found: string[] = [];
  for (const frame of frames) found.push((await studio.still(frame)).toDataURL('image/png'));
  await studio.close();
  return found;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

const scratch = mkdtempSync(path.join(tmpdir(), 'gallery-'));
try {
  const parts: string[] = [];
  for (const feature of features(await makeFeatureMedia(scratch))) {
    const shown = (await pictures(feature)).map(
      (source, index) => `<img src="${source}" alt="frame ${feature.frames[index]}">`,
    );
    parts.push(
      `<section><h2>${escaped(feature.name)}</h2><div>${shown.join('')}</div><pre>${escaped(JSON.stringify(feature.about, null, 1).replaceAll(scratch, ''))}</pre></section>`,
    );
  }
  mkdirSync(path.dirname(output), { recursive: true });
  writeFileSync(
    output,
    `<!doctype html><meta charset="utf-8"><title>Embedded engine: gallery</title>
<style>body{font:14px/1.4 system-ui,sans-serif;margin:24px;background:#f4f4f6}section{background:#fff;padding:12px 16px;margin:0 0 12px;border-radius:8px}h2{font-size:15px;margin:0 0 8px}img{margin-right:6px;border:1px solid #ddd}pre{font-size:11px;color:#555;max-height:8em;overflow:auto}</style>
<h1>Embedded engine: ${parts.length} features</h1>
${parts.join('\n')}`,
  );
  console.log(`${parts.length} features: ${output}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
