import { describe, expect, it } from 'vitest';
import { fromBuffer } from 'yauzl';
import { missing } from '../../support/environment.ts';
import { eventually, fill, windowTests, words } from '../../support/window-test.ts';

/** Drops something on the window as a person does; `fill` puts it into the transfer `data`. */
const drop = (fillTransfer: string) => `(() => {
  const data = new DataTransfer();
  ${fillTransfer}
  const target = document.querySelector('#main');
  for (const type of ['dragenter', 'dragover']) target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  return new Promise((resolve) => setTimeout(() => {
    const veil = document.querySelector('.drop-veil') !== null;
    target.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    resolve(veil);
  }, 100));
})()`;

function entriesOf(zip: Buffer): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true }, (error, file) => {
      if (error) return reject(error);
      const entries: Record<string, string> = {};
      file.on('entry', (entry) => {
        file.openReadStream(entry, (failure, stream) => {
          if (failure) return reject(failure);
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream.on('end', () => {
            entries[entry.fileName] = Buffer.concat(chunks).toString('utf8');
            file.readEntry();
          });
        });
      });
      file.on('end', () => resolve(entries));
      file.on('error', reject);
      file.readEntry();
    });
  });
}

describe.skipIf(missing('chromium')).each(['zh', 'en'] as const)('dropping on the window (%s)', (language) => {
  const { add } = words[language];
  const windows = windowTests();
  const open = () => windows.open({ language }, () => {});

  it('a link queues it', async () => {
    const { page, station, sees } = await open();
    await page.locator('#main h2').waitFor();
    const veil = await page.evaluate(drop(`data.setData('text/uri-list', 'https://drafts.example.com/dropped');`));
    expect(veil).toBe(true);
    await sees(fill(add.result, { ok: 1, bad: 0 }));
    expect([...station.queue.tasks.values()][0]?.draftUrl).toBe('https://drafts.example.com/dropped');
  });

  it('a zip is uploaded and queued', async () => {
    const { page, station, sees } = await open();
    await page.locator('#main h2').waitFor();
    await page.evaluate(drop(`data.items.add(new File(['zip content'], 'draft.zip', { type: 'application/zip' }));`));
    await sees(fill(add.uploaded, { name: 'draft.zip' }));
    expect(station.uploads.map(({ name, body }) => [name, body.toString()])).toEqual([['draft.zip', 'zip content']]);
    expect(station.queue.line()).toHaveLength(1);
  });

  it('something else is answered with what can be dropped', async () => {
    const { page, sees } = await open();
    await page.locator('#main h2').waitFor();
    await page.evaluate(drop(`data.items.add(new File(['x'], 'holiday.png', { type: 'image/png' }));`));
    await sees(add.dropNothing);
  });

  it('a draft folder is packed with everything in it', async () => {
    const { page, station, sees } = await open();
    await page.locator('#main h2').waitFor();
    // Folders cannot be put into a transfer by a page: stand in for what the browser would hand over.
    await page.evaluate(
      drop(`
      const file = (name, text) => ({ isFile: true, isDirectory: false, name, file: (done) => done(new File([text], name)) });
      const folder = (name, entries) => ({
        isFile: false, isDirectory: true, name,
        createReader: () => { let given = false; return { readEntries: (done) => { done(given ? [] : entries); given = true; } }; },
      });
      const tree = folder('我的草稿', [file('draft_content.json', '{"tracks":[]}'), folder('media', [file('片段.mp4', 'video')])]);
      data.items.add(new File([''], '我的草稿'));
      DataTransferItem.prototype.webkitGetAsEntry = () => tree;
    `),
    );
    await sees(fill(add.uploaded, { name: '我的草稿' }));
    await eventually(() => station.uploads.map(({ name }) => name)).toEqual(['我的草稿.zip']);
    expect(await entriesOf(station.uploads[0]?.body ?? Buffer.alloc(0))).toEqual({
      'draft_content.json': '{"tracks":[]}',
      'media/片段.mp4': 'video',
    });
  });
});
