// SPDX-License-Identifier: Apache-2.0

export const DEVICE_TABS = [
  'overview',
  'model',
  'diagnostics',
  'history',
  'timeline',
  'events',
  'wire',
  'files',
  'subscriptions',
  'rights',
  'wanted',
  'compare',
  'replace',
] as const;
export type DeviceTab = (typeof DEVICE_TABS)[number];

export interface DeviceSearch {
  tab?: DeviceTab;
  /** the kinds of things that the timeline shows, between commas; all where it is left out */
  kinds?: string;
  /** the data model opens here */
  path?: string;
  /** the measurement that is open */
  run?: number;
  /** the seconds up to now that the history shows */
  last?: number;
  /** or from when, and until when, in seconds */
  from?: number;
  to?: number;
  /** the device that it is compared with, or that takes its place */
  with?: string;
  /** or the moment, in seconds */
  at?: number;
}

export type SpanSearch = Pick<DeviceSearch, 'last' | 'from' | 'to'>;

/** A span that makes sense; none else. */
export function readSpan(search: Record<string, unknown>): SpanSearch {
  const [last, from, to] = [search.last, search.from, search.to].map(Number) as [number, number, number];
  if (Number.isFinite(from) && Number.isFinite(to) && 0 < from && from < to) return { from, to };
  return Number.isFinite(last) && last > 0 ? { last } : {};
}

export function readDeviceSearch(search: Record<string, unknown>): DeviceSearch {
  const tab = DEVICE_TABS.find((known) => known === search.tab);
  const [run, at] = [Number(search.run), Number(search.at)];
  return {
    ...(tab && { tab }),
    ...(typeof search.kinds === 'string' && search.kinds && { kinds: search.kinds }),
    ...(typeof search.path === 'string' && search.path && { path: search.path }),
    ...(Number.isSafeInteger(run) && run > 0 && { run }),
    ...readSpan(search),
    ...(search.with !== undefined && search.with !== '' && { with: String(search.with) }),
    ...(Number.isSafeInteger(at) && at > 0 && { at }),
  };
}
