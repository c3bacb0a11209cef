/**
 * Where drafts come from, one small file per kind. To add a service:
 * - its links: `<service>-link.ts` with a recogniser (`recognise.ts`), named in `parse-link.ts` before the plain web
 *   address; when its links lead to a JSON or a zip, that is all
 * - its answers, when they are of a shape of their own: an opener (`opener.ts`) in `<service>.ts`, its own kind of link
 *   in `link.ts`, and a line in the table below
 */
import type { DraftLink, DraftLinkKind } from '../link.ts';
import { capcutMateOpener } from './capcut-mate.ts';
import { libraryOpener } from './library.ts';
import { localOpener } from './local.ts';
import type { DraftOpener, DraftPlace, OpenedDraft, Workshop } from './opener.ts';
import { webOpener } from './web.ts';

/** One opener for every kind of link. */
const openers: { readonly [Kind in DraftLinkKind]: DraftOpener<Extract<DraftLink, { kind: Kind }>> } = {
  url: webOpener,
  'capcut-mate': capcutMateOpener,
  local: localOpener,
  library: libraryOpener,
};

export async function checkLink(link: DraftLink, place: DraftPlace): Promise<void> {
  await openerOf(link).check?.(link, place);
}

export async function openLink(link: DraftLink, workshop: Workshop): Promise<OpenedDraft> {
  return await openerOf(link).open(link, workshop);
}

/** The table's type pairs kinds and links; TypeScript cannot follow that through an index. */
function openerOf<Link extends DraftLink>(link: Link): DraftOpener<Link> {
  return openers[link.kind] as unknown as DraftOpener<Link>;
}
