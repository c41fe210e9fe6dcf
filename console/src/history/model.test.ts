// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Series, TwinItem } from '../api/types';
import {
  between,
  ends,
  isCounter,
  keptHere,
  lineName,
  meant,
  moved,
  numbers,
  rates,
  short,
  summary,
  widened,
} from './model';

const item = (path: string): TwinItem => ({ path, value: '1', time: '2026-11-27T00:00:00Z', source: 'get' });
const series = (points: Series['points'], step = 0): Series => ({
  path: 'Device.X',
  kept: true,
  from: '2026-11-27T00:00:00Z',
  to: '2026-11-27T01:00:00Z',
  step,
  points,
  more: false,
});
const at = (second: number) => new Date(second * 1000).toISOString();

describe('what is kept of a device', () => {
  it('is found by rows, in the order of their numbers, and what it lacks comes last', () => {
    const items = ['Radio.10.Noise', 'Radio.2.Noise', 'Radio.2.Stats.Noise', 'SSID.1.Noise'].map((p) =>
      item(`Device.WiFi.${p}`),
    );
    expect(keptHere(['Device.Absent.Noise', 'Device.WiFi.Radio.*.Noise'], items)).toEqual([
      { pattern: 'Device.WiFi.Radio.*.Noise', paths: ['Device.WiFi.Radio.2.Noise', 'Device.WiFi.Radio.10.Noise'] },
      { pattern: 'Device.Absent.Noise', paths: [] },
    ]);
  });

  it('takes no other character for a dot', () => {
    expect(meant('Device.A.*.B')('DeviceXAX1XB')).toBe(false);
    expect(meant('Device.A.*.B')('Device.A.1.B')).toBe(true);
    expect(meant('Device.A.*.B')('Device.A.1.2.B')).toBe(false);
  });

  it('is called by its rows', () => {
    expect(lineName('Device.A.*.B.*.C', 'Device.A.1.B.3.C')).toBe('1 · 3');
    expect(lineName('Device.A.B', 'Device.A.B')).toBe('B');
  });
});

describe('numbers of a series', () => {
  it('are the values as they were told, or the means of steps', () => {
    expect(numbers(series([{ time: at(5), value: '-91' }]))).toEqual([{ time: 5, low: -91, value: -91, high: -91 }]);
    expect(numbers(series([{ time: at(300), min: 1, avg: 2, max: 4, count: 3 }], 300))).toEqual([
      { time: 300, low: 1, value: 2, high: 4 },
    ]);
  });

  it('are none where one is a word', () => {
    expect(
      numbers(
        series([
          { time: at(5), value: '1' },
          { time: at(6), value: 'Up' },
        ]),
      ),
    ).toBeUndefined();
    expect(numbers(series([{ time: at(5), value: '' }]))).toBeUndefined();
  });

  it('of a counter are how fast it rose, also after it began anew', () => {
    const told = numbers(series([10, 30, 5].map((value, i) => ({ time: at(10 * i), value: `${value}` }))));
    expect(rates(told ?? []).map(({ time, value }) => [time, value])).toEqual([
      [10, 2],
      [20, 0.5],
    ]);
    expect(isCounter('Device.Ethernet.Interface.1.Stats.BytesSent')).toBe(true);
    expect(isCounter('Device.WiFi.Radio.1.Stats.Noise')).toBe(false);
  });

  it('are put together and written short', () => {
    expect(summary([])).toBeUndefined();
    expect(summary(numbers(series([1, 3].map((v, i) => ({ time: at(i), value: `${v}` })))) ?? [])).toEqual({
      low: 1,
      mean: 2,
      high: 3,
      last: 3,
    });
    expect([0, -91.345, 940_200, 1_254_000].map((value) => short(value))).toEqual(['0', '-91.35', '940 k', '1.25 M']);
    expect([8_330.2, 8_330.4].map((value) => short(value, 0.2))).toEqual(['8.3302 k', '8.3304 k']);
  });
});

describe('the span', () => {
  it('ends now or where it was put', () => {
    expect(ends({ last: 60 }, 1000)).toEqual([940, 1000]);
    expect(moved({ last: 60 }, 1000, -1)).toEqual({ from: 910, to: 970 });
    expect(moved({ from: 910, to: 970 }, 1000, 1)).toEqual({ last: 60 });
    expect(widened({ from: 400, to: 500 }, 1000)).toEqual({ from: 350, to: 550 });
    expect(widened({ last: 100 }, 1000)).toEqual({ last: 200 });
    expect(between(100, 102)).toEqual({ from: 96, to: 106 });
  });
});
