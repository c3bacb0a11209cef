import type { Settings } from '../shared/settings.ts';
import type { DraftLink } from './link.ts';
import { checkLink } from './sources/index.ts';

/**
 * Whether there is a draft behind a link, as far as can be told at once and without the network: ids in the library,
 * paths on this machine.
 * @param dataFolder absolute; holds the library unless the settings name another folder
 * @throws StationError DRAFT_NOT_IN_LIBRARY, DRAFT_PATH_NOT_FOUND, DRAFT_PATH_UNREADABLE
 */
export async function checkDraftLink(link: DraftLink, settings: Settings, dataFolder: string): Promise<void> {
  await checkLink(link, { settings, dataFolder });
}
