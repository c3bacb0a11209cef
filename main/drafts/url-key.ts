/**
 * Query parameters that only prove a right to read and change with every signing (Alibaba OSS, Tencent COS, Volcengine
 * TOS, AWS S3, Google, Azure, ByteDance images): the object is the same without them.
 */
const signatureParameter =
  /^(?:expires|signature|ossaccesskeyid|security-token|x-oss-(?:signature|signature-version|expires|date|credential|additional-headers|access-key-id|security-token)|q-(?:sign-algorithm|ak|sign-time|key-time|header-list|url-param-list|signature)|x-cos-security-token|x-tos-(?:algorithm|credential|date|expires|signedheaders|signature|security-token|policy)|x-amz-(?:algorithm|credential|date|expires|signedheaders|signature|security-token)|awsaccesskeyid|x-goog-(?:algorithm|credential|date|expires|signedheaders|signature)|x-expires|x-signature)$/i;

/** One spelling for every spelling of a web address, signatures left out. Used as identity, never fetched. */
export function urlKey(url: URL): string {
  const host = url.hostname.replace(/\.$/, '');
  const port = url.port === '' ? '' : `:${url.port}`;
  const query = [...url.searchParams]
    .filter(([name]) => !signatureParameter.test(name))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return `${url.protocol}//${host}${port}${normalEscapes(url.pathname)}${query === '' ? '' : `?${query}`}`;
}

/** Escapes of characters that need none are undone, the others get upper-case digits (RFC 3986, 6.2.2). */
function normalEscapes(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (written: string, digits: string) => {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : written.toUpperCase();
  });
}
