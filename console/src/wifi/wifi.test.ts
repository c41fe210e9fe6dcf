// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { TwinItem } from '../api/types';
import { adviceOf, heardBy, loadOf, loadWord, type Neighbour, neighboursOf } from './air';
import { channelsOf, editsOf, keyProblem, nameProblem, networksOf, placeOf, type Radio } from './model';

const twin = (values: Record<string, string>): TwinItem[] =>
  Object.entries(values).map(([path, value]) => ({ path: `Device.WiFi.${path}`, value, time: '', source: 'get' }));

const HOME = twin({
  'Radio.1.OperatingFrequencyBand': '2.4GHz',
  'Radio.1.Status': 'Up',
  'Radio.1.Channel': '6',
  'Radio.1.PossibleChannels': '1-13',
  'SSID.1.SSID': 'Harbour',
  'SSID.1.Enable': '1',
  'SSID.1.LowerLayers': 'Device.WiFi.Radio.1.',
  'SSID.2.SSID': 'Guests',
  'SSID.2.Enable': 'false',
  'AccessPoint.1.SSIDReference': 'Device.WiFi.SSID.1',
  'AccessPoint.1.Security.ModeEnabled': 'WPA2-Personal',
  'AccessPoint.1.Security.KeyPassphrase': '',
  'AccessPoint.1.AssociatedDevice.1.MACAddress': '02:AA:00:00:00:01',
  'AccessPoint.1.AssociatedDevice.1.SignalStrength': '-60',
});

describe('networks', () => {
  it('have a place on the air, a key that is only set, and clients', () => {
    const [harbour, guests] = networksOf(HOME);
    expect(harbour).toMatchObject({
      name: 'Harbour',
      on: true,
      mode: 'WPA2-Personal',
      keys: ['Device.WiFi.AccessPoint.1.Security.KeyPassphrase'],
      clients: [{ signal: -60 }],
    });
    expect(harbour && placeOf(harbour)).toBe('2.4 GHz, channel 6');
    expect(guests).toMatchObject({ name: 'Guests', on: false, radio: undefined, keys: [], clients: [] });
    expect(guests && placeOf(guests)).toBe('');
  });

  it('are changed together, each only in what differs', () => {
    const networks = networksOf(HOME);
    const key = { path: 'Device.WiFi.AccessPoint.1.Security.KeyPassphrase', from: undefined, secret: true };
    expect(editsOf(networks, 'Harbour', 'lighthouse')).toEqual([
      { ...key, to: 'lighthouse' },
      { path: 'Device.WiFi.SSID.2.SSID', from: 'Guests', to: 'Harbour', secret: false },
    ]);
    expect(editsOf(networks, undefined, '')).toEqual([]);
  });

  it('have names and keys as the standards want them', () => {
    expect(nameProblem('')).toBeDefined();
    expect(nameProblem('é'.repeat(16))).toBeUndefined();
    expect(nameProblem('é'.repeat(17))).toContain('34');
    expect(keyProblem('short')).toContain('at least 8');
    expect(keyProblem('x'.repeat(64))).toContain('at most 63');
    expect(keyProblem('Schlüssel99')).toContain('English keyboard');
    expect(keyProblem('four words are enough')).toBeUndefined();
  });

  it('list channels one by one or as spans', () => {
    expect(channelsOf('11,1, 6')).toEqual([1, 6, 11]);
    expect(channelsOf('36-48,149,x')).toEqual([36, 40, 44, 48, 149]);
    expect(channelsOf('')).toEqual([]);
  });
});

describe('the air', () => {
  const radio: Radio = { path: 'Device.WiFi.Radio.1.', band: '2.4GHz', channel: 6, possible: channelsOf('1-13') };
  const other = (channel: number, signal: number, band = '2.4GHz'): Neighbour => ({
    name: `n${channel}`,
    channel,
    signal,
    band,
    radio: '',
  });

  it('is read from what the device brings', () => {
    const heard = neighboursOf({
      Status: 'Complete',
      'Result.1.SSID': 'Next door',
      'Result.1.Channel': '6',
      'Result.1.SignalStrength': '-50',
      'Result.1.Radio': 'Device.WiFi.Radio.1',
      'Result.2.SSID': 'of another radio',
      'Result.2.Channel': '36',
      'Result.2.SignalStrength': '-50',
      'Result.2.Radio': 'Device.WiFi.Radio.2.',
      'Result.3.SSID': 'without a signal',
      'Result.3.Channel': '1',
    });
    expect(heard.map(({ name }) => name)).toEqual(['Next door', 'of another radio']);
    expect(heardBy(radio, heard).map(({ name }) => name)).toEqual(['Next door']);
  });

  it('is shared with those near by, by how strongly they are heard', () => {
    expect(loadOf(radio, 6, [other(6, -45)])).toBe(1);
    expect(loadOf(radio, 6, [other(8, -45)])).toBe(0.5);
    expect(loadOf(radio, 6, [other(11, -45), other(6, -99)])).toBe(0);
    expect(['free', 'little used', 'busy', 'crowded']).toEqual([0, 0.5, 1, 3].map(loadWord));
  });

  it('has a better channel only where it is better by enough', () => {
    const crowd = [other(6, -50), other(5, -55), other(11, -60)];
    expect(adviceOf(radio, crowd)?.better).toEqual({ channel: 1, load: 0 });
    expect(adviceOf(radio, crowd)?.sharing.map(({ channel }) => channel)).toEqual([6, 5]);
    expect(adviceOf(radio, [other(6, -90)])?.better).toBeUndefined();
    expect(adviceOf({ ...radio, channel: undefined }, crowd)).toBeUndefined();
    // one that others are not on, but which overlaps with theirs, is none
    expect(adviceOf(radio, [other(6, -45), other(1, -45), other(11, -45)])?.better).toBeUndefined();
  });

  it('avoids, all else being equal, where a radar may drive it off', () => {
    const high: Radio = { path: 'Device.WiFi.Radio.2.', band: '5GHz', channel: 36, possible: channelsOf('36-64,149') };
    expect(adviceOf(high, [other(36, -50, '5GHz')])?.better?.channel).toBe(149);
    expect(loadOf(high, 44, [other(36, -45, '5GHz')])).toBe(0.5);
    expect(loadOf(high, 52, [other(48, -45, '5GHz')])).toBe(0);
  });
});
