import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chromiumPath, corpusFolder, missing } from '../../support/environment.ts';
import { makeSmallDraft } from '../../support/small-draft.ts';
import { startTestStation, type TestStation } from '../../support/station.ts';

/** The contract's own programs, word for word. */
const example = (name: string) => readFileSync(path.join(import.meta.dirname, '../../fixtures/contract', name), 'utf8');

/** The example's link is cut off in the document; the id is the one of its other examples. */
const cut = 'https://ts.fyshark.com/#/cozeToJianyin?drafId=...';
const link = 'https://ts.fyshark.com/#/cozeToJianyin?drafId=7434912345678901234';

/** A station as installed: at port 8000, with a draft of that id in its library. */
async function stationAsInstalled(): Promise<TestStation> {
  const station = await startTestStation({ port: 8000 });
  await makeSmallDraft(path.join(station.data, 'library', '7434912345678901234'), { name: '契约示例' });
  return station;
}

describe('the example programs of the contract', () => {
  it.skipIf(missing('corpus'))('are kept as the document has them', () => {
    const text = readFileSync(path.join(corpusFolder, '../../contract/gen_video_status.md'), 'utf8');
    for (const name of ['poll.js', 'workflow.js', 'poll.py']) expect(text).toContain(example(name));
  });

  it.skipIf(missing('python-requests'))('in Python polls until the video is there', async () => {
    const station = await stationAsInstalled();
    await station.submit(link);
    const program = example('poll.py').replace(cut, link);
    const { stdout } = await promisify(execFile)('/usr/bin/python3', ['-c', program]);
    expect(stdout).toContain('任务状态: completed, 进度: 100%');
    expect(stdout).toMatch(/视频生成成功: http:\/\/localhost:8000\/v1\/videos\/video_\w+\.mp4/);
  });

  it.skipIf(missing('chromium'))('in JavaScript submit, poll and download from a page of the station', async () => {
    const station = await stationAsInstalled();
    const browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: ['--no-sandbox'] });
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await page.goto(`${station.url}/?token=${station.token}`);

    // Its polling example first: the task is there already.
    await station.submit(link);
    await page.evaluate(`(async () => { ${example('poll.js').replace(cut, link)} })()`);
    expect(said.join('\n')).toMatch(/视频生成成功: http:\/\/127\.0\.0\.1:8000\/v1\/videos\/video_\w+\.mp4/);

    // Then the whole workflow, which ends in a download.
    const poll = example('poll.js').split('// 使用示例')[0];
    const download = page.waitForEvent('download');
    const result = await page.evaluate(
      `(async () => { ${poll}\n${example('workflow.js')}\nreturn generateVideoWorkflow(${JSON.stringify(link)}); })()`,
    );
    expect(String(result)).toMatch(/^http:\/\/127\.0\.0\.1:8000\/v1\/videos\/video_\w+\.mp4$/);
    expect((await download).suggestedFilename()).toMatch(/\.mp4$/);
  });
});
