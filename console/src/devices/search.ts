// SPDX-License-Identifier: Apache-2.0

export const SHOWN = ['all', 'online', 'offline'] as const;
export type Shown = (typeof SHOWN)[number];
export const SORTS = ['id', '-id', 'lastSeen', '-lastSeen', 'modelName', '-modelName'] as const;
export type Sort = (typeof SORTS)[number];
export const DEFAULT_SORT: Sort = '-lastSeen';

export interface DevicesSearch {
  q?: string;
  show?: Shown;
  sort?: Sort;
}

export function readDevicesSearch(search: Record<string, unknown>): DevicesSearch {
  const show = SHOWN.find((known) => known === search.show);
  const sort = SORTS.find((known) => known === search.sort);
  // the router reads a bare number in the address as a number, and a serial number may be one
  const q = search.q === undefined ? '' : String(search.q);
  return { ...(q && { q }), ...(show && show !== 'all' && { show }), ...(sort && sort !== DEFAULT_SORT && { sort }) };
}

/** What the server is asked for: the query that was typed, and the state as one more condition. */
export function serverQuery({ q, show }: DevicesSearch): string {
  const state = show === 'online' ? 'online:true' : show === 'offline' ? 'online:false' : '';
  const typed = q?.trim() ?? '';
  return typed && state ? `(${typed}) ${state}` : typed || state;
}
