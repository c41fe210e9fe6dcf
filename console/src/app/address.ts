// SPDX-License-Identifier: Apache-2.0

/** The token of a sign-in link, `/#token=…`: a fragment, so that it reaches no server log. */
export function tokenIn(fragment: string): string | undefined {
  return new URLSearchParams(fragment.replace(/^#/, '')).get('token') || undefined;
}

/** Takes the token out of the address, so that neither history nor a shared link keeps it. */
export function takeTokenFromAddress(): string | undefined {
  const token = tokenIn(window.location.hash);
  if (token) window.history.replaceState(null, '', window.location.pathname + window.location.search);
  return token;
}
