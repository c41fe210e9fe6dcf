// SPDX-License-Identifier: Apache-2.0
import { queryOptions } from '@tanstack/react-query';
import { answer, api } from './client';

/** Firmware images, the newest first; with a device, only those that are meant for it. */
export const imagesQuery = (device?: string) =>
  queryOptions({
    queryKey: ['firmware', device ?? ''],
    staleTime: 5_000,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/firmware', { params: { query: { device } }, signal })),
  });

export const imageQuery = (id: number) =>
  queryOptions({
    queryKey: ['firmware', 'image', id],
    staleTime: 5_000,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/firmware/{id}', { params: { path: { id } }, signal })),
  });

/** Software modules of the catalogue, the newest first. */
export const modulesQuery = () =>
  queryOptions({
    queryKey: ['modules'],
    staleTime: 5_000,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/modules', { signal })),
  });
