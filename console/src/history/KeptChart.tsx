// SPDX-License-Identifier: Apache-2.0
import { Skeleton, Switch, Table } from '@mantine/core';
import { keepPreviousData, type UseQueryResult, useQueries } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import type { Series } from '../api/types';
import { curlOf, shellQuote } from '../format/commands';
import { clock, count, exact, span as inWords } from '../format/time';
import { CopyAs } from '../ui/CopyAs';
import { Trouble } from '../ui/Trouble';
import { Chart, type Line } from './Chart';
import {
  ends,
  isCounter,
  type KeptHere,
  lineName,
  MOST_LINES,
  numbers,
  rates,
  type Span,
  short,
  summary,
} from './model';
import { seriesQuery } from './queries';

const TABLE_LINES = 200;

interface Props {
  id: string;
  kept: KeptHere;
  span: Span;
  onSpan: (from: number, to: number) => void;
  children?: ReactNode;
}

/** One kept parameter over time, a line for each of its rows; words as what they changed to. */
export function KeptChart({ id, kept, span, onSpan, children }: Props) {
  const [perSecond, setPerSecond] = useState(isCounter(kept.pattern));
  const [table, setTable] = useState(false);
  const shown = kept.paths.slice(0, MOST_LINES);
  const { series, failed } = useQueries({
    queries: shown.map((path) => ({ ...seriesQuery(id, path, span), placeholderData: keepPreviousData })),
    combine: together,
  });
  const lines = useMemo(() => linesOf(kept.pattern, series, perSecond), [kept.pattern, series, perSecond]);
  const first = shown[0];
  return (
    <section className="surface keptchart" aria-label={kept.pattern}>
      <header>
        <h2 className="mono">{kept.pattern}</h2>
        {kept.paths.length > MOST_LINES && (
          <span className="dim">{`the first ${MOST_LINES} of ${count(kept.paths.length, 'row')}`}</span>
        )}
        <span className="keptdo">
          {isCounter(kept.pattern) && (
            <Switch
              size="xs"
              label="per second"
              checked={perSecond}
              onChange={(event) => setPerSecond(event.currentTarget.checked)}
            />
          )}
          {lines && (
            <Switch
              size="xs"
              label="as a table"
              checked={table}
              onChange={(event) => setTable(event.currentTarget.checked)}
            />
          )}
          {first && <CopyAs command={commandOf(id, first, span)} />}
          {children}
        </span>
      </header>
      {failed?.error && <Trouble error={failed.error} retry={() => failed.refetch()} />}
      {!failed && series.length < shown.length && <Skeleton height={190} radius="md" />}
      {!failed && series.length === shown.length && (
        <Values pattern={kept.pattern} series={series} lines={table ? undefined : lines} onSpan={onSpan} />
      )}
    </section>
  );
}

/** The answers as far as they are there; the same ones as long as none changes. */
const together = (answers: UseQueryResult<Series>[]) => ({
  series: answers.flatMap((answer) => (answer.data ? [answer.data] : [])),
  failed: answers.find((answer) => answer.isError),
});

function commandOf(id: string, path: string, span: Span) {
  const origin = window.location.origin;
  const query = new URLSearchParams({ path });
  if (!('last' in span)) {
    query.set('from', new Date(span.from * 1000).toISOString());
    query.set('to', new Date(span.to * 1000).toISOString());
  }
  const [from, to] = ends(span, Date.now() / 1000);
  const times =
    'last' in span
      ? [`--since ${Math.round((to - from) / 60)}m`]
      : [`--since ${query.get('from')}`, `--until ${query.get('to')}`];
  return {
    pharos: ['./pharos series', shellQuote(id), shellQuote(path), ...times].join(' '),
    curl: curlOf(origin, 'GET', `/api/v1/devices/${encodeURIComponent(id)}/series?${query}`),
  };
}

interface ValuesProps {
  pattern: string;
  series: Series[];
  /** undefined where the values themselves are to be seen */
  lines: Line[] | undefined;
  onSpan: (from: number, to: number) => void;
}

function Values({ pattern, series, lines, onSpan }: ValuesProps) {
  const [one] = series;
  if (!one) return null;
  if (series.every((each) => each.points.length === 0)) {
    return (
      <p className="dim keptnote">
        Nothing was told in this span. A value is kept when it changes, and when the device reports it.
      </p>
    );
  }
  if (lines?.every(({ points }) => points.length === 0)) {
    return <p className="dim keptnote">One value was told in this span: how fast it rises is seen with the next.</p>;
  }
  const step = Math.max(...series.map((each) => each.step));
  const notes = [
    ...(step > 0 ? [`${inWords(step)} in each point`] : []),
    ...(series.some((each) => each.more) ? ['older values of this span are not shown: look closer'] : []),
  ];
  return (
    <>
      {!lines ? (
        <Told pattern={pattern} series={series} />
      ) : (
        <Chart
          label={labelOf(pattern, lines)}
          lines={lines}
          from={Date.parse(one.from) / 1000}
          to={Date.parse(one.to) / 1000}
          onZoom={onSpan}
        />
      )}
      {lines && <Figures lines={lines} />}
      {notes.length > 0 && <p className="dim keptnote">{notes.join(' · ')}</p>}
    </>
  );
}

function linesOf(pattern: string, series: Series[], perSecond: boolean): Line[] | undefined {
  const lines: Line[] = [];
  for (const each of series) {
    const points = numbers(each);
    if (!points) return undefined;
    lines.push({ name: lineName(pattern, each.path), points: perSecond ? rates(points) : points });
  }
  return lines;
}

function labelOf(pattern: string, lines: Line[]): string {
  const words = lines.map(({ name, points }) => {
    const sum = summary(points);
    return sum
      ? `${name}: low ${short(sum.low)}, mean ${short(sum.mean)}, high ${short(sum.high)}, last ${short(sum.last)}`
      : `${name}: nothing`;
  });
  return `${pattern} over time. ${words.join('; ')}`;
}

function Figures({ lines }: { lines: Line[] }) {
  const [only] = lines;
  const sum = lines.length === 1 && only ? summary(only.points) : undefined;
  if (!sum) return null;
  return (
    <dl className="figures">
      {(['low', 'mean', 'high', 'last'] as const).map((name) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{short(sum[name])}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The values themselves, the newest first. */
function Told({ pattern, series }: { pattern: string; series: Series[] }) {
  const told = series
    .flatMap((each) => each.points.map((point) => ({ ...point, row: lineName(pattern, each.path) })))
    .sort((a, b) => b.time.localeCompare(a.time));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <div className="told" tabIndex={0} role="group" aria-label={`The values of ${pattern}`}>
      <Table fz={13} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>When</Table.Th>
            {series.length > 1 && <Table.Th>Row</Table.Th>}
            <Table.Th>Value</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {told.slice(0, TABLE_LINES).map((point) => (
            <Table.Tr key={`${point.time} ${point.row}`}>
              <Table.Td title={exact(point.time)}>{clock(point.time)}</Table.Td>
              {series.length > 1 && <Table.Td>{point.row}</Table.Td>}
              <Table.Td className="mono">
                {point.value ?? `${short(point.avg ?? 0)} (${short(point.min ?? 0)} to ${short(point.max ?? 0)})`}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {told.length > TABLE_LINES && <p className="dim">{`and ${count(told.length - TABLE_LINES, 'older value')}`}</p>}
    </div>
  );
}
