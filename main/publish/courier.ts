import type { Clock } from '../queue/clock.ts';
import type { Delivery, Outbox, TryResult } from '../queue/outbox.ts';
import type { ErrorRecord } from '../shared/errors/index.ts';
import { afterTry, answerText } from './delivery-policy.ts';
import { type WebhookAnswer, type WebhookBody, webhookHeaders } from './webhook.ts';

export interface CourierOptions {
  readonly outbox: Outbox;
  readonly clock: Clock;
  /** Where notices go now; an empty address = nowhere. */
  readonly receiver: () => { readonly url: string; readonly secret: string };
  /** What a delivery says. */
  readonly content: (delivery: Delivery) => WebhookBody;
  /** Sends one request; throws only when the signal is aborted. */
  readonly post: (
    url: string,
    headers: Record<string, string>,
    body: string,
    signal: AbortSignal,
  ) => Promise<WebhookAnswer>;
  /** Told of what became of a try, once that is on disk. */
  readonly told?: (delivery: Delivery, result: TryResult, answer: string) => void;
  readonly random?: () => number;
}

/** Receivers that are slow hold up others behind them only when so many are. */
const atOnce = 4;
/** A database that fails (a full disk) is asked again after this. */
const storeAgainMs = 10_000;

const switchedOff: ErrorRecord = { code: 'WEBHOOK_SWITCHED_OFF', params: {} };

/**
 * Carries what lies in the outbox to the receiver: at least once, with retries that outlive a restart. It works beside the
 * queue, which only puts notices in and never waits.
 */
export class Courier {
  readonly #options: CourierOptions;
  readonly #underway = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();
  #running = false;
  #cancelWakeUp = () => {};

  constructor(options: CourierOptions) {
    this.#options = options;
  }

  /** Begins, with what an earlier station left. */
  start(): void {
    this.#running = true;
    this.wake();
  }

  /** Something new may be due. */
  wake(): void {
    if (!this.#running) return;
    this.#cancelWakeUp();
    const wakeIn = (ms: number) => {
      this.#cancelWakeUp = this.#options.clock.after(ms, () => this.wake());
    };
    try {
      const { outbox, clock } = this.#options;
      const now = clock.now();
      // Those under way are still due on disk: look past them.
      const due = outbox.due(now, atOnce).filter(({ id }) => !this.#underway.has(id));
      for (const delivery of due.slice(0, atOnce - this.#underway.size)) this.#begin(delivery);
      const next = outbox.nextDueMs(now);
      if (next !== null) wakeIn(next - now);
    } catch {
      // The database cannot be read just now; what is in it is not lost.
      wakeIn(storeAgainMs);
    }
  }

  #begin(delivery: Delivery): void {
    const carried = this.#carry(delivery)
      // Whatever it was (a log that cannot be written): neither the station nor the receiver has to suffer for it.
      .catch(() => this.#pause(storeAgainMs))
      .finally(() => {
        this.#underway.delete(delivery.id);
        this.wake();
      });
    this.#underway.set(delivery.id, carried);
  }

  /** The address or the secret has changed: what waits is tried at once. */
  receiverChanged(): void {
    this.#options.outbox.hurry(this.#options.clock.now());
    this.wake();
  }

  /** Gives requests under way `graceMs` to be answered; what is not is sent again after the next start. */
  async stop(graceMs: number): Promise<void> {
    this.#running = false;
    this.#cancelWakeUp();
    const cancelGrace = this.#options.clock.after(graceMs, () => this.#stopping.abort());
    if (graceMs <= 0) this.#stopping.abort();
    await Promise.all(this.#underway.values());
    cancelGrace();
  }

  async #carry(delivery: Delivery): Promise<void> {
    const { outbox, clock } = this.#options;
    const { url, secret } = this.#options.receiver();
    if (url === '') {
      const result: TryResult = { state: 'given_up', error: switchedOff };
      await this.#keep(delivery, result, '', () => outbox.withdraw(delivery.id, switchedOff, clock.now()));
      return;
    }
    const answer = await this.#send(delivery, url, secret);
    // The station stops: this was no try.
    if (answer === null) return;
    const nowMs = clock.now();
    const result = afterTry({
      answer,
      tries: delivery.tries + 1,
      createdMs: delivery.createdMs,
      nowMs,
      random: (this.#options.random ?? Math.random)(),
    });
    const text = answerText(answer);
    await this.#keep(delivery, result, text, () => outbox.record(delivery.id, result, text, nowMs));
  }

  async #send(delivery: Delivery, url: string, secret: string): Promise<WebhookAnswer | null> {
    const { signal } = this.#stopping;
    try {
      const body = JSON.stringify(this.#options.content(delivery));
      const headers = webhookHeaders(delivery.id, body, secret, this.#options.clock.now());
      return await this.#options.post(url, headers, body, signal);
    } catch (error) {
      if (signal.aborted) return null;
      return { kind: 'failure', reason: String(error) };
    }
  }

  /** Does not let go before the result is on disk: sending in circles while a disk is full would flood the receiver. */
  async #keep(delivery: Delivery, result: TryResult, answer: string, write: () => boolean): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      let written: boolean;
      try {
        written = write();
      } catch {
        await this.#pause(storeAgainMs);
        continue;
      }
      if (written) this.#options.told?.(delivery, result, answer);
      return;
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const { signal } = this.#stopping;
      const cancel = this.#options.clock.after(ms, resolve);
      const onAbort = () => {
        cancel();
        resolve();
      };
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }
}
