// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Device, Diagnostic, TwinItem } from '../api/types';
import { healthOf, ticketOf } from './model';

const NOW = Date.parse('2026-11-27T12:00:00Z');
const DEVICE = {
  id: 'os::012345-A',
  status: 'online',
  online: true,
  approved: true,
  transport: 'mqtt',
  manufacturer: 'Acme',
  modelName: 'G1',
  statusReason: '',
  lastSeen: '2026-11-27T11:59:00Z',
} as Device;
const FINE = {
  'Ethernet.Interface.1.Upstream': 'true',
  'Ethernet.Interface.1.Name': 'eth0',
  'Ethernet.Interface.1.Status': 'Up',
  'Ethernet.Interface.1.CurrentBitRate': '1000',
  'Routing.Router.1.IPv4Forwarding.1.Interface': 'Device.IP.Interface.1',
  'IP.Interface.1.Status': 'Up',
  'IP.Interface.1.IPv4Address.1.IPAddress': '100.64.1.2',
  'DHCPv4.Client.1.Interface': 'Device.IP.Interface.1.',
  'DHCPv4.Client.1.DHCPStatus': 'Bound',
  'DNS.Client.Enable': 'true',
  'DNS.Client.Server.1.DNSServer': '100.64.0.53',
  'WiFi.Radio.1.Status': 'Up',
};
const of = (changed: Record<string, string> = {}, device = DEVICE, runs: Diagnostic[] = [], alarms = 0) => {
  const items = Object.entries({ ...FINE, ...changed }).map(
    ([path, value]): TwinItem => ({ path: `Device.${path}`, value, time: '2026-11-27T11:50:00Z', source: 'get' }),
  );
  return healthOf(device, items, runs, alarms, NOW);
};
const run = (kind: string, outputs: Record<string, string>, begun = '2026-11-27T11:00:00Z'): Diagnostic => ({
  id: 1,
  device: DEVICE.id,
  kind,
  state: 'complete',
  begun,
  by: 'admin',
  inputs: {},
  outputs,
  fault: '',
});
const failing = (health: ReturnType<typeof of>) => health.steps[health.broken];

describe('how a device is', () => {
  it('is fine where every step that is known is', () => {
    const health = of();
    expect(health.broken).toBe(-1);
    expect(health.steps.map(({ tone }) => tone)).toEqual(['good', 'good', 'good', 'good', 'idle']);
    expect(health.steps.map(({ words }) => words)).toEqual([
      'connected over MQTT',
      'Ethernet eth0 is up, 1,000 Mbit/s',
      '100.64.1.2, by DHCP',
      'asks 100.64.0.53',
      'nothing was measured in the last day',
    ]);
    expect(health.sentence).toBe('The way to the internet is fine.');
    expect(of({}, DEVICE, [], 2).sentence).toBe('The way to the internet is fine; 2 alarms are open.');
  });

  it('names the first step that fails, with what the device says of it', () => {
    const line = of({ 'Ethernet.Interface.1.Status': 'Down', 'DHCPv4.Client.1.DHCPStatus': 'Init' });
    expect(failing(line)).toMatchObject({ name: 'Line', path: 'Device.Ethernet.Interface.1.Status' });
    expect(line.sentence).toBe('The way to the internet ends at its line: Ethernet eth0 is down.');
    expect(failing(of({ 'DHCPv4.Client.1.DHCPStatus': 'Selecting' }))?.words).toBe('DHCP is at Selecting, not Bound');
    expect(failing(of({ 'IP.Interface.1.IPv4Address.1.IPAddress': '' }))?.words).toBe('it has none');
    expect(failing(of({ 'IP.Interface.1.Status': 'LowerLayerDown' }))?.name).toBe('Address');
    expect(failing(of({ 'DNS.Client.Enable': 'false' }))?.words).toBe('it is switched off');
    expect(of({}, { ...DEVICE, status: 'offline' }).sentence).toBe(
      'It cannot be asked now: not connected, last seen 1 min ago.',
    );
  });

  it('knows lines of other kinds, and why PPP has ended', () => {
    const lines = {
      'Ethernet.Interface.1.Upstream': 'false',
      'DSL.Line.1.Status': 'Down',
      'DSL.Line.1.LinkStatus': 'NoSignal',
    };
    expect(failing(of(lines))?.words).toBe('DSL 1 is down, NoSignal');
    const fibre = { 'Optical.Interface.1.Status': 'Up', 'Optical.Interface.1.OpticalSignalLevel': '-21400' };
    expect(of(fibre).steps[1]?.words).toBe('Fibre 1 is up, -21.4 dBm');
    const ppp = {
      'PPP.Interface.1.ConnectionStatus': 'Disconnected',
      'PPP.Interface.1.LastConnectionError': 'ERROR_AUTHENTICATION_FAILURE',
    };
    expect(failing(of(ppp))?.words).toBe('PPP is at Disconnected: the provider refuses its name or password');
  });

  it('counts what was measured lately, and nothing older', () => {
    const lost = run('ping', { Status: 'Complete', SuccessCount: '0', FailureCount: '4' });
    expect(failing(of({}, DEVICE, [lost]))?.name).toBe('Beyond');
    expect(of({}, DEVICE, [{ ...lost, begun: '2026-11-25T11:00:00Z' }]).broken).toBe(-1);
    expect(of({}, DEVICE, [{ ...lost, state: 'failed' }]).broken).toBe(-1);
  });

  it('says who is heard weakly', () => {
    const station = 'WiFi.AccessPoint.1.AssociatedDevice.1.';
    const health = of({
      'WiFi.SSID.1.LowerLayers': 'Device.WiFi.Radio.1.',
      'WiFi.AccessPoint.1.SSIDReference': 'Device.WiFi.SSID.1.',
      [`${station}MACAddress`]: '02:AA:00:00:00:01',
      [`${station}SignalStrength`]: '-80',
    });
    expect(health.wifi).toMatchObject({ tone: 'warn', words: 'of 1 client, one is heard weakly: 02:AA:00:00:00:01' });
    expect(health.sentence).toContain('The way to the internet is fine; Wi-Fi: of 1 client');
    expect(of({ 'WiFi.Radio.1.Status': 'Down' }).wifi).toMatchObject({ tone: 'bad', words: 'no radio is up' });
  });

  it('judges nothing that nobody told', () => {
    const health = healthOf(DEVICE, [], [], 0, NOW);
    expect(health.steps.slice(1).every(({ tone }) => tone === 'idle')).toBe(true);
    expect(health.sentence).toBe('It is here, and says nothing of its way to the internet.');
    expect(health.wifi).toBeUndefined();
  });

  it('can be pasted into a ticket', () => {
    const text = ticketOf(DEVICE, of({ 'Ethernet.Interface.1.Status': 'Down' }));
    expect(text.split('\n').slice(0, 2)).toEqual([
      'Acme G1 os::012345-A',
      'The way to the internet ends at its line: Ethernet eth0 is down.',
    ]);
    expect(text).toContain('- Line: Ethernet eth0 is down [fails] (as of 2026-11-27T11:50:00Z)');
  });
});
