import type { DraftLink } from '../link.ts';

/**
 * How one kind of source knows its links: the link, or null for "not mine". Pure.
 * `again` understands a link inside the link (a page link names the draft's own address).
 * @throws StationError for a link that is its own but leads to no draft
 */
export type Recognise = (text: string, again: (inner: string) => DraftLink) => DraftLink | null;
