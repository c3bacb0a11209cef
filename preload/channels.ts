import type { RequestName } from './contract.ts';

/** Channel of a request; nothing else is listened to. */
export const requestChannel = (name: RequestName): string => `desktop:${name}`;

/** From the main process to the page: the id of a task to show. */
export const showTaskChannel = 'desktop:show-task';
/** From the page: somebody listens now, so what waited may come. */
export const readyChannel = 'desktop:ready';

/** Given to the bridge on its command line when the station runs inside this app. */
export const localStationArgument = '--local-station';
