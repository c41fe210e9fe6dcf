// SPDX-License-Identifier: Apache-2.0

export const DEVICE_TABS = ['overview', 'model', 'diagnostics', 'events', 'wire', 'subscriptions', 'wanted'] as const;
export type DeviceTab = (typeof DEVICE_TABS)[number];

export interface DeviceSearch {
  tab?: DeviceTab;
  /** the data model opens here */
  path?: string;
  /** the measurement that is open */
  run?: number;
}

export function readDeviceSearch(search: Record<string, unknown>): DeviceSearch {
  const tab = DEVICE_TABS.find((known) => known === search.tab);
  const run = Number(search.run);
  return {
    ...(tab && { tab }),
    ...(typeof search.path === 'string' && search.path && { path: search.path }),
    ...(Number.isSafeInteger(run) && run > 0 && { run }),
  };
}
