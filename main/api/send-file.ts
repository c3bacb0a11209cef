import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Response } from 'express';

/**
 * Sends a file with byte ranges, HEAD, conditional requests and a strong validator: download managers resume only with
 * one, and files of the station never change under their name.
 * @param file absolute path that the station named, never one that a caller made up
 * @returns false when there is no such file (any more)
 */
export async function sendFile(response: Response, file: string, headers: Record<string, string>): Promise<boolean> {
  const facts = await stat(file).catch(() => null);
  if (facts === null || !facts.isFile()) return false;
  response.setHeader('ETag', `"${facts.size.toString(16)}-${Math.round(facts.mtimeMs).toString(16)}"`);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  await new Promise<void>((resolve, reject) => {
    response.sendFile(
      path.basename(file),
      { root: path.dirname(file), dotfiles: 'allow', cacheControl: false, acceptRanges: true },
      (error?: Error & { code?: string }) => {
        // A player that has seen enough hangs up: not an error of anybody.
        if (error && error.code !== 'ECONNABORTED' && error.code !== 'EPIPE') reject(error);
        else resolve();
      },
    );
  });
  return true;
}

/** `Content-Disposition` that saves the file under this name, which may be Chinese. */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const full = encodeURIComponent(name).replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${full}`;
}
