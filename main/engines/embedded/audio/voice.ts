/** Makes the samples of one clip in order: each call continues where the last one ended. */
export interface Voice {
  next(count: number, left: Float32Array, right: Float32Array): void;
}
