import type { Settings } from '../shared/settings.ts';

/**
 * What the station's own pages may load: own scripts only; antd writes style elements; covers and previews may be blobs
 * of the page itself; videos may also lie where the settings publish them.
 */
export function contentPolicy(settings: Settings): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "connect-src 'self'",
    "img-src 'self' blob: data:",
    ["media-src 'self' blob: data:", ...publishedAt(settings)].join(' '),
    "font-src 'self' data:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Origins of finished videos besides the station itself. */
function publishedAt({ publicBaseUrl, s3 }: Settings): string[] {
  const bases = [publicBaseUrl, ...(s3.enabled ? [s3.publicBase, s3.endpoint] : [])];
  const urls = bases.map((base) => URL.parse(base)).filter((url) => url !== null);
  // A bucket is a path of the endpoint or a name in front of it.
  const buckets = s3.enabled && s3.publicBase === '' ? urls.map((url) => `${url.protocol}//*.${url.host}`) : [];
  return [...new Set([...urls.map((url) => url.origin), ...buckets])];
}
