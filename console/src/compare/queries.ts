// SPDX-License-Identifier: Apache-2.0
import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client';
import type { PharosEvent } from '../api/types';

/** What one answer may hold. */
const PAGE = 1_000;
/** Of a device that tells much, ten thousand events are read, and what is older is said to be. */
const PAGES = 10;

export interface Told {
  /** the newest first */
  events: PharosEvent[];
  /** whether they reach back to the moment */
  whole: boolean;
}

/** The events of a device back to a moment, and of what changed since the values before, as far as they are kept. */
export const toldSinceQuery = (id: string, at: number) =>
  queryOptions({
    queryKey: ['told', id, at],
    staleTime: 10_000,
    queryFn: async ({ signal }): Promise<Told> => {
      const events: PharosEvent[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < PAGES; page++) {
        const { items, nextCursor } = await answer(
          api.GET('/api/v1/devices/{id}/events', {
            params: { path: { id }, query: { limit: PAGE, cursor } },
            signal,
          }),
        );
        events.push(...items);
        if (!nextCursor) return { events, whole: true };
        cursor = nextCursor;
      }
      const oldest = events.at(-1);
      return { events, whole: oldest !== undefined && Date.parse(oldest.time) <= at };
    },
  });
