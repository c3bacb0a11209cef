/**
 * `npm run bench [-- name ...]`: measures, each time against a baseline of the same run. Names: status, submissions,
 * gaps, start, render ...; without names all of them. `--tasks <n>` sets the size of the full database, `--fps <n>` how
 * many frames of each second of the long draft are made (30 = all).
 */
import { parseArgs } from 'node:util';
import { benchCapcut } from './bench/capcut.ts';
import { benchDemo } from './bench/demo.ts';
import { benchDownload } from './bench/download.ts';
import { benchHour } from './bench/hour.ts';
import { benchJianying } from './bench/jianying.ts';
import { benchMotion } from './bench/motion.ts';
import { benchParts } from './bench/parts.ts';
import { benchReader } from './bench/reader.ts';
import { benchRender } from './bench/render.ts';
import { type BenchRow, printRows } from './bench/row.ts';
import { benchSound } from './bench/sound.ts';
import { benchGaps, benchStart, benchStatusPolls } from './bench/station.ts';
import { benchSubmissions } from './bench/submissions.ts';
import { benchText } from './bench/text.ts';

const { values, positionals } = parseArgs({
  options: { tasks: { type: 'string', default: '1000000' }, fps: { type: 'string', default: '1' } },
  allowPositionals: true,
});

const benches: Readonly<Record<string, () => Promise<BenchRow[]>>> = {
  status: () => benchStatusPolls(Number(values.tasks)),
  submissions: benchSubmissions,
  gaps: benchGaps,
  start: benchStart,
  reader: benchReader,
  text: benchText,
  motion: benchMotion,
  sound: benchSound,
  download: benchDownload,
  demo: benchDemo,
  render: benchRender,
  parts: benchParts,
  capcut: benchCapcut,
  hour: () => benchHour(Number(values.fps)),
  jianying: benchJianying,
};

const unknown = positionals.filter((name) => benches[name] === undefined);
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}`);
  process.exit(1);
}
for (const [name, bench] of Object.entries(benches)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(`\n== ${name}`);
  printRows(await bench());
}
