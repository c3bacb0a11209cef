/**
 * A draft link, understood. `key` is the identity of the draft: all spellings of one draft share it, two drafts never do.
 * The page link and the direct link of one JSON are the same `url` link.
 */
export type DraftLink = WebLink | CapcutMateLink | LocalLink | LibraryLink;

/** Something on the web; what it is (JSON, zip, a service's answer) is decided by what it answers. */
export interface WebLink {
  readonly kind: 'url';
  readonly key: string;
  readonly url: string;
}

/** `get_draft?draft_id=` of capcut-mate, on whatever host. */
export interface CapcutMateLink {
  readonly kind: 'capcut-mate';
  readonly key: string;
  readonly url: string;
  readonly draftId: string;
}

/** Folder, zip or json on the station's machine. */
export interface LocalLink {
  readonly kind: 'local';
  readonly key: string;
  readonly path: string;
}

/** A bare id: looked up in the draft library, then through the URL template of the settings. */
export interface LibraryLink {
  readonly kind: 'library';
  readonly key: string;
  readonly id: string;
}

export type DraftLinkKind = DraftLink['kind'];
