import { z } from 'zod';

const boundsSchema = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) });
export type Bounds = z.infer<typeof boundsSchema>;

const windowStateSchema = z.object({ bounds: boundsSchema, maximized: z.boolean() });
/** Where the window was when it was last seen, in screen points. */
export type WindowState = z.infer<typeof windowStateSchema>;

export const smallest = { width: 900, height: 600 } as const;
const usual = { width: 1280, height: 820 } as const;
/** So much of the title bar has to be on a screen to get hold of the window. */
const grip = { width: 120, height: 24 } as const;

/** What a state file says; null when it says nothing usable. */
export function readWindowState(text: string): WindowState | null {
  try {
    return windowStateSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export interface Placement {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Where the window opens. A remembered place counts only while it can be reached: screens get unplugged and change
 * their resolution. Without one, the window is centred by the system.
 * @param workAreas of the displays now there
 */
export function placeWindow(remembered: WindowState | null, workAreas: readonly Bounds[]): Placement {
  const bounds = remembered?.bounds;
  const area = bounds && workAreas.find((candidate) => reachable(bounds, candidate));
  if (bounds === undefined || area === undefined) return sized(bounds ?? usual, workAreas[0]);
  return { x: bounds.x, y: bounds.y, ...sized(bounds, area) };
}

function sized(size: { width: number; height: number }, area: Bounds | undefined): { width: number; height: number } {
  const within = (wanted: number, least: number, most: number) => Math.min(Math.max(wanted, least), Math.max(most, 1));
  return {
    width: within(size.width, smallest.width, area?.width ?? usual.width),
    height: within(size.height, smallest.height, area?.height ?? usual.height),
  };
}

function reachable(window: Bounds, area: Bounds): boolean {
  const overlap = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const titleVisible = window.y >= area.y && window.y + grip.height <= area.y + area.height;
  return overlap >= grip.width && titleVisible;
}
