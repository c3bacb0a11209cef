/** Something with several users, whose memory is given back when the last of them lets it go. */
export abstract class Shared {
  /** Its maker is its first user. */
  private users = 1;

  hold(): this {
    this.users += 1;
    return this;
  }

  release(): void {
    this.users -= 1;
    if (this.users === 0) this.free();
  }

  /** Called once. */
  protected abstract free(): void;
}
