/** What a media file really is, as found by opening it (drafts lie about it). */
export interface MediaFacts {
  readonly kind: 'video' | 'photo' | 'gif' | 'audio';
  /** Displayed pixels, after rotation metadata and pixel aspect; 0 for audio. */
  readonly width: number;
  readonly height: number;
  /** µs; 0 for photos. */
  readonly durationUs: number;
  readonly fps: number;
  readonly hasAudio: boolean;
  readonly videoCodec: string | null;
  readonly audioCodec: string | null;
  readonly bytes: number;
}

/** What a finished video must be. */
export interface ExpectedVideo {
  readonly durationUs: number;
  readonly fps: number;
  readonly width: number;
  readonly height: number;
  readonly hasAudio: boolean;
}

/** Opens media in a child program, so that a broken file can cost nothing but that child. */
export interface MediaInspector {
  /** @throws StationError MEDIA_UNREADABLE */
  probe(file: string, signal?: AbortSignal): Promise<MediaFacts>;
  /**
   * Opens a finished video: streams, duration within one frame (within `toleranceUs` when given), decodes at both ends, not black throughout.
   * @throws StationError EXPORT_FILE_MISSING, EXPORT_FILE_BROKEN
   */
  verify(
    file: string,
    expected: ExpectedVideo,
    options?: { toleranceUs?: number; signal?: AbortSignal },
  ): Promise<MediaFacts>;
  /** Writes a small JPEG of an early, non-black frame; the longer side has `size` pixels. */
  cover(file: string, jpegFile: string, size: number): Promise<void>;
  /** Ends the child programs. */
  close(): void;
}
