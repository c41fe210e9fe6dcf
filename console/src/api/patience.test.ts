// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { patiently } from './patience';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const refusal = (wait?: string) => new Response(null, { status: 429, headers: wait ? { 'Retry-After': wait } : {} });

test('what the server refuses for haste is asked again when it says, twice at most', async () => {
  const good = new Response('{}', { status: 200 });
  const again = vi.fn().mockResolvedValueOnce(refusal('1')).mockResolvedValueOnce(good);
  const answered = patiently(refusal('2'), again);
  await vi.advanceTimersByTimeAsync(1_999);
  expect(again).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_001);
  expect(await answered).toBe(good);
  expect(again).toHaveBeenCalledTimes(2);

  const never = vi.fn(async () => refusal('1'));
  const refused = patiently(refusal('1'), never);
  await vi.advanceTimersByTimeAsync(5_000);
  expect((await refused).status).toBe(429);
  expect(never).toHaveBeenCalledTimes(2);
});

test.each([['60'], ['tomorrow'], ['-1'], [undefined]])('a person decides where it says %s', async (wait) => {
  const again = vi.fn();
  expect((await patiently(refusal(wait), again)).status).toBe(429);
  expect(again).not.toHaveBeenCalled();
});

test('another answer stands', async () => {
  const again = vi.fn();
  const away = new Response(null, { status: 503, headers: { 'Retry-After': '1' } });
  expect(await patiently(away, again)).toBe(away);
  expect(again).not.toHaveBeenCalled();
});
