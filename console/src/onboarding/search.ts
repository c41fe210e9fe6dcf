// SPDX-License-Identifier: Apache-2.0

export const KINDS = ['agent', 'simulated', 'obuspa', 'prplos'] as const;
export type Kind = (typeof KINDS)[number];

/** What the guide was told so far; what is left out is its usual value. */
export interface OnboardSearch {
  kind?: Kind;
  /** Endpoint ID of the device */
  id?: string;
  /** name of a listener */
  way?: string;
  /** where the device finds the server */
  at?: string;
  /** whether the broker asks for one */
  login?: boolean;
}

export function readOnboardSearch(search: Record<string, unknown>): OnboardSearch {
  const kind = KINDS.find((known) => known === search.kind);
  const text = (value: unknown) => (value === undefined ? '' : String(value).trim());
  const [id, way, at] = [text(search.id), text(search.way), text(search.at)];
  return {
    ...(kind && { kind }),
    ...(id && { id }),
    ...(way && { way }),
    ...(at && { at }),
    ...(typeof search.login === 'boolean' && { login: search.login }),
  };
}
