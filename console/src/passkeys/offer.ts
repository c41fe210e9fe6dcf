// SPDX-License-Identifier: Apache-2.0
import { ApiError } from '../api/problem';
import type { Session } from '../api/types';

/** A question of the server is good for five minutes: it is asked anew in time. */
export const RENEWED_MS = 4 * 60_000;

/**
 * Has the browser offer passkeys in the field of the name until one was taken, or `over` says that it is over. What goes
 * wrong in the browser ends it in silence, for nobody has asked for it; what the server says of a passkey that was shown
 * is thrown.
 */
export async function offerPasskeys(
  signIn: (offered: AbortSignal) => Promise<Session>,
  over: AbortSignal,
): Promise<Session | undefined> {
  while (!over.aborted) {
    const renewed = new AbortController();
    const stop = () => renewed.abort();
    const timer = setTimeout(stop, RENEWED_MS);
    over.addEventListener('abort', stop, { once: true });
    try {
      return await signIn(renewed.signal);
    } catch (failure) {
      if (failure instanceof ApiError && failure.status === 401) throw failure;
      if (!renewed.signal.aborted) return undefined;
    } finally {
      clearTimeout(timer);
      over.removeEventListener('abort', stop);
    }
  }
  return undefined;
}
