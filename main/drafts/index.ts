/** The front door of drafts: from a link to a draft on disk. */
export { checkDraftLink } from './check-link.ts';
export { type FetchEnvironment, type FetchedDraft, fetchDraft } from './fetch.ts';
export { withDiskNamed } from './full-disk.ts';
export type { DraftLink, DraftLinkKind } from './link.ts';
export type { MissingMedia } from './media/outcome.ts';
export { parseDraftLink } from './parse-link.ts';
