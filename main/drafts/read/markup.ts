/**
 * Text content of Jianying 3-4 and CapCut 1-2: `<size=7><color=(1,0.87,0,1)>[text]</color></size>`, tags in any order.
 * Square brackets, where they are written, enclose the literal text.
 */
export interface MarkupRun {
  readonly text: string;
  readonly tags: readonly MarkupTag[];
}

export interface MarkupTag {
  /** Lower case. */
  readonly name: string;
  /** The value of `<name=value>` under `''`, attributes under their names. */
  readonly attributes: ReadonlyMap<string, string>;
}

const tagNames =
  'outline|size|color|font|useLetterColor|useEffectDefaultColor|bold|italic|underline|shadow|effectStyle|b|i|u';
const opening = new RegExp(`^\\s*<(?:${tagNames})(?=[\\s=>])`, 'i');
const tag = new RegExp(`<(/?)(${tagNames})(?=[\\s=>])([^<>]*)>`, 'iy');
const literalEnd = new RegExp(`\\](?=(?:</?(?:${tagNames})[\\s=>]|$))`, 'ig');
const attribute = /([a-z_]*)\s*=\s*("[^"]*"|'[^']*'|\([^)]*\)|[^\s"'()]+)/gi;

/** Deeper nesting than this is no text of anybody. */
const deepest = 50;

export function isMarkup(content: string): boolean {
  return opening.test(content);
}

/** The styled runs of a markup text, in order. Never fails: what is no known tag is text. Linear in the length. */
export function parseMarkup(content: string): MarkupRun[] {
  const runs: MarkupRun[] = [];
  const open: MarkupTag[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') runs.push({ text: plain, tags: [...open] });
    plain = '';
  };
  let literals = true;
  let at = 0;
  while (at < content.length) {
    tag.lastIndex = at;
    const found = content[at] === '<' ? tag.exec(content) : null;
    if (found !== null) {
      flush();
      at = tag.lastIndex;
      applyTag(open, found[1] === '/', found[2] ?? '', found[3] ?? '');
      continue;
    }
    const end = literals && content[at] === '[' && plain === '' ? endOfLiteral(content, at) : undefined;
    if (typeof end === 'number') {
      plain = content.slice(at + 1, end);
      flush();
      at = end + 1;
    } else {
      // Where one bracket finds no end, no later one does: asking each again would take quadratic time.
      if (end === null) literals = false;
      const next = content.indexOf('<', at + 1);
      plain += content.slice(at, next === -1 ? content.length : next);
      at = next === -1 ? content.length : next;
    }
  }
  flush();
  return runs;
}

function endOfLiteral(content: string, start: number): number | null {
  literalEnd.lastIndex = start + 1;
  return literalEnd.exec(content)?.index ?? null;
}

function applyTag(open: MarkupTag[], closing: boolean, rawName: string, rest: string): void {
  const name = rawName.toLowerCase();
  if (closing) {
    const index = open.findLastIndex((tag) => tag.name === name);
    if (index !== -1) open.splice(index, 1);
  } else if (open.length < deepest) {
    open.push({ name, attributes: attributes(rest) });
  }
}

function attributes(rest: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', value = ''] of rest.matchAll(attribute)) {
    found.set(name.toLowerCase(), value.replace(/^["']|["']$/g, ''));
  }
  return found;
}
