import type { IRouter, NextFunction, Request, RequestHandler, Response } from 'express';
import { genVideoRequestSchema, genVideoStatusRequestSchema, submittedMessage } from '../shared/contract.ts';
import type { Language } from '../shared/errors/index.ts';
import { checkCaller } from './access.ts';
import { apiError, linkError, toApiError } from './api-error.ts';
import { type ApiContext, publicBase } from './context.ts';
import { statusAnswer } from './contract-answer.ts';
import { draftUrlOf } from './draft-url.ts';
import { readJson } from './json-body.ts';
import { dialectPrefix, languageOf, route, sendJson } from './reply.ts';

const texts = {
  zh: { submitted: submittedMessage, ok: '成功' },
  en: { submitted: 'Video generation task submitted, use draft_url to query its progress', ok: 'Success' },
} as const;

/** The dialect knows no difference between a text that is no link and a link without a draft: both are 2001. */
type ToError = typeof linkError;
const dialectLinkError: ToError = (thrown, doing) => toApiError(thrown, doing);

/** The contract (`/v1`) and the same in the capcut-mate dialect. */
export function contractRoutes(router: IRouter, context: ApiContext): void {
  const { station } = context;
  route(router, '/v1/gen_video_status', {
    POST: withBody(context, (request, response, body) => {
      sendJson(response, 200, status(request, body, linkError, 'zh'));
    }),
  });
  route(router, '/v1/gen_video', {
    POST: withBody(context, async (_request, response, body) => {
      await submit(body, linkError);
      sendJson(response, 200, { message: submittedMessage });
    }),
  });

  route(router, `${dialectPrefix}/gen_video_status`, {
    POST: withBody(context, (request, response, body) => {
      const language = languageOf(request);
      sendJson(response, 200, {
        code: 0,
        message: texts[language].ok,
        ...status(request, body, dialectLinkError, language),
      });
    }),
  });
  route(router, `${dialectPrefix}/gen_video`, {
    POST: withBody(context, async (request, response, body) => {
      await submit(body, dialectLinkError);
      sendJson(response, 200, { code: 0, message: texts[languageOf(request)].submitted });
    }),
  });
  route(router, `${dialectPrefix}/gen_video_active_count`, {
    GET: (request, response) => {
      checkCaller(context, request, undefined);
      sendJson(response, 200, { code: 0, message: texts[languageOf(request)].ok, count: station.activeCount() });
    },
  });

  async function submit(body: unknown, toError: ToError): Promise<void> {
    const draftUrl = draftUrlOf(body, genVideoRequestSchema);
    try {
      await station.submit(draftUrl);
    } catch (error) {
      throw toError(error, 'submit', draftUrl);
    }
  }

  function status(request: Request, body: unknown, toError: ToError, language: Language) {
    const draftUrl = draftUrlOf(body, genVideoStatusRequestSchema);
    const found = lookUp(draftUrl, toError);
    if (found === null) throw apiError('VIDEO_TASK_NOT_FOUND', 'VIDEO_TASK_UNKNOWN');
    return statusAnswer(found, draftUrl, publicBase(request, station), language);
  }

  function lookUp(draftUrl: string, toError: ToError) {
    try {
      return station.statusOf(draftUrl);
    } catch (error) {
      throw toError(error, 'status', draftUrl);
    }
  }
}

/** Reads the body, lets the caller in, and only then handles the request. */
function withBody(
  context: ApiContext,
  handle: (request: Request, response: Response, body: unknown) => void | Promise<void>,
): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    readJson(request, (error, body) => {
      try {
        if (error !== null) throw error;
        checkCaller(context, request, keyOf(body));
        const handled = handle(request, response, body);
        if (handled !== undefined) handled.catch(next);
      } catch (thrown) {
        next(thrown);
      }
    });
  };
}

function keyOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'apiKey' in body ? body.apiKey : undefined;
}
