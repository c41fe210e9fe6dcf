// SPDX-License-Identifier: Apache-2.0
import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from './generated';
import { ApiError } from './problem';
import type { Problem } from './types';

let csrf = '';
let onSignedOut: () => void = () => {};

/** The session's token against forged requests: every change carries it. */
export function rememberCsrf(token: string): void {
  csrf = token;
}

/** What a change carries that does not go through `api`. */
export const csrfHeaders = (): Record<string, string> => (csrf ? { 'X-CSRF-Token': csrf } : {});

/** Called once whenever an answer says that the session has ended. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

const guard: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET' && csrf) request.headers.set('X-CSRF-Token', csrf);
    return request;
  },
  async onResponse({ response, schemaPath }) {
    if (response.ok) return undefined;
    if (response.status === 401 && schemaPath !== '/api/v1/session') onSignedOut();
    throw new ApiError(response.status, await problemOf(response));
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
