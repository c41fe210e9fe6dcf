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
  /** what the devices are counted by */
  by?: string;
}

export function readDevicesSearch(search: Record<string, unknown>): DevicesSearch {
  const show = SHOWN.find((known) => known === search.show);
  const sort = SORTS.find((known) => known === search.sort);
  // the router reads a bare number in the address as a number, and a serial number may be one
  const q = search.q === undefined ? '' : String(search.q);
  const by = typeof search.by === 'string' ? search.by.trim() : '';
  return {
    ...(q && { q }),
    ...(by && { by }),
    ...(show && show !== 'all' && { show }),
    ...(sort && sort !== DEFAULT_SORT && { sort }),
  };
}

/** What the server is asked for: the query that was typed, and the state as one more condition. */
export function serverQuery({ q, show }: DevicesSearch): string {
  const state = show === 'online' ? 'online:true' : show === 'offline' ? 'online:false' : '';
  const typed = q?.trim() ?? '';
  return typed && state ? `(${typed}) ${state}` : typed || state;
}

/** What queries know of devices without the path of a parameter, most useful first. */
export const ATTRIBUTES = [
  'model',
  'software',
  'hardware',
  'manufacturer',
  'class',
  'status',
  'transport',
  'protocol',
  'tag',
  'approved',
  'verified',
  'onboarded',
] as const;

const FLAGS = ['online', 'approved', 'verified', 'onboarded'];

/** The condition that means the devices which count at this value. */
export function conditionOf(by: string, value: string): string {
  const quoted = `"${value.replace(/[\\"]/g, '\\$&')}"`;
  const name = by.toLowerCase();
  if (FLAGS.includes(name) || name === 'status') return `${name}:${value}`;
  return name === 'tag' ? `tag:${quoted}` : `${by} = ${quoted}`;
}

/** The condition that means the numbers of one bar; the last bar has its end too. */
export function conditionOfRange(by: string, from: string, to: string, last: boolean): string {
  return `${by} >= ${from} and ${by} ${last ? '<=' : '<'} ${to}`;
}

/** The query that means who is in a group. */
export function groupCondition(name: string): string {
  return /^[\w.-]+$/.test(name) ? `group:${name}` : `group:"${name}"`;
}

/** Narrows a query; an `or` in it keeps its meaning. */
export function narrowed(q: string | undefined, condition: string): string {
  const typed = q?.trim() ?? '';
  if (!typed) return condition;
  return / or /i.test(typed) ? `(${typed}) and ${condition}` : `${typed} and ${condition}`;
}
