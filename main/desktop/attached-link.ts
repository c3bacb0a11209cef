import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { queueStatusSchema } from '../shared/events.ts';
import { operatorErrorSchema, submitAnswerSchema } from '../shared/operator-api.ts';
import { settingsSchema } from '../shared/settings.ts';
import { EventReader } from './event-reader.ts';
import { desktopSettings, type LinkNews, type StationLink } from './station-link.ts';

/** The station writes something at least every 15 s; after this silence the connection is dead. */
const silenceMs = 40_000;
const answerMs = 10_000;
const longestWaitMs = 10_000;

export interface AttachOptions {
  readonly url: string;
  readonly token: string;
  /** Pause before the first new try, ms; doubled up to ten seconds. */
  readonly retryMs?: number;
}

/** A station that runs elsewhere, over HTTP and its event stream. */
export function attachedLink({ url, token, retryMs = 500 }: AttachOptions): StationLink {
  const { origin } = new URL(url);
  const closed = new AbortController();
  const headers = { authorization: `Bearer ${token}` };

  async function ask<Answer>(
    schema: z.ZodType<Answer>,
    method: string,
    where: string,
    body?: unknown,
  ): Promise<Answer> {
    const response = await fetch(`${origin}${where}`, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.any([closed.signal, AbortSignal.timeout(answerMs)]),
    });
    const answer: unknown = await response.json();
    if (response.ok) return schema.parse(answer);
    const told = operatorErrorSchema.safeParse(answer);
    throw new Error(told.success ? `${told.data.error.zh}\n${told.data.error.en}` : `HTTP ${response.status}`);
  }

  /** One connection to the event stream, until it ends or breaks. */
  async function listen(listener: (news: LinkNews) => void, signal: AbortSignal, heard: () => void): Promise<void> {
    const connection = new AbortController();
    const either = AbortSignal.any([signal, connection.signal]);
    let silence = setTimeout(() => connection.abort(), silenceMs);
    try {
      const response = await fetch(`${origin}/api/events`, { headers, redirect: 'error', signal: either });
      if (response.status === 401 || response.status === 403) throw new Refused();
      if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
      const tellSettings = async () => {
        const settings = await ask(settingsSchema, 'GET', '/api/settings');
        if (!either.aborted) listener({ type: 'settings', settings: desktopSettings(settings) });
      };
      await tellSettings();
      const reader = new EventReader();
      for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
        clearTimeout(silence);
        silence = setTimeout(() => connection.abort(), silenceMs);
        for (const event of reader.read(piece)) {
          heard();
          if (event.type === 'changed' && event.what === 'settings') await tellSettings();
          listener({ type: 'event', event });
        }
      }
    } finally {
      clearTimeout(silence);
      connection.abort();
    }
  }

  async function keepListening(listener: (news: LinkNews) => void, signal: AbortSignal): Promise<void> {
    let waitMs = retryMs;
    while (!signal.aborted) {
      let reason: 'unreachable' | 'refused' = 'unreachable';
      try {
        await listen(listener, signal, () => {
          waitMs = retryMs;
        });
      } catch (error) {
        if (error instanceof Refused) reason = 'refused';
      }
      if (signal.aborted) return;
      listener({ type: 'lost', reason });
      await pause(waitMs, undefined, { signal }).catch(() => {});
      waitMs = Math.min(waitMs * 2, longestWaitMs);
    }
  }

  return {
    kind: 'attached',
    origin,
    windowUrl: `${origin}/?token=${encodeURIComponent(token)}`,
    outputFolder: () => null,
    pause: () => ask(queueStatusSchema, 'POST', '/api/queue/pause'),
    resume: () => ask(queueStatusSchema, 'POST', '/api/queue/resume'),
    submit: async (draftUrl) => {
      const { results } = await ask(submitAnswerSchema, 'POST', '/api/tasks', { draftUrls: [draftUrl] });
      const [result] = results;
      if (result?.taskId) return result.taskId;
      throw new Error(result?.error ? `${result.error.zh}\n${result.error.en}` : 'no answer');
    },
    // The session of this computer is nothing to a station elsewhere.
    sessionChanged: () => {},
    subscribe: (listener) => {
      const ended = new AbortController();
      void keepListening(listener, AbortSignal.any([ended.signal, closed.signal]));
      return () => ended.abort();
    },
    close: async () => closed.abort(),
  };
}

/** The station answers, but does not let us in. */
class Refused extends Error {}
