import type { Draft, MediaMaterial, Segment } from './model.ts';

/** The draft and every draft nested in its compound clips, each once, outer ones first. */
export function everyDraft(draft: Draft): Draft[] {
  const found = new Set<Draft>([draft]);
  // A set keeps the order of insertion and visits what is added while it is walked.
  for (const each of found) {
    for (const { content } of each.tracks.flatMap((track) => track.segments)) {
      if (content.type === 'compound') found.add(content.draft);
    }
  }
  return [...found];
}

/** Every segment of the draft and of its compound clips. */
export function everySegment(draft: Draft): Segment[] {
  return everyDraft(draft).flatMap((each) => each.tracks.flatMap((track) => track.segments));
}

/** Every media material of the draft and of its compound clips, used or not. */
export function everyMedia(draft: Draft): MediaMaterial[] {
  return everyDraft(draft).flatMap((each) => [...each.media.values()]);
}
