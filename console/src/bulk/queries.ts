// SPDX-License-Identifier: Apache-2.0
import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client';

/** Nobody announces a report: it is looked at again while the page shows it. */
const LOOK_MS = 15_000;

/** The reports that a device makes, as it says now, and what came here of them. */
export const bulkQuery = (id: string) =>
  queryOptions({
    queryKey: ['bulk', id],
    staleTime: 5_000,
    refetchInterval: LOOK_MS,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/devices/{id}/bulk', { params: { path: { id } }, signal })),
  });

/** What the collector has taken and refused, of all devices. */
export const collectorQuery = queryOptions({
  queryKey: ['bulk'],
  staleTime: 5_000,
  refetchInterval: LOOK_MS,
  queryFn: ({ signal }) => answer(api.GET('/api/v1/bulk', { signal })),
});
