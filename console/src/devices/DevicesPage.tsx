// SPDX-License-Identifier: Apache-2.0
import { Button, CloseButton, SegmentedControl, Skeleton } from '@mantine/core';
import { useDebouncedValue, useDocumentTitle, useHotkeys, useMediaQuery } from '@mantine/hooks';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { ApiError, explain } from '../api/problem';
import { devicesQuery, summaryQuery } from '../api/queries';
import { useMay } from '../api/rights';
import { count } from '../format/time';
import { Icon } from '../ui/Icon';
import { later } from '../ui/later';
import { notifyDone, notifyError } from '../ui/notify';
import { Trouble } from '../ui/Trouble';
import { CountBy, Counts } from './Counts';
import { DeviceTable } from './DeviceTable';
import { GroupsButton } from './Groups';
import { QueryInput } from './QueryInput';
import { SummaryLine } from './SummaryLine';
import {
  columnsIn,
  columnsText,
  DEFAULT_SORT,
  type DevicesSearch,
  isParameter,
  narrowed,
  type Shown,
  serverQuery,
} from './search';

const ColumnsDialog = later(() => import('./ColumnsDialog'), 'ColumnsDialog');
const ViewsDialog = later(() => import('./ViewsDialog'), 'ViewsDialog');
const FirstDevice = later(() => import('../onboarding/FirstDevice'), 'FirstDevice');

export function DevicesPage() {
  useDocumentTitle('Devices · Pharos');
  const search = useSearch({ from: '/devices' });
  const navigate = useNavigate({ from: '/devices' });
  const change = (part: DevicesSearch) =>
    navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false });
  const mayFleet = useMay('fleet');
  const sort = search.sort ?? DEFAULT_SORT;
  const columns = useMemo(() => columnsIn(search.columns), [search.columns]);
  const parameters = columns.filter(isParameter);
  const devices = useInfiniteQuery({
    ...devicesQuery(serverQuery(search), sort, parameters.join(',')),
    placeholderData: (old) => old,
  });
  const summary = useQuery(summaryQuery);
  const rows = devices.data?.pages.flatMap((page) => page.items) ?? [];
  const total = devices.data?.pages[0]?.total ?? 0;
  // while a query is being typed it often is none yet
  const noQuery = devices.error instanceof ApiError && devices.error.status === 400;
  const filtered = Boolean(search.q || search.show);
  // once there was none, the guide stays while the first one comes
  const [empty, setEmpty] = useState(false);
  if (!empty && devices.data && rows.length === 0 && !filtered && !devices.isPlaceholderData) setEmpty(true);
  const [dialog, setDialog] = useState<'columns' | 'views'>();
  const compact = useMediaQuery('(max-width: 860px)', false, { getInitialValueInEffect: false });

  return (
    <div className="page">
      <h1 className="unseen">Devices</h1>
      <SummaryLine summary={summary.data} />
      <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: 10, margin: '14px 0' }}>
        <Filter
          text={search.q ?? ''}
          wrong={noQuery ? placeAndReason(devices.error) : undefined}
          onText={(q) => change({ q: q || undefined })}
        />
        <SegmentedControl
          aria-label="Which devices"
          value={search.show ?? 'all'}
          onChange={(show) => change({ show: show as Shown })}
          data={[
            { value: 'all', label: 'All' },
            { value: 'online', label: 'Online' },
            { value: 'offline', label: 'Offline' },
          ]}
        />
        <CountBy by={search.by} onBy={(by) => change({ by })} />
        <GroupsButton q={noQuery ? '' : (search.q ?? '')} onQuery={(q) => change({ q })} />
        <Button variant="default" leftSection={<Icon name="table" size={16} />} onClick={() => setDialog('columns')}>
          Columns
        </Button>
        <Button variant="default" leftSection={<Icon name="eye" size={16} />} onClick={() => setDialog('views')}>
          Views
        </Button>
        {!empty && (
          <Button
            renderRoot={(props) => <Link to="/onboard" {...props} />}
            variant="default"
            leftSection={<Icon name="plus" size={16} />}
          >
            Connect a device
          </Button>
        )}
        {total > 0 && !noQuery && mayFleet && (
          <Button
            renderRoot={(props) => <Link to="/jobs/new" search={jobSearch(serverQuery(search))} {...props} />}
            variant="default"
            leftSection={<Icon name="stack" size={16} />}
          >
            {filtered ? 'Job for these' : 'Job for all'}
          </Button>
        )}
        {total > 0 && !noQuery && <SaveButton q={serverQuery(search)} sort={sort} parameters={parameters} />}
        <span className="dim" style={{ alignSelf: 'center', fontSize: 13 }} role="status">
          {filtered && devices.data ? `${count(total, 'device')} found` : ''}
        </span>
      </div>
      {search.by && !noQuery && (
        <Counts
          q={serverQuery(search)}
          by={search.by}
          onPick={(condition) => change({ q: narrowed(search.q, condition) })}
          onClose={() => change({ by: undefined })}
        />
      )}
      <Suspense>
        {dialog === 'columns' && (
          <ColumnsDialog
            columns={columns}
            onColumns={(next) => change({ columns: columnsText(next) })}
            onClose={() => setDialog(undefined)}
          />
        )}
        {dialog === 'views' && <ViewsDialog search={search} onClose={() => setDialog(undefined)} />}
      </Suspense>
      {devices.isPending && <Loading />}
      {devices.isError && !noQuery && <Trouble error={devices.error} retry={() => devices.refetch()} />}
      {empty && (
        <Suspense fallback={<Skeleton height={320} radius="lg" />}>
          <FirstDevice arrived={rows.length > 0} onClose={() => setEmpty(false)} />
        </Suspense>
      )}
      {devices.data && rows.length === 0 && filtered && (
        <div className="surface" style={{ padding: 40, textAlign: 'center' }}>
          <p style={{ marginTop: 0 }}>No device fits this filter.</p>
          <Button variant="default" onClick={() => change({ q: undefined, show: undefined })}>
            Show all devices
          </Button>
        </div>
      )}
      {rows.length > 0 && (
        <DeviceTable
          devices={rows}
          total={total}
          columns={columns}
          sort={sort}
          compact={compact}
          onSort={(next) => change({ sort: next })}
          more={devices.hasNextPage && !devices.isFetchingNextPage ? () => devices.fetchNextPage() : undefined}
        />
      )}
    </div>
  );
}

function SaveButton({ q, sort, parameters }: { q: string; sort: string; parameters: readonly string[] }) {
  const save = useMutation({
    mutationFn: async () => (await import('./csv')).saveDevices(q, sort, parameters),
    onSuccess: ({ saved, whole }) =>
      notifyDone(`${count(saved, 'device')} saved${whole ? '' : ', and there are more'}`),
    onError: notifyError,
  });
  return (
    <Button
      variant="default"
      leftSection={<Icon name="down" size={16} />}
      loading={save.isPending}
      onClick={() => save.mutate()}
    >
      Save as CSV
    </Button>
  );
}

const jobSearch = (q: string): { q?: string } => (q ? { q } : {});

/** The field need not be named where the words stand beneath it. */
function placeAndReason(error: unknown): string {
  return explain(error).detail.replace(/^"q" is no query, at/, 'At');
}

function Filter({ text, wrong, onText }: { text: string; wrong?: string; onText: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  const [settled] = useDebouncedValue(typed, 200);
  const told = useRef(text);
  useHotkeys([['/', () => input.current?.focus()]]);
  useEffect(() => {
    if (settled === told.current) return;
    told.current = settled;
    onText(settled);
  }, [settled, onText]);
  // the address changed by itself: a link, the back button, "show all"
  useEffect(() => {
    if (text === told.current) return;
    told.current = text;
    setTyped(text);
  }, [text]);
  return (
    <QueryInput
      inputRef={input}
      style={{ flex: '1 1 260px', maxWidth: 460 }}
      aria-label="Filter devices"
      placeholder="Words, or conditions: model = X and lastSeen < 1h"
      error={wrong}
      value={typed}
      onChange={setTyped}
      onKeyDown={(event) => {
        // first what is offered goes, then the filter
        if (event.key === 'Escape' && event.currentTarget.getAttribute('aria-expanded') !== 'true') setTyped('');
      }}
      leftSection={<Icon name="search" size={16} />}
      rightSection={
        typed ? (
          <CloseButton size="sm" aria-label="Clear the filter" onClick={() => setTyped('')} />
        ) : (
          <kbd className="tag wide" title="Press / to filter">
            /
          </kbd>
        )
      }
    />
  );
}

function Loading() {
  return (
    <div className="surface" style={{ padding: 16, display: 'grid', gap: 14 }} aria-busy="true">
      <span className="unseen">Loading the devices</span>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <Skeleton key={key} height={18} />
      ))}
    </div>
  );
}
