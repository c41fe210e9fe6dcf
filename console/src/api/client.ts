// SPDX-License-Identifier: Apache-2.0
import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from './generated';
import { patiently } from './patience';
import { ApiError } from './problem';
import type { Problem } from './types';

let csrf = '';
let onSignedOut: () => boolean = () => false;
/** What asks something while nobody is signed in waits here. */
const waiting = new Set<() => void>();

/** The session's token against forged requests: every change carries it. */
export function rememberCsrf(token: string): void {
  csrf = token;
}

/** What a change carries that does not go through `api`. */
export const csrfHeaders = (): Record<string, string> => (csrf ? { 'X-CSRF-Token': csrf } : {});

/**
 * Called whenever an answer says that the session has ended. Where it says that somebody may go on after signing in
 * again, what only asks something waits for that; what changes something fails, and is sent again by a person or never.
 */
export function whenSignedOut(listener: () => boolean): void {
  onSignedOut = listener;
}

/** The same person is back: what waited is asked now. */
export function signedInAgain(): void {
  const those = [...waiting];
  waiting.clear();
  for (const go of those) go();
}

function untilSignedIn(signal: AbortSignal): Promise<void> {
  return new Promise((go, stop) => {
    waiting.add(go);
    const leave = () => {
      waiting.delete(go);
      stop(signal.reason);
    };
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
}

/** A request as it would be sent. */
export interface Seen {
  request: Request;
  /** the address with its parameters by name, as the OpenAPI document has it */
  schemaPath: string;
  params: { path?: Record<string, unknown>; query?: Record<string, unknown> };
}

let onlooker: ((seen: Seen) => void) | undefined;

/**
 * What this would send first; nothing is sent, and it ends with an error. It makes its request before it waits for
 * anything.
 */
export function seenOf(send: () => Promise<unknown>): Seen {
  const all: Seen[] = [];
  onlooker = (seen) => all.push(seen);
  try {
    // that it was not sent is no news to anybody
    send().catch(() => {});
  } finally {
    onlooker = undefined;
  }
  const [first] = all;
  if (!first) throw new Error('Nothing would be sent.');
  return first;
}

const guard: Middleware = {
  onRequest({ request, schemaPath, params }) {
    if (onlooker) {
      onlooker({ request, schemaPath, params });
      throw new Error('It was only looked at, not sent.');
    }
    if (request.method !== 'GET' && csrf) request.headers.set('X-CSRF-Token', csrf);
    return request;
  },
  async onResponse({ request, response, schemaPath }) {
    let last = response;
    while (last.status === 401 && schemaPath !== '/api/v1/session' && onSignedOut() && request.method === 'GET') {
      await untilSignedIn(request.signal);
      last = await fetch(request);
    }
    if (request.method === 'GET') last = await patiently(last, () => fetch(request));
    if (last.ok) return last;
    throw new ApiError(last.status, await problemOf(last));
  },
};

async function problemOf(response: Response): Promise<Partial<Problem>> {
  if (!response.headers.get('content-type')?.includes('json')) return {};
  try {
    return (await response.json()) as Partial<Problem>;
  } catch {
    return {};
  }
}

/** The one door to the server; its types come from the OpenAPI document. */
export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' });
api.use(guard);

/** Unwraps an answer; a failed one has already been thrown as an ApiError. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  if (data === undefined) throw new ApiError(502, { detail: 'The server sent an empty answer.' });
  return data;
}
