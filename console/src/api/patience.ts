// SPDX-License-Identifier: Apache-2.0

/** Seconds that the page waits by itself where the server asks for it; beyond that, a person reads why and decides. */
const WAITED_FOR = 5;
const TRIES = 2;

/**
 * The last answer to a request that is sent again where the server says that it was asked too often, after as long as it
 * says.
 */
export async function patiently(first: Response, again: () => Promise<Response>): Promise<Response> {
  let last = first;
  for (let tries = 0; tries < TRIES && last.status === 429; tries++) {
    const seconds = Number(last.headers.get('retry-after'));
    if (!(seconds > 0 && seconds <= WAITED_FOR)) break;
    await new Promise((go) => setTimeout(go, seconds * 1000));
    last = await again();
  }
  return last;
}
