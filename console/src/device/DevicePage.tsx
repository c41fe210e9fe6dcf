// SPDX-License-Identifier: Apache-2.0
import { Button, Skeleton, Tabs, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { answer, api } from '../api/client';
import { useFollowDevice } from '../api/live';
import { ApiError } from '../api/problem';
import { alarmsQuery, deviceQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { Device, EventKind } from '../api/types';
import type { DeviceTab } from '../app/search';
import { useLiveValues } from '../datamodel/actions';
import type { Edits } from '../datamodel/edits';
import { DeviceState, TrustTags } from '../devices/DeviceState';
import { count } from '../format/time';
import { CopyEach } from '../ui/CopyAs';
import { later } from '../ui/later';
import { notifyError } from '../ui/notify';
import { Trouble } from '../ui/Trouble';
import { Within } from '../ui/Within';
import { OverviewTab } from './OverviewTab';
import { stateSentence } from './sentence';

/** Nobody announces that a device was forgotten. */
const STILL_THERE_MS = 5_000;

const DataModelTab = later(() => import('../datamodel/DataModelTab'), 'DataModelTab');
const DiagnosticsTab = later(() => import('../diagnostics/DiagnosticsTab'), 'DiagnosticsTab');
const HistoryTab = later(() => import('../history/HistoryTab'), 'HistoryTab');
const TimelineTab = later(() => import('../timeline/TimelineTab'), 'TimelineTab');
const EventFeed = later(() => import('../events/EventFeed'), 'EventFeed');
const WireFeed = later(() => import('../wire/WireFeed'), 'WireFeed');
const FilesTab = later(() => import('../files/FilesTab'), 'FilesTab');
const SubscriptionsTab = later(() => import('./SubscriptionsTab'), 'SubscriptionsTab');
const RightsTab = later(() => import('../rights/RightsTab'), 'RightsTab');
const CompareTab = later(() => import('../compare/CompareTab'), 'CompareTab');
const SwapTab = later(() => import('../swap/SwapTab'), 'SwapTab');
const WantedTab = later(() => import('../profiles/WantedTab'), 'WantedTab');

export function DevicePage() {
  const { id } = useParams({ from: '/devices/$id' });
  return <DeviceRoom key={id} id={id} />;
}

function DeviceRoom({ id }: { id: string }) {
  // here, so that a look at another tab loses no staged change
  const [edits, setEdits] = useState<Edits>(new Map());
  const { tab = 'overview' } = useSearch({ from: '/devices/$id' });
  const navigate = useNavigate({ from: '/devices/$id' });
  const mayChange = useMay('change');
  useDocumentTitle(`${id} · Pharos`);
  useFollowDevice(id);
  useLiveValues(id);
  const device = useQuery({ ...deviceQuery(id), refetchInterval: STILL_THERE_MS });
  const now = device.data?.id;
  useEffect(() => {
    // a name from before two records became one
    if (now && now !== id) void navigate({ params: { id: now }, search: true, replace: true });
  }, [id, navigate, now]);
  const forgotten = device.data && device.error instanceof ApiError && device.error.status === 404;
  return (
    <Within room="Devices" back={{ to: '/devices' }}>
      {device.isPending && <Skeleton height={70} mt="sm" radius="md" />}
      {forgotten ? (
        <p role="alert" className="warn" style={{ margin: '8px 0' }}>
          This device is no longer in the inventory: somebody had it forgotten. What stands here is what was known last.
        </p>
      ) : (
        device.isError && <Trouble error={device.error} retry={() => device.refetch()} />
      )}
      {device.data && (
        <>
          <Head device={device.data} />
          <Tabs
            value={tab}
            onChange={(next) => navigate({ search: { tab: next as DeviceTab }, resetScroll: false })}
            keepMounted={false}
            mt="md"
          >
            <Tabs.List style={{ flexWrap: 'nowrap', overflowX: 'auto', overflowY: 'hidden' }}>
              <Tabs.Tab value="overview">Overview</Tabs.Tab>
              <Tabs.Tab
                value="model"
                rightSection={
                  edits.size > 0 && (
                    <span className="tag" data-tone="warn">
                      {edits.size}
                    </span>
                  )
                }
              >
                Data model
              </Tabs.Tab>
              <Tabs.Tab value="diagnostics">Diagnostics</Tabs.Tab>
              <Tabs.Tab value="history">History</Tabs.Tab>
              <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
              <Tabs.Tab value="events">Events</Tabs.Tab>
              <Tabs.Tab value="wire">Wire</Tabs.Tab>
              <Tabs.Tab value="files">Files</Tabs.Tab>
              <Tabs.Tab value="subscriptions">Subscriptions</Tabs.Tab>
              <Tabs.Tab value="rights">Controllers</Tabs.Tab>
              <Tabs.Tab value="wanted">Wanted</Tabs.Tab>
              <Tabs.Tab value="compare">Compare</Tabs.Tab>
              {mayChange && <Tabs.Tab value="replace">Replace</Tabs.Tab>}
            </Tabs.List>
            <Panel tab="overview">
              <OverviewTab device={device.data} />
            </Panel>
            <Panel tab="model">
              <DataModelTab device={device.data} edits={edits} setEdits={setEdits} />
            </Panel>
            <Panel tab="diagnostics">
              <DiagnosticsTab device={device.data} />
            </Panel>
            <Panel tab="history">
              <HistoryTab id={id} />
            </Panel>
            <Panel tab="timeline">
              <TimelineTab id={id} />
            </Panel>
            <Panel tab="events">
              <DeviceEvents id={id} />
            </Panel>
            <Panel tab="wire">
              <WireFeed device={id} />
            </Panel>
            <Panel tab="files">
              <FilesTab device={device.data} />
            </Panel>
            <Panel tab="subscriptions">
              <SubscriptionsTab id={id} />
            </Panel>
            <Panel tab="rights">
              <RightsTab device={device.data} />
            </Panel>
            <Panel tab="wanted">
              <WantedTab id={id} />
            </Panel>
            <Panel tab="compare">
              <CompareTab id={id} />
            </Panel>
            <Panel tab="replace">
              <SwapTab id={id} />
            </Panel>
          </Tabs>
        </>
      )}
    </Within>
  );
}

function Panel({ tab, children }: { tab: DeviceTab; children: ReactNode }) {
  return (
    <Tabs.Panel value={tab}>
      <Suspense fallback={<Skeleton height={240} mt="md" radius="lg" />}>{children}</Suspense>
    </Tabs.Panel>
  );
}

function DeviceEvents({ id }: { id: string }) {
  const [kind, setKind] = useState<EventKind>();
  return <EventFeed device={id} kind={kind} onKind={setKind} />;
}

/** How many of its alarms are open, and the way to them. */
function OpenAlarms({ id }: { id: string }) {
  const alarms = useInfiniteQuery(alarmsQuery({ state: 'open', device: id }));
  const open = alarms.data?.pages[0]?.items.length ?? 0;
  if (open === 0) return null;
  return (
    <Link to="/alarms" search={{ device: id }} className="tag" data-tone="bad">
      {count(open, 'alarm')}
    </Link>
  );
}

function Head({ device }: { device: Device }) {
  const mayFleet = useMay('fleet');
  const client = useQueryClient();
  const send = () =>
    answer(api.PATCH('/api/v1/devices/{id}', { params: { path: { id: device.id } }, body: { approved: true } }));
  const approve = useMutation({
    mutationFn: send,
    onSuccess: (changed) => client.setQueryData(deviceQuery(device.id).queryKey, changed),
    onError: notifyError,
  });
  return (
    <header>
      <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '6px 14px', marginTop: 4 }}>
        <Title order={1} size={22} style={{ overflowWrap: 'anywhere' }}>
          {device.id}
        </Title>
        <DeviceState device={device} />
        <span style={{ display: 'flex', gap: 6, flexWrap: 'wrap' }}>
          <TrustTags device={device} />
          <OpenAlarms id={device.id} />
        </span>
        {!device.approved && mayFleet && (
          <span style={{ display: 'flex', alignItems: 'center', gap: 4 }}>
            <Button size="compact-sm" color="lantern.6" loading={approve.isPending} onClick={() => approve.mutate()}>
              Approve this device
            </Button>
            <CopyEach of={device.id} moves={[{ label: 'Approve', send }]} />
          </span>
        )}
      </div>
      <p className="dim" style={{ margin: '6px 0 0', fontSize: 14.5 }} role="status">
        {stateSentence(device)}
      </p>
    </header>
  );
}
