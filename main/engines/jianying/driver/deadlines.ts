/** All waiting times of the driver, ms. */
export interface Deadlines {
  /** From the launch to a usable home page. */
  readonly start: number;
  /** From any other page of a running client back to the home page. */
  readonly home: number;
  /** Between two tries to open the draft's tile, and how many. */
  readonly tileEvery: number;
  readonly tileTries: number;
  /** Between two presses of the export button: it swallows presses until the project is loaded. */
  readonly dialogEvery: number;
  readonly dialog: number;
  /** For the output path to become readable in the dialog. */
  readonly path: number;
  readonly setting: number;
  /** Between two ways to confirm, and rounds of all of them. */
  readonly confirmEvery: number;
  readonly confirmRounds: number;
  /** From the confirmation to the first byte of the file. */
  readonly noOutput: number;
  /** Without any change of percentage or file size. */
  readonly stall: number;
  readonly total: number;
  /** Same size this long = not being written any more. */
  readonly stable: number;
  readonly tidy: number;
  readonly hung: number;
  /** A locked or disconnected desktop before the task gives up. */
  readonly desktop: number;
  /** How long a person must have let go of mouse and keyboard, and how long to wait for that. */
  readonly personIdle: number;
  readonly person: number;
  /** Between two answers to the same popup. */
  readonly popupEvery: number;
  /** An unknown window may be a passing one: this long before it counts. */
  readonly unknown: number;
  readonly cancelStop: number;
}

const usual: Deadlines = {
  start: 60_000,
  home: 60_000,
  tileEvery: 5_000,
  tileTries: 6,
  dialogEvery: 4_000,
  dialog: 120_000,
  path: 15_000,
  setting: 8_000,
  confirmEvery: 4_000,
  confirmRounds: 2,
  noOutput: 210_000,
  stall: 180_000,
  total: 600_000,
  stable: 3_000,
  tidy: 30_000,
  hung: 60_000,
  desktop: 20_000,
  personIdle: 3_000,
  person: 600_000,
  popupEvery: 1_500,
  unknown: 4_000,
  cancelStop: 8_000,
};

const counts = new Set<keyof Deadlines>(['tileTries', 'confirmRounds']);
/** Rhythms that patience must not slow down. */
const rhythms = new Set<keyof Deadlines>([
  'tileEvery',
  'dialogEvery',
  'confirmEvery',
  'popupEvery',
  'stable',
  'personIdle',
]);

/** Deadlines for a draft of this length; `patience` stretches the waiting, not the rhythm. */
export function deadlinesFor(durationUs: number, patience: number): Deadlines {
  const durationMs = durationUs / 1000;
  const fitted: Deadlines = {
    ...usual,
    // Long drafts load longer: one minute more for every ten minutes of video, up to five.
    dialog: usual.dialog + Math.min(300_000, durationMs / 10),
    total: Math.max(usual.total, durationMs * 10),
  };
  return Object.fromEntries(
    Object.entries(fitted).map(([name, value]) => {
      const key = name as keyof Deadlines;
      return [key, counts.has(key) || rhythms.has(key) ? value : value * patience];
    }),
  ) as unknown as Deadlines;
}
