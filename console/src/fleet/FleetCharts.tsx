// SPDX-License-Identifier: Apache-2.0
import { Button, SegmentedControl, Skeleton, Title } from '@mantine/core';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { Link, type LinkProps, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { answer, api } from '../api/client';
import type { FleetHistory } from '../api/types';
import { conditionOf } from '../devices/search';
import { clock, count } from '../format/time';
import { Chart } from '../history/Chart';
import { between, type Span } from '../history/model';
import { Trouble } from '../ui/Trouble';
import { type Counts, countsOf, isModel, startsOf, stepWords } from './model';
import '../history/history.css';
import './fleet.css';

const SPANS = [
  { label: '1 h', value: '3600' },
  { label: '24 h', value: '86400' },
  { label: '7 d', value: '604800' },
  { label: '30 d', value: '2592000' },
  { label: '90 d', value: '7776000' },
];
const USUAL: Span = { last: 86_400 };
const LOOK_AGAIN_MS = 30_000;

const moment = (seconds: number): string => new Date(seconds * 1000).toISOString();

const historyQuery = (span: Span) =>
  queryOptions({
    queryKey: ['fleet', 'history', span],
    staleTime: 10_000,
    refetchInterval: 'last' in span ? LOOK_AGAIN_MS : false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const now = Date.now() / 1000;
      const query =
        'last' in span
          ? { from: moment(now - span.last) }
          : { from: moment(span.from), to: moment(Math.min(span.to, now)) };
      return answer(api.GET('/api/v1/fleet/history', { params: { query }, signal }));
    },
  });

/** What happened to the fleet over time, each chart with the way to the list behind it. */
export function FleetCharts() {
  const { last, from, to } = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const span: Span = useMemo(
    () => (from !== undefined && to !== undefined ? { from, to } : last !== undefined ? { last } : USUAL),
    [last, from, to],
  );
  // in the address, so that others can be shown the same
  const setSpan = (next: Span) => navigate({ search: next === USUAL ? {} : next, resetScroll: false });
  const history = useQuery(historyQuery(span));
  return (
    <section aria-label="Over time" style={{ marginTop: 22 }}>
      <div className="timebar" style={{ marginBottom: 12 }}>
        <Title order={2} size={16}>
          Over time
        </Title>
        <SegmentedControl
          size="xs"
          aria-label="Up to now"
          data={SPANS}
          value={'last' in span ? String(span.last) : ''}
          onChange={(value) => setSpan({ last: Number(value) })}
        />
        {!('last' in span) && (
          <Button variant="default" size="compact-sm" onClick={() => setSpan(USUAL)}>
            Back to the last day
          </Button>
        )}
        <span className="dim" role="status">
          {'last' in span ? 'Draw over a part of a chart to look closer.' : `${at(span.from)} to ${at(span.to)}`}
        </span>
      </div>
      {history.isPending && <Skeleton height={240} radius="lg" />}
      {history.isError && <Trouble error={history.error} retry={() => history.refetch()} />}
      {history.data && <Charts history={history.data} onZoom={(from, to) => setSpan(between(from, to))} />}
    </section>
  );
}

const at = (seconds: number): string => clock(moment(seconds));

function Charts({ history, onZoom }: { history: FleetHistory; onZoom: (from: number, to: number) => void }) {
  const { moves, starts, refused, failed } = useMemo(
    () => ({
      moves: [countsOf(history, 'came', 'came online'), countsOf(history, 'lost', 'went offline')],
      starts: startsOf(history),
      refused: [countsOf(history, 'refused', 'refused')],
      failed: [countsOf(history, 'failed', 'failed')],
    }),
    [history],
  );
  const chart = { history, onZoom };
  return (
    <>
      {!history.whole && (
        <p className="warn" style={{ margin: '0 0 10px', fontSize: 14 }}>
          More happened than is counted here: the oldest part of the span is missing. A shorter one is whole.
        </p>
      )}
      <div className="fleetcharts">
        <Over {...chart} title="Devices that came and went" lines={moves} none="No device came or went.">
          <ToList to="/devices" search={{ show: 'offline' }}>
            Those that are offline now
          </ToList>
        </Over>
        <Over {...chart} title="Starts by model" lines={starts} none="No device said that it had started.">
          {starts.filter(isModel).map(({ name, total }) => (
            <ToList key={name} to="/devices" search={{ q: conditionOf('model', name) }}>
              {name}, {count(total, 'start')}
            </ToList>
          ))}
        </Over>
        <Over {...chart} title="Refused at the door" lines={refused} none="Nobody was refused.">
          <ToList to="/refused">Who, and why</ToList>
        </Over>
        <Over {...chart} title="Devices on which a job failed" lines={failed} none="No job failed on a device.">
          <ToList to="/jobs">The jobs</ToList>
        </Over>
      </div>
    </>
  );
}

function ToList({ children, ...to }: LinkProps & { children: ReactNode }) {
  return (
    <li>
      <Link {...to}>{children}</Link>
    </li>
  );
}

interface OverProps {
  title: string;
  lines: Counts[];
  /** the sentence where there is nothing to draw */
  none: string;
  history: FleetHistory;
  onZoom: (from: number, to: number) => void;
  children: ReactNode;
}

function Over({ title, lines, none, history, onZoom, children }: OverProps) {
  const total = lines.reduce((sum, line) => sum + line.total, 0);
  const words = lines.map((line) => `${line.name} ${count(line.total, 'time')}`).join(', ');
  return (
    <section className="surface fleetchart" aria-label={title}>
      <header>
        <Title order={3} size={14.5}>
          {title}
        </Title>
        {total > 0 && <span className="dim">{stepWords(history.step)}</span>}
      </header>
      {total > 0 ? (
        <Chart
          label={`${title}: ${words}`}
          lines={lines}
          from={Date.parse(history.from) / 1000}
          to={Date.parse(history.to) / 1000}
          onZoom={onZoom}
        />
      ) : (
        <p className="dim">{none}</p>
      )}
      {total > 0 && <ul className="fleetlists">{children}</ul>}
    </section>
  );
}
