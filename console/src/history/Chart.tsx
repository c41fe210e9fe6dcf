// SPDX-License-Identifier: Apache-2.0
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { exact } from '../format/time';
import { shownZone } from '../format/zone';
import { type Point, short } from './model';

export interface Line {
  name: string;
  points: Point[];
}

interface Props {
  /** what it shows, in words, for those who do not see it */
  label: string;
  lines: Line[];
  /** in seconds */
  from: number;
  to: number;
  onZoom: (from: number, to: number) => void;
}

const HEIGHT = 190;
const DAY = 86_400;
/** How moments are written at least so far apart: alone, and where a year or a day begins. */
const TIMES: uPlot.Axis['values'] = [
  [365 * DAY, '{YYYY}', null, null, null, null, null, null, 1],
  [28 * DAY, '{MMM}', '\n{YYYY}', null, null, null, null, null, 1],
  [DAY, '{D} {MMM}', '\n{YYYY}', null, null, null, null, null, 1],
  [60, '{HH}:{mm}', '\n{D} {MMM} {YYYY}', null, '\n{D} {MMM}', null, null, null, 1],
  [1, '{HH}:{mm}:{ss}', '\n{D} {MMM} {YYYY}', null, '\n{D} {MMM}', null, null, null, 1],
];
const COLOURS = {
  light: ['#1f56a8', '#b35c00', '#16794c', '#a3217d', '#5b4bc4', '#0b7285', '#bf2c34', '#5c6b80'],
  dark: ['#6ea3f2', '#f5b34a', '#4cc38a', '#f083cf', '#a99cff', '#4fc3d9', '#ff7a7d', '#a9b6ca'],
} as const;
const INK = {
  light: { text: '#566780', grid: '#dfe6f0' },
  dark: { text: '#94a5bf', grid: '#22334c' },
} as const;

/** Lines over time; to draw over a part of it looks closer. */
export function Chart({ label, lines, from, to, onZoom }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const zoom = useRef(onZoom);
  zoom.current = onZoom;
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const box = place.current;
    if (!box) return;
    const plot = new uPlot(optionsOf(lines, [from, to], scheme, box.clientWidth, zoom), dataOf(lines), box);
    const resize = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: HEIGHT }));
    resize.observe(box);
    return () => {
      resize.disconnect();
      plot.destroy();
    };
  }, [lines, from, to, scheme]);
  return <div ref={place} className="chart" role="img" aria-label={label} />;
}

/** A single line of steps lies in the band between the least and the most of each. */
function banded(lines: Line[]): Point[] | undefined {
  const points = lines.length === 1 ? lines[0]?.points : undefined;
  return points?.some((p) => p.low !== p.high) ? points : undefined;
}

function dataOf(lines: Line[]): uPlot.AlignedData {
  const points = banded(lines);
  if (points) {
    return [points.map((p) => p.time), points.map((p) => p.value), points.map((p) => p.high), points.map((p) => p.low)];
  }
  return uPlot.join(lines.map(({ points }) => [points.map((p) => p.time), points.map((p) => p.value)]));
}

function optionsOf(
  lines: Line[],
  span: [from: number, to: number],
  scheme: 'light' | 'dark',
  width: number,
  zoom: { current: (from: number, to: number) => void },
): uPlot.Options {
  const ink = INK[scheme];
  const axis: uPlot.Axis = {
    stroke: ink.text,
    grid: { stroke: ink.grid, width: 1 },
    ticks: { stroke: ink.grid, width: 1 },
    font: '12px "Inter Variable", system-ui, sans-serif',
  };
  const value = (_: uPlot, at: number | null) => (at === null ? '–' : short(at));
  const series: uPlot.Series[] = lines.map(({ name, points }, i) => {
    const stroke = COLOURS[scheme][i % COLOURS[scheme].length] as string;
    // a value by itself is a point: a line needs two
    return { label: name, stroke, width: 1.75, spanGaps: true, value, points: { show: points.length < 3, size: 6 } };
  });
  const band = banded(lines) !== undefined;
  const hidden = (label: string): uPlot.Series => ({ label, width: 0, points: { show: false }, value });
  return {
    width,
    height: HEIGHT,
    tzDate: (time) => uPlot.tzDate(new Date(time * 1000), shownZone()),
    scales: { x: { time: true, range: span } },
    axes: [
      { ...axis, values: TIMES },
      { ...axis, size: 64, values: (_, splits, _axis, _space, apart) => splits.map((at) => short(at, apart)) },
    ],
    series: [
      { label: 'at', value: (_, at) => (at === null ? '–' : exact(new Date(at * 1000).toISOString())) },
      ...series,
      ...(band ? [hidden('most'), hidden('least')] : []),
    ],
    ...(band && { bands: [{ series: [2, 3], fill: `${COLOURS[scheme][0]}33` }] }),
    cursor: { drag: { x: true, y: false, setScale: false }, sync: { key: 'history' } },
    hooks: {
      setSelect: [
        (plot) => {
          const { left, width: drawn } = plot.select;
          if (drawn < 6) return;
          zoom.current(plot.posToVal(left, 'x'), plot.posToVal(left + drawn, 'x'));
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
}
