import { expect, test } from 'vitest';
import { type CoverageRow, merged } from '../../scripts/draft-coverage.ts';

test('coverage adds up spellings of one name, under the first', () => {
  const font = (name: string, count: number): CoverageRow => ({ kind: 'font', name, fidelity: 'approximated', count });
  expect(merged([font('Arial', 1), font('Poppins', 2), font('arial', 4)])).toEqual([
    font('Arial', 5),
    font('Poppins', 2),
  ]);
});
