// SPDX-License-Identifier: Apache-2.0
import { ActionIcon, Autocomplete, Button, Menu, SegmentedControl, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { answer, api } from '../api/client';
import { twinQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { TwinItem } from '../api/types';
import { clock } from '../format/time';
import { Icon } from '../ui/Icon';
import { notifyDone, notifyError } from '../ui/notify';
import { Trouble } from '../ui/Trouble';
import { KeptChart } from './KeptChart';
import { between, keptHere, moved, type Span, widened } from './model';
import { keptSeriesQuery } from './queries';
import './history.css';
import { CopySent, CopySub } from '../ui/CopyAs';

const SPANS = [
  { label: '1 h', value: '3600' },
  { label: '6 h', value: '21600' },
  { label: '24 h', value: '86400' },
  { label: '7 d', value: '604800' },
  { label: '30 d', value: '2592000' },
  { label: '90 d', value: '7776000' },
];
const USUAL: Span = { last: 86_400 };
const now = () => Date.now() / 1000;

/** What parameters of the device were: those that are kept, over a span that can be moved and looked at closer. */
export function HistoryTab({ id }: { id: string }) {
  const kept = useQuery(keptSeriesQuery);
  const twin = useQuery(twinQuery(id));
  const mayFleet = useMay('fleet');
  const { from, to, last } = useSearch({ from: '/devices/$id' });
  const navigate = useNavigate({ from: '/devices/$id' });
  const span: Span = useMemo(
    () => (from !== undefined && to !== undefined ? { from, to } : last !== undefined ? { last } : USUAL),
    [from, to, last],
  );
  const show = (next: Span) => navigate({ search: { tab: 'history', ...next }, resetScroll: false });
  const here = useMemo(
    () =>
      keptHere(
        (kept.data?.items ?? []).map((item) => item.path),
        twin.data?.items ?? [],
      ),
    [kept.data, twin.data],
  );
  if (kept.isError) return <Trouble error={kept.error} retry={() => kept.refetch()} />;
  if (twin.isError) return <Trouble error={twin.error} retry={() => twin.refetch()} />;
  if (kept.isPending || twin.isPending) return <Skeleton height={240} radius="lg" mt="md" />;
  const shown = here.filter((each) => each.paths.length > 0);
  const absent = here.length - shown.length;
  return (
    <div className="history">
      {shown.length > 0 && <Time span={span} show={show} />}
      {mayFleet && <Keep items={twin.data.items} />}
      {shown.length === 0 && (
        <div className="surface dim" style={{ padding: 30, textAlign: 'center' }}>
          Of this device no values are kept yet: name a parameter, and from then on each change of it is, of every
          device.
        </div>
      )}
      {shown.map((each) => (
        <KeptChart
          key={each.pattern}
          id={id}
          kept={each}
          span={span}
          onSpan={(begin, end) => show(between(begin, end))}
        >
          {mayFleet && <Forget pattern={each.pattern} />}
        </KeptChart>
      ))}
      {absent > 0 && (
        <p className="dim">
          {`${absent} more ${absent === 1 ? 'parameter is' : 'parameters are'} kept that this device does not have.`}
        </p>
      )}
    </div>
  );
}

function Time({ span, show }: { span: Span; show: (next: Span) => void }) {
  const zoomed = !('last' in span) || !SPANS.some(({ value }) => Number(value) === span.last);
  return (
    <div className="timebar" role="group" aria-label="The time that is shown">
      <SegmentedControl
        size="xs"
        aria-label="Up to now"
        data={SPANS}
        value={'last' in span ? String(span.last) : ''}
        onChange={(value) => show({ last: Number(value) })}
      />
      <ActionIcon variant="default" aria-label="Earlier" onClick={() => show(moved(span, now(), -1))}>
        <Icon name="left" size={15} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label="Later"
        disabled={'last' in span}
        onClick={() => show(moved(span, now(), 1))}
      >
        <Icon name="right" size={15} />
      </ActionIcon>
      <Button variant="default" size="compact-sm" onClick={() => show(widened(span, now()))}>
        Zoom out
      </Button>
      <span className="dim" role="status">
        {zoomed && !('last' in span)
          ? `${clock(new Date(span.from * 1000).toISOString())} to ${clock(new Date(span.to * 1000).toISOString())}`
          : 'Draw over a part of a chart to look closer.'}
      </span>
    </div>
  );
}

/** The rows of a table are kept together: `*` stands for each. */
const everyRow = (path: string): string => path.replaceAll(/\.\d+(?=\.)/g, '.*');

function Keep({ items }: { items: TwinItem[] }) {
  const client = useQueryClient();
  const [path, setPath] = useState('');
  const offered = useMemo(
    () => [...new Set(items.filter((item) => !item.secured).map((item) => everyRow(item.path)))].sort(),
    [items],
  );
  const send = (wanted: string) => answer(api.PUT('/api/v1/series/{path}', { params: { path: { path: wanted } } }));
  const keep = useMutation({
    mutationFn: send,
    onSuccess: async (made) => {
      notifyDone(`${made.path} is kept of every device from now on`);
      setPath('');
      await client.invalidateQueries({ queryKey: keptSeriesQuery.queryKey });
    },
    onError: notifyError,
  });
  return (
    <form
      className="keepform"
      onSubmit={(event) => {
        event.preventDefault();
        if (path.trim()) keep.mutate(path.trim());
      }}
    >
      <Autocomplete
        label="Keep what another parameter was"
        placeholder="Device.WiFi.Radio.*.Stats.Noise"
        data={offered}
        limit={12}
        value={path}
        onChange={setPath}
        maxLength={256}
        classNames={{ input: 'mono' }}
      />
      <Button type="submit" variant="light" loading={keep.isPending} disabled={!path.trim()}>
        Keep
      </Button>
      {path.trim() && <CopySent send={() => send(path.trim())} />}
    </form>
  );
}

function Forget({ pattern }: { pattern: string }) {
  const client = useQueryClient();
  const send = () => api.DELETE('/api/v1/series/{path}', { params: { path: { path: pattern } } });
  const forget = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      notifyDone(`${pattern} is kept no longer. What is there stays until it is old: keep it again to see it.`);
      await client.invalidateQueries({ queryKey: keptSeriesQuery.queryKey });
    },
    onError: notifyError,
  });
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" aria-label={`More of ${pattern}`}>
          <Icon name="more" size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item color="red" onClick={() => forget.mutate()}>
          Keep it no longer, of any device
        </Menu.Item>
        <Menu.Divider />
        <CopySub moves={[{ label: 'Keep it no longer', send }]} />
      </Menu.Dropdown>
    </Menu>
  );
}
