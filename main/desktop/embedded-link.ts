import type { Station } from '../station.ts';
import { desktopSettings, type StationLink } from './station-link.ts';

/** The app's own station, running in this process. */
export function embeddedLink(station: Station): StationLink {
  const { port } = station;
  return {
    kind: 'embedded',
    origin: new URL(station.windowUrl).origin,
    windowUrl: station.windowUrl,
    outputFolder: () => port.settings().outputFolder || station.paths.videos,
    pause: async () => {
      port.pause();
      return port.queueStatus();
    },
    resume: async () => {
      port.resume();
      return port.queueStatus();
    },
    submit: async (draftUrl) => (await port.submit(draftUrl)).taskId,
    sessionChanged: (change) => station.sessionChanged(change),
    subscribe: (listener) => {
      listener({ type: 'settings', settings: desktopSettings(port.settings()) });
      return port.subscribe((event) => {
        if (event.type === 'changed' && event.what === 'settings') {
          listener({ type: 'settings', settings: desktopSettings(port.settings()) });
        }
        listener({ type: 'event', event });
      });
    },
    close: (deadlineMs) => station.stop(deadlineMs),
  };
}
