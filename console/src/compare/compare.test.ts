// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { EventKind, PharosEvent, TwinItem } from '../api/types';
import { alwaysDiffers, differences, narrowedBy, sinceThen } from './model';

const item = (path: string, value: string, secured = false): TwinItem => ({
  path: `Device.${path}`,
  value,
  time: '',
  source: 'get',
  ...(secured && { secured }),
});
let seq = 100;
const event = (time: string, kind: EventKind, path: string, value = ''): PharosEvent => ({
  seq: seq--,
  time: `2026-11-27T${time}:00Z`,
  device: 'a',
  kind,
  path: `Device.${path}`,
  name: '',
  value,
  args: {},
  subscriptionId: '',
  text: '',
});
const AT = Date.parse('2026-11-27T10:00:00Z');

describe('another device', () => {
  it('differs in values and in what only one of them has, never in secrets', () => {
    const here = [item('A.Name', 'one'), item('A.Same', 'x'), item('A.Row.10.Ours', '1'), item('A.Key', '', true)];
    const there = [item('A.Name', 'two'), item('A.Same', 'x'), item('A.Row.2.Theirs', '2'), item('A.Key', 'open')];
    expect(differences(here, there)).toEqual([
      { path: 'Device.A.Name', here: 'one', there: 'two' },
      { path: 'Device.A.Row.2.Theirs', here: undefined, there: '2' },
      { path: 'Device.A.Row.10.Ours', here: '1', there: undefined },
    ]);
  });
  it('always differs in some things, which can be left out', () => {
    const paths = [
      'Device.IP.Interface.1.Stats.BytesSent',
      'Device.Hosts.Host.1.WANStats.BytesSent',
      'Device.DHCPv4.Server.Pool.1.Client.1.Chaddr',
      'Device.DeviceInfo.UpTime',
      'Device.Ethernet.Interface.1.MACAddress',
    ];
    expect(paths.every(alwaysDiffers)).toBe(true);
    expect(['Device.WiFi.SSID.1.SSID', 'Device.WiFi.Radio.1.Channel', 'Device.Time.Enable'].some(alwaysDiffers)).toBe(
      false,
    );
  });
  it('is narrowed by words in names and values', () => {
    const all = differences([item('A.Name', 'Harbour'), item('B.Name', 'x')], []);
    expect(narrowedBy(all, 'harb name')).toHaveLength(1);
    expect(narrowedBy(all, '')).toHaveLength(2);
  });
});

describe('another moment', () => {
  it('had the last value that was told before it', () => {
    const events = [
      event('11:00', 'ValueChange', 'A.Name', 'now'),
      event('10:30', 'ValueChange', 'A.Name', 'between'),
      event('09:30', 'ValueChange', 'A.Name', 'then'),
      event('09:00', 'ValueChange', 'A.Name', 'long before'),
    ];
    expect(sinceThen([item('A.Name', 'now')], events, AT)).toEqual([
      { path: 'Device.A.Name', here: 'now', there: 'then' },
    ]);
  });
  it('had nothing else where a value came back to what it was', () => {
    const events = [
      event('11:00', 'ValueChange', 'A.Name', 'x'),
      event('10:30', 'ValueChange', 'A.Name', 'y'),
      event('09:30', 'ValueChange', 'A.Name', 'x'),
    ];
    expect(sinceThen([item('A.Name', 'x')], events, AT)).toEqual([]);
  });
  it('had what nobody told, which is said', () => {
    const changed = [event('11:00', 'ValueChange', 'A.Name', 'x')];
    expect(sinceThen([item('A.Name', 'x')], changed, AT)).toEqual([
      { path: 'Device.A.Name', here: 'x', there: undefined, untold: true },
    ]);
  });
  it('had not the rows that came since, and had those that went', () => {
    const events = [
      event('11:00', 'ObjectCreation', 'A.Row.2.'),
      event('11:00', 'ValueChange', 'A.Row.2.Name', 'new'),
      event('10:30', 'ObjectDeletion', 'A.Row.1'),
      event('09:00', 'ObjectCreation', 'A.Row.3.'),
    ];
    const items = [item('A.Row.2.Name', 'new'), item('A.Row.3.Name', 'old')];
    expect(sinceThen(items, events, AT)).toEqual([
      { path: 'Device.A.Row.1.', here: undefined, there: undefined, untold: true },
      { path: 'Device.A.Row.2.Name', here: 'new', there: undefined },
    ]);
  });
});
