/** The desktop app: the station with a window, a tray icon and notifications. */
import { openStation } from './desktop/open-station.ts';
import { runDesktop } from './desktop/run.ts';

runDesktop(openStation);
