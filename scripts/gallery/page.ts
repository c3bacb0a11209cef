import type { Shown } from './compose.ts';
import type { Scene } from './scene.ts';
import { snippetOf } from './scene-draft.ts';

interface Entry {
  readonly scene: Scene;
  readonly shown: Shown;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** One HTML page, the pictures beside it. */
export function galleryPage(entries: readonly Entry[]): string {
  const groups = [...Map.groupBy(entries, ({ scene }) => scene.group)];
  const links = groups.map(([group]) => `<a href="#${escaped(group)}">${escaped(group)}</a>`).join(' · ');
  const sections = groups.map(
    ([group, own]) => `<h2 id="${escaped(group)}">${escaped(group)}</h2>\n${own.map(entryHtml).join('\n')}`,
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>What the embedded engine draws</title>
<style>
body { font: 14px/1.5 system-ui, sans-serif; margin: 24px auto; max-width: 1200px; padding: 0 16px; color: #1b1b1f; }
article { border-top: 1px solid #ddd; padding: 12px 0; }
figure { display: inline-block; margin: 0 8px 8px 0; } img { display: block; background: #888; }
figcaption { color: #666; font-size: 12px; } pre { background: #f5f5f7; padding: 8px; overflow: auto; max-height: 220px; font-size: 12px; }
.warning { color: #a15c00; }
</style>
<h1>What the embedded engine draws</h1>
<p>${entries.length} features. ${links}</p>
${sections.join('\n')}
</html>
`;
}

function entryHtml({ scene, shown }: Entry): string {
  const figures = scene.at.map(
    (at, index) =>
      `<figure><img src="${scene.id}-${index}.png" width="320" alt=""><figcaption>${at.toFixed(2)} s</figcaption></figure>`,
  );
  const warnings = shown.warnings.map(
    ({ code, params }) => `<p class="warning">${code} ${escaped(`${params.kind ?? ''} ${params.name ?? ''}`)}</p>`,
  );
  return `<article id="${scene.id}"><h3>${escaped(scene.title)}</h3>
${figures.join('')}
${warnings.join('')}<details><summary>draft</summary><pre>${escaped(JSON.stringify(snippetOf(scene), null, 2))}</pre></details></article>`;
}
