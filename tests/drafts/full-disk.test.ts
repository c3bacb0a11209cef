import os from 'node:os';
import { describe, expect, it } from 'vitest';
import { withDiskNamed } from '../../main/drafts/full-disk.ts';
import { StationError } from '../../main/shared/errors/index.ts';

const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });

describe('a full disk', () => {
  it.each([full, StationError.from(full), Object.assign(new Error('quota'), { code: 'EDQUOT' })])(
    'is named to the operator, wherever it shows (%s)',
    async (error) => {
      const named = await withDiskNamed(error, os.tmpdir(), 2);
      expect(named).toMatchObject({
        code: 'DISK_SHORT',
        class: 'operator',
        params: { folder: os.tmpdir(), freeGb: expect.stringMatching(/^\d+\.\d$/) },
      });
    },
  );

  it('asks for what the operator wants to keep free, and for more where as much did not do', async () => {
    const asked = async (leastGb: number) => {
      const named = await withDiskNamed(full, os.tmpdir(), leastGb);
      if (!(named instanceof StationError)) throw new Error(String(named));
      return [Number(named.params.neededGb), Number(named.params.freeGb)] as const;
    };
    expect((await asked(1e6))[0]).toBe(1e6);
    const [needed, free] = await asked(0);
    expect(needed).toBeGreaterThan(free);
  });

  it('is not blamed for anything else', async () => {
    for (const error of [new Error('other'), 'text', new StationError('DRAFT_ENCRYPTED')]) {
      expect(await withDiskNamed(error, os.tmpdir(), 2)).toBe(error);
    }
  });
});
