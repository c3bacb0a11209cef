/** What was made for things on screen, kept as long as every frame uses it. */
export class Kept<Made extends object> {
  private before = new Map<object, Made>();
  private now = new Map<object, Made>();
  private readonly drop: (made: Made) => void;

  /** @param drop ends what is used no more */
  constructor(drop: (made: Made) => void) {
    this.drop = drop;
  }

  /** What the last frame used for a thing. */
  last(slot: object): Made | undefined {
    return this.before.get(slot);
  }

  /** Says what this frame uses for it. */
  use(slot: object, made: Made): void {
    this.now.set(slot, made);
  }

  frameDone(): void {
    for (const [slot, made] of this.before) if (this.now.get(slot) !== made) this.drop(made);
    this.before = this.now;
    this.now = new Map();
  }
}
