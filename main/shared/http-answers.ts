/** What servers say besides their content, read once for all who ask them (RFC 9110). */

/** Whether the same request may do better later: timeout, too early, too many, and the server's own trouble. */
export function isPassingStatus(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/** `Retry-After` (10.2.3) as ms from now: seconds or a date; null when there is none that can be read. */
export function retryAfterMs(header: string | null | undefined, nowMs: number): number | null {
  const value = header?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = httpDateMs(value, nowMs);
  return date === null ? null : Math.max(0, date - nowMs);
}

const time = '(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})';
/** The form of today, and the two of old that every recipient has to know. */
const dateForms = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  new RegExp(`^[A-Z][a-z]{2}, (?<day>\\d{1,2}) (?<month>[A-Z][a-z]{2}) (?<year>\\d{4}) ${time} GMT$`),
  // Sunday, 06-Nov-94 08:49:37 GMT
  new RegExp(`^[A-Z][a-z]+, (?<day>\\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\\d{2}) ${time} GMT$`),
  // Sun Nov  6 08:49:37 1994
  new RegExp(`^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) +(?<day>\\d{1,2}) ${time} (?<year>\\d{4})$`),
] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An HTTP date (5.6.7) as ms since 1970; null for anything else. `Date.parse` reads almost any text as some date. */
export function httpDateMs(text: string, nowMs: number): number | null {
  const fields = dateForms.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  if (fields === undefined) return null;
  const [day, hour, minute, second] = [fields.day, fields.hour, fields.minute, fields.second].map(Number);
  const month = months.indexOf(fields.month ?? '');
  const year = fullYear(fields.year ?? '', nowMs);
  // A leap second is taken for the one before it.
  const date = new Date(Date.UTC(year, month, day, hour, minute, second === 60 ? 59 : second));
  // What runs over was no date: February has no 31st.
  const [sameDay, sameTime] = [
    date.getUTCMonth() === month && date.getUTCDate() === day,
    date.getUTCHours() === hour && date.getUTCMinutes() === minute,
  ];
  return sameDay && sameTime ? date.getTime() : null;
}

/** Of two digits: no date lies more than fifty years ahead. */
function fullYear(digits: string, nowMs: number): number {
  if (digits.length === 4) return Number(digits);
  const thisYear = new Date(nowMs).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(digits);
  return year > thisYear + 50 ? year - 100 : year;
}
