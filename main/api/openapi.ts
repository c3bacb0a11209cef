import { z } from 'zod';
import {
  contractErrorSchema,
  genVideoAnswerSchema,
  genVideoRequestSchema,
  genVideoStatusAnswerSchema,
  genVideoStatusRequestSchema,
} from '../shared/contract.ts';

type Json = Record<string, unknown>;

/** One call of the contract as OpenAPI describes it. */
interface Call {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly request: z.ZodType;
  readonly answer: z.ZodType;
  readonly answerText: string;
}

const calls: readonly Call[] = [
  {
    path: '/v1/gen_video',
    operationId: 'gen_video',
    summary: '提交视频生成任务',
    description: '提交草稿链接，渲染站排队导出视频。提交后使用相同的 draft_url 调用 gen_video_status 查询进度。',
    request: genVideoRequestSchema,
    answer: genVideoAnswerSchema,
    answerText: '任务已提交',
  },
  {
    path: '/v1/gen_video_status',
    operationId: 'gen_video_status',
    summary: '查询视频生成状态',
    description: '查询视频生成任务的状态和进度，建议每 5-10 秒查询一次，直到 status 为 completed 或 failed。',
    request: genVideoStatusRequestSchema,
    answer: genVideoStatusAnswerSchema,
    answerText: '任务的状态和进度',
  },
];

/**
 * The contract as an OpenAPI 3.0.1 document, made from the schemas that check the requests.
 * It keeps to what Coze accepts when it imports a plugin: 3.0 (`nullable`, no `null` type), exactly one server with a
 * host, an `operationId` and a `summary` per call, one media type, objects at the top of every body, schemas in place
 * instead of references, and no answers besides `200` and `default`.
 * @param base address of the station for whoever reads the document
 */
export function openApiDocument(base: string, version: string): Json {
  return {
    openapi: '3.0.1',
    info: {
      title: '剪映渲染站',
      description: '把剪映草稿链接渲染成视频：提交草稿链接，查询进度，得到视频地址。',
      version,
    },
    servers: [{ url: base }],
    paths: Object.fromEntries(calls.map((call) => [call.path, { post: operation(call) }])),
  };
}

function operation({ operationId, summary, description, request, answer, answerText }: Call): Json {
  return {
    operationId,
    summary,
    description,
    requestBody: { required: true, content: json(schemaOf(request, 'input')) },
    responses: {
      200: { description: answerText, content: json(schemaOf(answer, 'output')) },
      default: { description: '出错时的回答', content: json(schemaOf(contractErrorSchema, 'output')) },
    },
  };
}

function json(schema: unknown): Json {
  return { 'application/json': { schema } };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): unknown {
  return z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io,
    override: ({ jsonSchema }) => {
      // The format says it; importers only choke on the regular expression behind it.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
}
