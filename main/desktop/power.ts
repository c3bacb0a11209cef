import { powerMonitor, powerSaveBlocker } from 'electron';
import type { SessionChange } from './station-link.ts';
import type { wakefulness } from './tray-state.ts';

/** Keeps the computer as awake as the work needs. */
export class KeepAwake {
  #kind: ReturnType<typeof wakefulness> = 'none';
  #blocker: number | null = null;

  get kind(): ReturnType<typeof wakefulness> {
    return this.#kind;
  }

  want(kind: ReturnType<typeof wakefulness>): void {
    if (kind === this.#kind) return;
    this.#kind = kind;
    if (this.#blocker !== null) powerSaveBlocker.stop(this.#blocker);
    this.#blocker = kind === 'none' ? null : powerSaveBlocker.start(kind);
  }
}

const changes = {
  'lock-screen': 'locked',
  'unlock-screen': 'unlocked',
  suspend: 'suspended',
  resume: 'resumed',
} as const satisfies Record<string, SessionChange>;

/** Hands lock, unlock, sleep and waking of this computer on. */
export function watchSession(tell: (change: SessionChange) => void): void {
  for (const [event, change] of Object.entries(changes)) powerMonitor.on(event as 'resume', () => tell(change));
}
