import LineBreaker from 'linebreak';

/** Must not begin a line (kinsoku): closing marks, small kana, sound marks. */
const neverFirst =
  /^[、。，．：；！？…‥—～·・」』】〕〉》）］｝〗〙〛’”ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶーゝゞヽヾ々!?,.:;)\]}%‰℃]/;
/** Must not end a line: opening marks, currency signs. */
const neverLast = /[「『【〔〈《（［｛〖〘〚‘“([{￥$£]$/;
const ideograph = /[\u2e80-\u2fff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60、-〟]/;

/**
 * UTF-16 offsets inside a paragraph where a line may end, ascending, without 0 and the end: Unicode line breaking
 * (UAX #14), opened around curly quotes in Chinese and closed by the Chinese and Japanese line-edge rules.
 */
export function breakOpportunities(paragraph: string): number[] {
  const places = new Set<number>();
  const breaker = new LineBreaker(paragraph);
  for (let found = breaker.nextBreak(); found !== null; found = breaker.nextBreak())
    if (found.position < paragraph.length) places.add(found.position);
  for (const { index } of paragraph.matchAll(/[‘“’”]/g)) {
    const opens = '‘“'.includes(paragraph[index] ?? '');
    const place = opens ? index : index + 1;
    const outside = paragraph[opens ? place - 1 : place] ?? '';
    if (place > 0 && place < paragraph.length && ideograph.test(outside)) places.add(place);
  }
  return [...places].filter((place) => mayBreak(paragraph, place)).toSorted((a, b) => a - b);
}

/** Whether the line-edge rules let a line end at `place`. */
export function mayBreak(paragraph: string, place: number): boolean {
  const before = paragraph.slice(Math.max(0, place - 2), place);
  return !neverLast.test(before) && !neverFirst.test(paragraph.slice(place, place + 2));
}
