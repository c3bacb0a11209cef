import { z } from 'zod';

/**
 * The callers' side of the station: `POST /v1/gen_video` and `POST /v1/gen_video_status`, and the capcut-mate dialect of
 * the same two. The names, sentences and codes are those of the published interface and never change.
 */

/** Longest accepted link, in bytes of UTF-8. */
export const maxDraftUrlBytes = 8192;

const draftUrl = z.string().describe('草稿URL：草稿页面链接、草稿 JSON 或 zip 的下载地址、草稿编号');
const apiKey = z.string().describe('渲染站设置了 API Key 时必填，也可以放在请求头 Authorization: Bearer 中');

export const genVideoRequestSchema = z.object({
  draft_url: draftUrl.min(1).max(maxDraftUrlBytes),
  apiKey: apiKey.optional(),
});

export const genVideoStatusRequestSchema = z.object({
  draft_url: draftUrl.min(1).max(maxDraftUrlBytes).describe('草稿URL，与提交任务时使用的URL相同'),
  apiKey: apiKey.optional(),
});

export const genVideoAnswerSchema = z.strictObject({
  message: z.string().describe('提交结果说明'),
});

const contractStatuses = ['pending', 'processing', 'completed', 'failed'] as const;

/** Exactly the eight documented fields. */
export const genVideoStatusAnswerSchema = z.strictObject({
  draft_url: z.string().describe('草稿URL'),
  status: z
    .enum(contractStatuses)
    .describe('任务状态：pending 等待中 / processing 处理中 / completed 已完成 / failed 失败'),
  progress: z.int().min(0).max(100).describe('任务进度（0-100）'),
  video_url: z.string().describe('生成的视频URL（仅在completed状态时有值）'),
  error_message: z.string().describe('错误信息（仅在failed状态时有值）'),
  created_at: z.iso.datetime({ precision: 3 }).describe('任务创建时间（ISO格式）'),
  started_at: z.iso.datetime({ precision: 3 }).nullable().describe('任务开始时间（ISO格式）'),
  completed_at: z.iso.datetime({ precision: 3 }).nullable().describe('任务完成时间（ISO格式）'),
});
export type GenVideoStatusAnswer = z.infer<typeof genVideoStatusAnswerSchema>;

export const submittedMessage = '视频生成任务已提交，请使用draft_url查询进度';

interface PublicError {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
  /** Numeric code of the capcut-mate dialect. */
  readonly dialect: number;
}

/** The errors of the contract, then those that the station adds around it. */
export const publicErrors = {
  VALIDATION_ERROR: { status: 400, zh: '请求参数验证失败', en: 'Parameter validation failed', dialect: 1001 },
  INVALID_DRAFT_URL: { status: 404, zh: '无效的草稿URL', en: 'Invalid draft URL', dialect: 2001 },
  VIDEO_TASK_NOT_FOUND: { status: 404, zh: '视频生成任务未找到', en: 'Video generation task not found', dialect: 2031 },
  VIDEO_GENERATION_SUBMIT_FAILED: {
    status: 500,
    zh: '视频生成任务提交失败',
    en: 'Video generation task submission failed',
    dialect: 2030,
  },
  VIDEO_STATUS_QUERY_FAILED: {
    status: 500,
    zh: '视频任务状态查询失败',
    en: 'Video task status query failed',
    dialect: 2032,
  },
  UNAUTHORIZED: { status: 401, zh: '未授权', en: 'Unauthorized', dialect: 2036 },
  FORBIDDEN: { status: 403, zh: '请求被拒绝', en: 'Forbidden', dialect: 403 },
  NOT_FOUND: { status: 404, zh: '未找到', en: 'Not found', dialect: 404 },
  METHOD_NOT_ALLOWED: { status: 405, zh: '不支持的请求方法', en: 'Method not allowed', dialect: 405 },
  CONFLICT: { status: 409, zh: '当前状态不允许此操作', en: 'Not possible in this state', dialect: 409 },
  TOO_LARGE: { status: 413, zh: '内容过大', en: 'Too large', dialect: 413 },
  RANGE_NOT_SATISFIABLE: { status: 416, zh: '请求的范围无效', en: 'Range not satisfiable', dialect: 416 },
  TOO_MANY_REQUESTS: { status: 429, zh: '请求过于频繁', en: 'Too many requests', dialect: 429 },
  INTERNAL_ERROR: { status: 500, zh: '系统内部错误', en: 'Internal error', dialect: 9998 },
} as const satisfies Record<string, PublicError>;
export type PublicErrorCode = keyof typeof publicErrors;

export const contractErrorSchema = z.object({
  error: z.object({
    code: z.string().describe('错误码'),
    message: z.string().describe('错误描述'),
    details: z.string().describe('发生了什么，以及如何解决'),
  }),
});
export type ContractError = z.infer<typeof contractErrorSchema>;

/** The capcut-mate dialect: flat fields beside `code` (0 = success) and `message`. */
const dialectEnvelopeSchema = z.object({ code: z.int(), message: z.string() });
export const dialectStatusSchema = genVideoStatusAnswerSchema.extend(dialectEnvelopeSchema.shape);
export const dialectCountSchema = dialectEnvelopeSchema.extend({ count: z.int() });
