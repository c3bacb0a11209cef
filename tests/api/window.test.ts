import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { contentPolicy } from '../../main/api/content-policy.ts';
import { settingsSchema } from '../../main/shared/settings.ts';
import { raw, startApi } from '../support/api-server.ts';

const folder = mkdtempSync(path.join(tmpdir(), '.window-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(path.join(folder, 'assets'));
writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>the window</title>');
writeFileSync(path.join(folder, 'assets/index-abc123.js'), 'export {};');
writeFileSync(path.join(path.dirname(folder), `${path.basename(folder)}.secret`), 'outside');

const bare = await startApi();
const built = await startApi({ staticFolder: folder });

it.each(['/tasks/t1', '/settings', '/nothing'])(
  'answers the unknown path %s in JSON, with the window there too',
  async (path) => {
    const answer = await raw(built.url, { path });
    expect(answer.status).toBe(404);
    expect(answer.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
  },
);

it('shows the window at its address, under a strict policy', async () => {
  const answer = await raw(built.url, { path: '/' });
  expect(answer.status).toBe(200);
  expect(answer.body.toString()).toContain('the window');
  const policy = String(answer.headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
  expect(answer.headers['cache-control']).toBe('no-cache');
});

it('lets browsers keep assets for good', async () => {
  const answer = await raw(built.url, { path: '/assets/index-abc123.js' });
  expect(answer.headers['content-type']).toContain('text/javascript');
  expect(answer.headers['cache-control']).toContain('immutable');
});

it.each(['/assets/missing.js', '/v1/nothing', '/openapi/x'])(
  'does not show the window for what is missing at %s',
  async (place) => {
    const answer = await raw(built.url, { path: place });
    expect(answer.status).toBe(404);
    expect(answer.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
  },
);

it.each([`/../${path.basename(folder)}.secret`, `/..%2f${path.basename(folder)}.secret`, '/%2e%2e/etc/passwd'])(
  'gives nothing away outside its folder (%s)',
  async (place) => {
    const answer = await raw(built.url, { path: place });
    expect(answer.body.toString()).not.toContain('outside');
    expect(answer.body.toString()).not.toContain('root:');
    if (answer.status < 400) expect(answer.body.toString()).toContain('the window');
  },
);

it('explains how to build the window when it is not there', async () => {
  const chinese = await raw(bare.url, { path: '/' });
  expect(chinese.status).toBe(200);
  expect(chinese.body.toString()).toContain('npm run build');
  expect(chinese.headers['content-security-policy']).toContain("script-src 'self'");
  const english = await raw(bare.url, { path: '/', headers: { 'Accept-Language': 'en' } });
  expect(english.body.toString()).toContain('has not been built');
});

it('has a page of its own for the contract', async () => {
  const answer = await raw(bare.url, { path: '/v1' });
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(answer.body.toString()).toContain('/v1/gen_video_status');
});

it('lets the window play videos where the settings publish them, and nowhere else', () => {
  const media = (change: object) => /media-src ([^;]*)/.exec(contentPolicy(settingsSchema.parse(change)))?.[1];
  expect(media({})).toBe("'self' blob: data:");
  expect(media({ publicBaseUrl: 'https://v.example.com/a' })).toBe("'self' blob: data: https://v.example.com");
  const s3 = { enabled: true, endpoint: 'https://cos.example.com', bucket: 'b' };
  expect(media({ s3 })).toBe("'self' blob: data: https://cos.example.com https://*.cos.example.com");
  expect(media({ s3: { ...s3, publicBase: 'https://cdn.example.com/x' } })).toBe(
    "'self' blob: data: https://cdn.example.com https://cos.example.com",
  );
  expect(media({ s3: { ...s3, enabled: false } })).toBe("'self' blob: data:");
});
