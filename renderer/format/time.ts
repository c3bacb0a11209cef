/** Times for people. Digits and signs only, so that one form serves every language; words come from the locales. */

/** `0:07`, `12:34`, `1:02:03`. */
export function clock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  const seconds = String(total % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** Length of a stage: tenths below ten seconds, then `clock`. */
export function span(ms: number): string {
  if (ms < 10_000) return `${(Math.max(0, ms) / 1000).toFixed(1)} s`;
  return clock(ms);
}

/** An estimate, rounded so that it does not flicker: 5 s steps below a minute, 10 s steps below ten, then minutes. */
export function estimate(ms: number): string {
  const step = ms < 60_000 ? 5000 : ms < 600_000 ? 10_000 : 60_000;
  return clock(Math.ceil(ms / step) * step);
}

/** Time of day today, day and time otherwise, in the reader's time zone. */
export function moment(iso: string, nowMs: number, language: string): string {
  const date = new Date(iso);
  const sameDay = new Date(nowMs).toDateString() === date.toDateString();
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hour12: false };
  const options = sameDay ? time : { ...time, month: '2-digit' as const, day: '2-digit' as const };
  return formatter(language, options).format(date);
}

/** Full date and time with seconds. */
export function fullMoment(iso: string, language: string): string {
  return formatter(language, { dateStyle: 'medium', timeStyle: 'medium', hour12: false }).format(new Date(iso));
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs more than a thousand uses of it. */
function formatter(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(language, options);
  formatters.set(key, made);
  return made;
}
