// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { eventsQuery } from '../api/queries';
import { liveStream } from '../api/stream';
import type { PharosEvent } from '../api/types';

/** Live events kept on the page; older ones are in the history, which the server keeps. */
const LIVE_AT_MOST = 2_000;

/** Newest first, each event once, by its sequence number. */
export function joinEvents(live: PharosEvent[], history: PharosEvent[]): PharosEvent[] {
  const bySeq = new Map<number, PharosEvent>();
  for (const event of [...history, ...live]) bySeq.set(event.seq, event);
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq);
}

/** History and what comes in, as one list. While paused the list stands still and what waits is counted. */
export function useEventFeed(device: string | undefined) {
  const history = useInfiniteQuery(eventsQuery(device));
  const [live, setLive] = useState<PharosEvent[]>([]);
  const [pausedAt, setPausedAt] = useState<number>();
  useEffect(() => {
    setLive([]);
    return liveStream.onBatch(({ events }) => {
      const own = device === undefined ? events : events.filter((event) => event.device === device);
      if (own.length > 0) setLive((old) => joinEvents(own, old).slice(0, LIVE_AT_MOST));
    });
  }, [device]);
  const all = useMemo(
    () => joinEvents(live, history.data?.pages.flatMap((page) => page.items) ?? []),
    [live, history.data],
  );
  const events = pausedAt === undefined ? all : all.filter((event) => event.seq <= pausedAt);
  return {
    history,
    events,
    waiting: all.length - events.length,
    paused: pausedAt !== undefined,
    pause: () => setPausedAt(all[0]?.seq ?? 0),
    resume: () => setPausedAt(undefined),
  };
}
