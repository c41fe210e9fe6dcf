// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../api/problem';
import type { Session } from '../api/types';
import { offerPasskeys, RENEWED_MS } from './offer';

const SESSION = { user: 'anna' } as Session;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** As a browser has it: nothing until the offer ends. */
const untouched = (offered: AbortSignal) =>
  new Promise<Session>((_, stop) => {
    offered.addEventListener('abort', () => stop(new Error('nothing was shown')));
  });

test('a passkey that is taken signs in', async () => {
  expect(await offerPasskeys(async () => SESSION, new AbortController().signal)).toBe(SESSION);
});

test('the question is asked anew before it is too old, and no more when it is over', async () => {
  const signIn = vi.fn(untouched);
  const over = new AbortController();
  const offer = offerPasskeys(signIn, over.signal);
  await vi.advanceTimersByTimeAsync(RENEWED_MS * 2 + 1);
  expect(signIn).toHaveBeenCalledTimes(3);
  over.abort();
  expect(await offer).toBeUndefined();
  await vi.advanceTimersByTimeAsync(RENEWED_MS * 2);
  expect(signIn).toHaveBeenCalledTimes(3);
});

test('what the browser cannot do ends it in silence, and so does a server that has no passkeys', async () => {
  for (const failure of [new Error('the browser could not do it'), new ApiError(409, {}), new ApiError(429, {})]) {
    const signIn = vi.fn(() => Promise.reject(failure));
    expect(await offerPasskeys(signIn, new AbortController().signal)).toBeUndefined();
    expect(signIn).toHaveBeenCalledTimes(1);
  }
});

test('a passkey that is refused is told', async () => {
  const refused = new ApiError(401, { detail: 'This passkey is not known here.' });
  await expect(offerPasskeys(() => Promise.reject(refused), new AbortController().signal)).rejects.toBe(refused);
});
