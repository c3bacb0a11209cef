/**
 * Status polls at 50 connections against a bare express route that answers the same JSON (and does not even read the
 * request's body). Both servers run in processes of their own; short rounds alternate, so that a busy machine is
 * equally unfair to both.
 * Alone: `node scripts/run.mjs scripts/bench/status.ts` measures the HTTP side in front of a station in memory.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import autocannon from 'autocannon';
import { type BenchRow, median, printRows } from './row.ts';

/** A running station that knows a task of `draftUrl`. It must live in another process than the benchmark. */
export interface StatusTarget {
  readonly url: string;
  readonly draftUrl: string;
  close(): Promise<void>;
}

const rounds = 5;
const roundSeconds = 2;

export async function benchStatus(
  makeStation: () => Promise<StatusTarget>,
  name = 'gen_video_status, 50 connections',
): Promise<BenchRow[]> {
  const station = await makeStation();
  const body = JSON.stringify({ draft_url: station.draftUrl });
  const answer = await fetch(`${station.url}/v1/gen_video_status`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  });
  if (answer.status !== 200) throw new Error(`the station does not know the draft: ${await answer.text()}`);
  const bare = await forkServer('bare-express.ts', await answer.text());
  try {
    const measure = (url: string, duration: number) => shoot(`${url}/v1/gen_video_status`, body, duration);
    await measure(station.url, 1);
    await measure(bare.url, 1);
    const ours: Round[] = [];
    const theirs: Round[] = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await measure(station.url, roundSeconds));
      theirs.push(await measure(bare.url, roundSeconds));
    }
    const rate = (results: Round[]) => median(results.map(({ perSecond }) => perSecond));
    const p99 = (results: Round[]) => median(results.map((result) => result.p99));
    return [
      {
        name: `${name}: rate`,
        ours: rate(ours),
        baseline: rate(theirs),
        ratio: median(ours.map(({ perSecond }, round) => perSecond / (theirs[round]?.perSecond ?? Number.NaN))),
        unit: 'req/s',
        note: 'wanted: at least 0.7',
      },
      {
        name: `${name}: p99`,
        ours: p99(ours),
        baseline: p99(theirs),
        ratio: p99(ours) / p99(theirs),
        unit: 'ms',
        note: 'lower is better',
      },
    ];
  } finally {
    bare.child.disconnect();
    await station.close();
  }
}

interface Round {
  readonly perSecond: number;
  /** ms */
  readonly p99: number;
}

async function shoot(url: string, body: string, duration: number): Promise<Round> {
  const result = await autocannon({
    url,
    connections: 50,
    duration,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} bad answers, ${result.errors} errors`);
  }
  return { perSecond: result.requests.total / result.duration, p99: result.latency.p99 };
}

async function forkServer(script: string, argument: string): Promise<{ url: string; child: ChildProcess }> {
  const child = fork(path.join(import.meta.dirname, script), [argument], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const [message] = await once(child, 'message');
  return { url: String(message.url), child };
}

if (process.argv[1] === import.meta.filename) {
  const draftUrl = 'https://ts.fyshark.com/#/cozeToJianyin?drafId=7434912345678901234';
  const rows = await benchStatus(async () => {
    const { url, child } = await forkServer('fake-station.ts', draftUrl);
    return { url, draftUrl, close: async () => child.disconnect() };
  });
  printRows(rows);
}
