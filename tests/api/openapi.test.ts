import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { openApiFile, openApiText } from '../../scripts/openapi.ts';
import { raw, startApi } from '../support/api-server.ts';

/*
 * The rules below are those of OpenAPI 3.0 and of Coze's importer (coze-studio, backend/crossdomain/plugin/model:
 * one server with a host, operationId and summary, one media type, object bodies, answers 200 and default only).
 */
const schema: z.ZodType = z.lazy(() =>
  z.strictObject({
    type: z.enum(['object', 'string', 'integer', 'number', 'boolean', 'array']),
    nullable: z.boolean().optional(),
    description: z.string().optional(),
    format: z.string().optional(),
    enum: z.array(z.string()).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    minLength: z.int().optional(),
    maxLength: z.int().optional(),
    properties: z.record(z.string(), schema).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.boolean().optional(),
  }),
);
const body = z.strictObject({
  'application/json': z.strictObject({ schema: schema.and(z.object({ type: z.literal('object') })) }),
});
const answer = z.strictObject({ description: z.string().min(1), content: body });
const operation = z.strictObject({
  operationId: z.string().regex(/^\w+$/),
  summary: z.string().min(1),
  description: z.string().min(1),
  requestBody: z.strictObject({ required: z.literal(true), content: body }),
  responses: z.strictObject({ 200: answer, default: answer }),
});
const document = z.strictObject({
  openapi: z.literal('3.0.1'),
  info: z.strictObject({ title: z.string().min(1), description: z.string().min(1), version: z.string().min(1) }),
  servers: z.tuple([z.strictObject({ url: z.url().max(512) })]),
  paths: z.record(z.string().startsWith('/'), z.strictObject({ post: operation })),
});

const described = z.object({
  properties: z.record(z.string(), z.looseObject({ description: z.string() })),
  required: z.array(z.string()),
});

const api = await startApi();

it('is in the documentation as it is served', () => {
  expect(readFileSync(openApiFile, 'utf8')).toBe(openApiText());
});

it('is a document that Coze imports as a plugin', async () => {
  const answered = await raw(api.url, { path: '/openapi.json' });
  const read = document.parse(answered.json());
  expect(Object.keys(read.paths)).toEqual(['/v1/gen_video', '/v1/gen_video_status']);
  expect(read.info.version).toBe('1.2.3');
});

it('names the address that the reader used', async () => {
  const host = `localhost:${api.server.port}`;
  const answered = await raw(api.url, { path: '/openapi.json', headers: { Host: host } });
  expect(answered.json()).toMatchObject({ servers: [{ url: `http://${host}` }] });
  api.port.settingsNow = { ...api.port.settingsNow, publicBaseUrl: 'https://videos.example.com/' };
  const configured = await raw(api.url, { path: '/openapi.json' });
  expect(configured.json()).toMatchObject({ servers: [{ url: 'https://videos.example.com' }] });
  api.port.settingsNow = { ...api.port.settingsNow, publicBaseUrl: '' };
});

it('describes every field of the contract in Chinese', async () => {
  const { paths } = document.parse((await raw(api.url, { path: '/openapi.json' })).json());
  const status = described.parse(paths['/v1/gen_video_status']?.post.responses[200].content['application/json'].schema);
  expect(Object.keys(status.properties)).toHaveLength(8);
  expect(status.required).toHaveLength(8);
  expect(status.properties.started_at).toMatchObject({ type: 'string', nullable: true, format: 'date-time' });
  for (const property of Object.values(status.properties)) expect(property.description).toMatch(/[\u4e00-\u9fff]/);
});
