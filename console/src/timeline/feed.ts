// SPDX-License-Identifier: Apache-2.0
import { infiniteQueryOptions, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { answer, api } from '../api/client';
import { liveStream } from '../api/stream';
import type { TimelineKind } from '../api/types';
import { isApart, joined } from './model';

const PER_PAGE = 100;
/** Nobody announces jobs, edits and diagnostics of a device. */
const NEWEST_MS = 4_000;
/** What is announced is asked for at once, but not for each of a thousand. */
const ANNOUNCED_MS = 800;

async function page(device: string, kinds: string, cursor: string, signal: AbortSignal) {
  const query = { kinds: kinds || undefined, limit: PER_PAGE, cursor: cursor || undefined };
  return answer(api.GET('/api/v1/devices/{id}/timeline', { params: { path: { id: device }, query }, signal }));
}

const historyQuery = (device: string, kinds: string) =>
  infiniteQueryOptions({
    queryKey: ['timeline', device, kinds],
    staleTime: 0,
    gcTime: 0,
    initialPageParam: '',
    refetchOnWindowFocus: false,
    queryFn: ({ pageParam, signal }) => page(device, kinds, pageParam, signal),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** What was, by pages, and what happens meanwhile, as one list. */
export function useTimeline(device: string, chosen: TimelineKind[]) {
  const kinds = chosen.join(',');
  const client = useQueryClient();
  const history = useInfiniteQuery(historyQuery(device, kinds));
  const newest = useQuery({
    queryKey: ['timeline', 'newest', device, kinds],
    gcTime: 0,
    enabled: history.isSuccess,
    refetchInterval: NEWEST_MS,
    queryFn: ({ signal }) => page(device, kinds, '', signal),
  });
  const known = useMemo(() => history.data?.pages.flatMap((each) => each.items) ?? [], [history.data]);
  const apart = newest.data !== undefined && isApart(newest.data, known);
  useEffect(() => {
    if (apart) void client.invalidateQueries({ queryKey: ['timeline', device, kinds] });
  }, [apart, client, device, kinds]);
  useEffect(() => {
    let due: ReturnType<typeof setTimeout> | undefined;
    const leave = liveStream.onBatch(({ events }) => {
      if (due !== undefined || !events.some((event) => event.device === device)) return;
      due = setTimeout(() => {
        due = undefined;
        void client.invalidateQueries({ queryKey: ['timeline', 'newest', device, kinds] });
      }, ANNOUNCED_MS);
    });
    return () => {
      leave();
      clearTimeout(due);
    };
  }, [client, device, kinds]);
  const entries = useMemo(() => joined(known, apart ? [] : (newest.data?.items ?? [])), [known, apart, newest.data]);
  return { history, newest, entries };
}
