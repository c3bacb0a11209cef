/** Something the reader met and mended, so that the inspection can tell it. */
export interface ReadProblem {
  readonly kind: ReadProblemKind;
  /** Track type, property, name ...: what it happened to. */
  readonly subject: string;
  readonly count: number;
  /** Timeline time of the first place, µs; null when it has none. */
  readonly firstAtUs: number | null;
}

export type ReadProblemKind =
  /** A segment's `material_id` leads nowhere. */
  | 'material_dangling'
  /** An id in `extra_material_refs` leads nowhere; common and harmless. */
  | 'reference_dangling'
  /** `speed` <= 0 or no number. */
  | 'speed_invalid'
  /** Source range and target x speed disagree by more than a frame. */
  | 'source_range_mismatch'
  /** No, negative or absurdly long target range: the segment is left out. */
  | 'segment_without_time'
  | 'canvas_missing'
  | 'fps_invalid'
  /** A transform, scale, volume or keyframe far beyond what the application writes. */
  | 'value_far_outside'
  /** Keyframes of a property that the model does not have. */
  | 'keyframe_unknown'
  /** A style's range does not fit its text. */
  | 'text_range_invalid'
  /** Text content that starts as JSON and is none. */
  | 'text_content_broken'
  /** Text filled with a picture: drawn in plain colour. */
  | 'text_texture'
  | 'track_unknown'
  | 'compound_too_deep';

/** Notes a problem of one segment; the subject is its track's type unless told. */
export type Tell = (kind: ReadProblemKind, subject?: string) => void;

/** Collects problems, equal ones counted; bounded, whatever the file holds. */
export class ProblemLog {
  readonly #found = new Map<
    string,
    { kind: ReadProblemKind; subject: string; count: number; firstAtUs: number | null }
  >();

  add(kind: ReadProblemKind, subject: string, atUs: number | null = null): void {
    const known = this.#found.get(`${kind} ${subject}`);
    if (known !== undefined) known.count += 1;
    else if (this.#found.size < 500)
      this.#found.set(`${kind} ${subject}`, { kind, subject: subject.slice(0, 120), count: 1, firstAtUs: atUs });
  }

  list(): readonly ReadProblem[] {
    return [...this.#found.values()];
  }
}
