// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { TwinItem } from '../api/types';
import { cut, DRAWN_AT_MOST, layoutOf } from './layout';
import { type Home, homeOf, type Member, rateText, sentenceOf, signalText, titleOf, toneOf } from './model';

const twin = (values: Record<string, string>, time = '2026-11-27T05:00:00Z'): TwinItem[] =>
  Object.entries(values).map(([path, value]) => ({ path: `Device.${path}`, value, time, source: 'get' }));

const STATION = 'WiFi.AccessPoint.1.AssociatedDevice.2.';
const RADIO = {
  'WiFi.Radio.1.Status': 'Up',
  'WiFi.Radio.1.OperatingFrequencyBand': '2.4GHz',
  'WiFi.Radio.1.Channel': '6',
  'WiFi.SSID.1.SSID': 'Harbour',
  'WiFi.SSID.1.Enable': '1',
  'WiFi.SSID.1.LowerLayers': 'Device.WiFi.Radio.1.',
  'WiFi.AccessPoint.1.SSIDReference': 'Device.WiFi.SSID.1',
  [`${STATION}MACAddress`]: '02:AA:00:00:00:01',
  [`${STATION}SignalStrength`]: '-75',
  [`${STATION}LastDataDownlinkRate`]: '286000',
};
const HOST = {
  'Hosts.Host.1.PhysAddress': '02:aa:00:00:00:01',
  'Hosts.Host.1.HostName': 'tablet',
  'Hosts.Host.1.IPAddress': '192.168.1.20',
  'Hosts.Host.1.Active': 'true',
};

describe('the home', () => {
  it('has clients on radios, called by what the list of hosts calls them', () => {
    const home = homeOf(twin({ ...RADIO, ...HOST }));
    expect(home.branches).toMatchObject([{ name: '2.4 GHz, channel 6', detail: 'Harbour', up: true }]);
    const [member] = home.branches[0]?.members ?? [];
    expect(member).toMatchObject({ name: 'tablet', network: 'Harbour', signal: -75, ip: '192.168.1.20' });
    expect(home.branches[0]?.members).toHaveLength(1);
    expect(home.asOf).toBe('2026-11-27T05:00:00Z');
    expect(sentenceOf(home)).toBe('1 device at home, 1 of them by Wi-Fi; one signal is weak.');
  });
  it('has cables on ports, and whoever nobody knows the place of', () => {
    const home = homeOf(
      twin({
        'Ethernet.Interface.1.Upstream': 'true',
        'Ethernet.Interface.1.Status': 'Up',
        'Ethernet.Interface.2.Status': 'Up',
        'Ethernet.Interface.2.CurrentBitRate': '1000',
        'Ethernet.Interface.3.Status': 'Down',
        'Hosts.Host.1.PhysAddress': '02:aa:00:00:00:01',
        'Hosts.Host.1.Layer1Interface': 'Device.Ethernet.Interface.2',
        'Hosts.Host.1.Active': '1',
        'Hosts.Host.2.PhysAddress': '02:aa:00:00:00:02',
        'Hosts.Host.2.Active': 'true',
        'Hosts.Host.3.PhysAddress': '02:aa:00:00:00:03',
        'Hosts.Host.3.Active': 'false',
      }),
    );
    expect(home.branches.map(({ name, detail, members }) => [name, detail, members.map(titleOf)])).toEqual([
      ['Port 2', '1,000 Mbit/s', ['02:aa:00:00:00:01']],
      ['Somewhere', 'the gateway does not say where', ['02:aa:00:00:00:02']],
    ]);
    expect(sentenceOf(home)).toBe('2 devices at home, 0 of them by Wi-Fi.');
  });
  it('shows what is off, and is nothing where nothing is known', () => {
    expect(homeOf(twin({ 'WiFi.Radio.2.Status': 'Down' })).branches).toMatchObject([
      { name: 'Radio 2', detail: 'off', up: false },
    ]);
    expect(homeOf(twin({ 'DeviceInfo.UpTime': '1' }))).toEqual({ branches: [], asOf: '' });
    expect(sentenceOf({ branches: [], asOf: '' })).toContain('Nobody is at home');
  });
  it('is as old as its oldest value, and those that left are not in it', () => {
    const left = twin({ [`${STATION}Active`]: 'false' });
    expect(homeOf([...twin(RADIO), ...left]).branches[0]?.members).toEqual([]);
    const old = twin({ [`${STATION}SignalStrength`]: '-50' }, '2026-11-26T05:00:00Z');
    expect(homeOf([...twin(RADIO), ...old]).asOf).toBe('2026-11-26T05:00:00Z');
  });
});

const member = (part: Partial<Member>): Member => ({
  path: '',
  name: '',
  mac: '',
  ip: '',
  network: '',
  signal: undefined,
  down: undefined,
  up: undefined,
  says: '',
  away: false,
  asOf: '',
  ...part,
});

describe('words', () => {
  it('say how good a signal is', () => {
    expect([-50, -65, -80, undefined].map((signal) => toneOf(member({ signal })))).toEqual([
      'good',
      'warn',
      'bad',
      'idle',
    ]);
    expect(signalText(member({ signal: -65 }))).toBe('fair, -65 dBm');
    expect(signalText(member({}))).toBe('');
    expect(rateText(1_201_000)).toBe('1,201 Mbit/s');
    expect(rateText(undefined)).toBe('');
    expect(titleOf(member({}))).toBe('without a name');
  });
});

describe('the drawing', () => {
  const home = (...sizes: number[]): Home => ({
    asOf: '',
    branches: sizes.map((size, i) => ({
      path: `Device.WiFi.Radio.${i}.`,
      kind: 'radio',
      name: '',
      detail: '',
      up: true,
      members: Array.from({ length: size }, (_, n) => member({ path: `${i}.${n}` })),
    })),
  });
  it('has no two names at one height', () => {
    const { members, branches, height, gateway } = layoutOf(home(3, 0, 5), 900);
    expect(new Set(members.map(({ y }) => y)).size).toBe(8);
    expect(branches.map(({ y }) => y)).toEqual(branches.map(({ y }) => y).toSorted((a, b) => a - b));
    expect(gateway.y).toBe(height / 2);
    expect(Math.max(...members.map(({ y }) => y))).toBeLessThan(height);
  });
  it('leaves out whom it has no room for, and counts them', () => {
    const { members, left } = layoutOf(home(50, 50), 900);
    expect(members).toHaveLength(DRAWN_AT_MOST);
    expect(left).toBe(100 - DRAWN_AT_MOST);
  });
  it('cuts what is too long', () => {
    expect(cut('kitchen-speaker', 300)).toBe('kitchen-speaker');
    expect(cut('kitchen-speaker', 60)).toBe('kitche…');
  });
});
