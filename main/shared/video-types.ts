/** Media types of the videos that are made, by the ending of their file (RFC 4337; `video/quicktime` of the IANA registry). */
export const videoTypes: ReadonlyMap<string, string> = new Map([
  ['.mp4', 'video/mp4'],
  ['.mov', 'video/quicktime'],
]);
