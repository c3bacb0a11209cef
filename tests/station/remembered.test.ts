import { expect, it } from 'vitest';
import { Remembered } from '../../main/remembered.ts';

it('an answer is shared until it is old or something has changed', async () => {
  let now = 0;
  let asked = 0;
  const answer = new Remembered(
    async () => ++asked,
    1000,
    () => now,
  );
  expect(await Promise.all([answer.get(), answer.get()])).toEqual([1, 1]);
  now = 1000;
  expect(await answer.get()).toBe(1);
  now = 1001;
  expect(await answer.get()).toBe(2);
  answer.forget();
  expect(await answer.get()).toBe(3);
});
