import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createApi } from '../../main/api/index.ts';
import { apiErrors } from '../../main/shared/errors/api.ts';
import { raw, startApi } from '../support/api-server.ts';
import { FakePort, someTask } from '../support/fake-port.ts';

const api = await startApi();
api.port.tasks.push(someTask('t1'));
const document = readFileSync(path.join(import.meta.dirname, '../../docs/api.md'), 'utf8');
const calls = [...document.matchAll(/`(GET|POST|PATCH|DELETE) (\/[^\s`]+)`/g)].map(([, method = '', place = '']) => ({
  method,
  place,
}));

it.each(calls)('$method $place of the documentation exists', async ({ method, place }) => {
  // A path of the server answers a method that it does not have with the ones it has.
  const filled = place.replace(':id', 't1').replace(':name', 'none.png').replace('<name>', 'none.mp4');
  const probe = await raw(api.url, {
    method: 'OPTIONS',
    path: filled,
    headers: { Authorization: `Bearer ${api.port.token}` },
  });
  expect(String(probe.headers.allow).split(', ')).toContain(method);
});

it('documents every call', () => {
  const stack = z
    .array(z.looseObject({ route: z.looseObject({ path: z.string() }).optional() }))
    .parse(createApi(new FakePort(), { staticFolder: null }).router.stack);
  const paths = new Set(stack.flatMap(({ route }) => (route === undefined ? [] : [route.path])));
  const documented = calls.map(({ place }) => place.replace('<name>', ':name'));
  expect([...documented, '/', '/v1']).toEqual(expect.arrayContaining([...paths]));
  expect(paths.size).toBeGreaterThan(25);
});

it('has sentences in both languages that name their params alike', () => {
  const params = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const [code, { zh, en }] of Object.entries(apiErrors)) {
    const own = ['BODY_INVALID', 'SETTINGS_INVALID'].includes(code);
    if (!own) expect(params(zh), code).toEqual(params(en));
    expect(zh).toMatch(/[\u4e00-\u9fff].*。$/);
    expect(en).toMatch(/^[\x20-\x7e]+[.:]?$/);
  }
});
