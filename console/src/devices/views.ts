// SPDX-License-Identifier: Apache-2.0
// Views: the table of devices as somebody wants it, under a name. The address holds all of it, so that it can be shared.
import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client';
import type { SavedView } from '../api/types';
import { columnsIn, columnsText, DEFAULT_SORT, type DevicesSearch, readDevicesSearch } from './search';

export const viewsQuery = queryOptions({
  queryKey: ['views'],
  staleTime: 10_000,
  queryFn: ({ signal }) => answer(api.GET('/api/v1/session/views', { signal })),
});

export type ViewContent = Pick<SavedView, 'query' | 'show' | 'sort' | 'columns' | 'by'>;

/** What the address shows, as a view keeps it. */
export function contentOf({ q, show, sort, columns, by }: DevicesSearch): ViewContent {
  return {
    query: q?.trim() ?? '',
    show: show ?? 'all',
    sort: sort ?? DEFAULT_SORT,
    columns: columns ? [...columnsIn(columns)] : [],
    by: by ?? '',
  };
}

/** The address that shows a view. */
export function searchOf({ query, show, sort, columns, by }: ViewContent): DevicesSearch {
  const shown = columns.length > 0 ? columnsText(columns) : undefined;
  return readDevicesSearch({ ...(query && { q: query }), show, sort, by, ...(shown && { columns: shown }) });
}

/** Whether the address shows this view. */
export const isShown = (view: ViewContent, search: DevicesSearch): boolean =>
  JSON.stringify(contentOf(searchOf(view))) === JSON.stringify(contentOf(search));

/** What a view is, in a line. */
export function viewWords(view: ViewContent): string {
  const devices = view.show === 'all' ? 'all devices' : `those ${view.show}`;
  return [
    view.query ? `${view.query}${view.show === 'all' ? '' : `, ${view.show}`}` : devices,
    view.columns.length > 0 && `${view.columns.length} columns`,
    view.by && `counted by ${view.by}`,
  ]
    .filter(Boolean)
    .join(' · ');
}
