// SPDX-License-Identifier: Apache-2.0

export const DEVICE_TABS = ['overview', 'model', 'events', 'wire', 'subscriptions', 'wanted'] as const;
export type DeviceTab = (typeof DEVICE_TABS)[number];

export interface DeviceSearch {
  tab?: DeviceTab;
  /** the data model opens here */
  path?: string;
}

export function readDeviceSearch(search: Record<string, unknown>): DeviceSearch {
  const tab = DEVICE_TABS.find((known) => known === search.tab);
  return { ...(tab && { tab }), ...(typeof search.path === 'string' && search.path && { path: search.path }) };
}
