// SPDX-License-Identifier: Apache-2.0
import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client';
import type { Span } from './model';

/** Values come when they change: a chart that moves on each half minute is as good as one that follows each. */
const SERIES_MS = 30_000;

const moment = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** The parameters of which every device's values are kept. */
export const keptSeriesQuery = queryOptions({
  queryKey: ['series'],
  staleTime: 10_000,
  queryFn: ({ signal }) => answer(api.GET('/api/v1/series', { signal })),
});

/** What a parameter was: in the last so many seconds, asked for again while the page shows them, or in a span. */
export const seriesQuery = (id: string, path: string, span: Span) =>
  queryOptions({
    queryKey: ['series', id, path, span],
    staleTime: 10_000,
    refetchInterval: 'last' in span ? SERIES_MS : false,
    queryFn: ({ signal }) => {
      const now = Date.now() / 1000;
      const [from, to] = 'last' in span ? [now - span.last, undefined] : [span.from, Math.min(span.to, now)];
      const query = { path, from: moment(from), ...(to !== undefined && { to: moment(to) }) };
      return answer(api.GET('/api/v1/devices/{id}/series', { params: { path: { id }, query }, signal }));
    },
  });
