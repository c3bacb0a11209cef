import type { Task } from '../../main/shared/task.ts';
import { bytes } from './bytes.ts';

/** What a stage says of its work, in digits: `12/40 · 48 MB/120 MB · 3.1 MB/s`, `1.8×`. Empty when it says nothing. */
export function detailText(detail: Task['detail']): string {
  if (detail === null) return '';
  const parts: string[] = [];
  const { done, total, bytes: got, totalBytes, bytesPerSecond, speed } = detail;
  if (done !== undefined && total !== undefined && total > 1) parts.push(`${done}/${total}`);
  if (got !== undefined && totalBytes !== undefined && totalBytes > 0)
    parts.push(`${bytes(got)} / ${bytes(totalBytes)}`);
  if (bytesPerSecond !== undefined && bytesPerSecond > 0) parts.push(`${bytes(bytesPerSecond)}/s`);
  if (speed !== undefined && speed > 0) parts.push(`${speed < 10 ? speed.toFixed(1) : Math.round(speed)}×`);
  return parts.join(' · ');
}
