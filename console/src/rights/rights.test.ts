// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { TwinItem } from '../api/types';
import { allowed, type Controller, controllerWords, covers, rightsOf, verdictOf } from './model';

const TRUST = 'Device.LocalAgent.ControllerTrust.';
const item = (path: string, value: string, time = '2026-11-28T10:00:00Z'): TwinItem => ({
  path,
  value,
  time,
  source: 'get',
});

function role(number: number, name: string, entries: [order: number, targets: string, rights: string][]): TwinItem[] {
  const row = `${TRUST}Role.${number}.`;
  return [
    item(`${row}Enable`, 'true'),
    item(`${row}Name`, name),
    ...entries.flatMap(([order, targets, rights], i) => {
      const [param = '', obj = '', rows = '', command = ''] = rights.split(' ');
      const entry = `${row}Permission.${i + 1}.`;
      return [
        item(`${entry}Enable`, 'true'),
        item(`${entry}Order`, String(order)),
        item(`${entry}Targets`, targets),
        item(`${entry}Param`, param),
        item(`${entry}Obj`, obj),
        item(`${entry}InstantiatedObj`, rows),
        item(`${entry}CommandEvent`, command),
      ];
    }),
  ];
}

const controller = (number: number, id: string, roles: string, enabled = 'true'): TwinItem[] => {
  const row = `Device.LocalAgent.Controller.${number}.`;
  return [
    item(`${row}EndpointID`, id),
    item(`${row}Enable`, enabled),
    item(`${row}AssignedRole`, roles),
    item(`${row}InheritedRole`, ''),
    item(`${row}MTP.1.Protocol`, 'WebSocket'),
    item(`${row}MTP.1.Enable`, 'true'),
    item(`${row}MTP.1.WebSocket.Host`, 'acs.example'),
    item(`${row}MTP.1.WebSocket.Port`, '443', '2026-11-27T10:00:00Z'),
  ];
};

const ITEMS = [
  ...controller(1, 'self::pharos', `${TRUST}Role.1.`),
  ...controller(2, 'self::support', `${TRUST}Role.2,${TRUST}Role.4`),
  ...controller(3, 'self::stranger', ''),
  ...controller(4, 'self::gone', `${TRUST}Role.1`, 'false'),
  ...controller(5, 'self::thief', `${TRUST}Role.5`),
  ...role(1, 'Full Access', [[1, 'Device.', 'rwxn rwxn rwxn rwxn']]),
  ...role(2, 'Support', [
    [1, 'Device.WiFi.,Device.DeviceInfo.', 'r--n r--n r--n r--n'],
    [2, 'Device.Reboot()', '---- ---- ---- r-x-'],
    [3, 'Device.DeviceInfo.SerialNumber', '---- ---- ---- ----'],
    [4, 'Device.WiFi.SSID.[Enable==false].', 'rw-- ---- ---- ----'],
  ]),
  ...role(3, 'Untrusted', []),
  ...role(4, 'Rows', [[1, 'Device.WiFi.SSID.*.', '---- ---- -w-- ----']]),
  ...role(5, 'Banned', []),
  item(`${TRUST}UntrustedRole`, `${TRUST}Role.3`),
  item(`${TRUST}BannedRole`, `${TRUST}Role.5`),
  item(`${TRUST}SecuredRoles`, `${TRUST}Role.1`),
];
const RIGHTS = rightsOf(ITEMS);
const of = (id: string): Controller => RIGHTS?.controllers.find((each) => each.endpointId === id) as Controller;

describe('who may do what', () => {
  it('is not known of a device that tells of no controller', () => {
    expect(rightsOf([item('Device.ManagementServer.URL', 'http://acs')])).toBeUndefined();
  });
  it('is as old as the oldest of what is known', () => {
    expect(RIGHTS?.asOf).toBe('2026-11-27T10:00:00Z');
    expect(of('self::pharos').ways).toEqual(['WebSocket acs.example:443']);
  });
  it('is said in a sentence', () => {
    expect(controllerWords(of('self::pharos'))).toBe('It has the role Full Access. It is shown secrets, such as keys.');
    expect(controllerWords(of('self::support'))).toBe('It has the role Support and Rows.');
    expect(controllerWords(of('self::stranger'))).toBe('Nobody gave it a role: it has that of strangers, Untrusted.');
    expect(controllerWords(of('self::gone'))).toContain('switched off');
    expect(controllerWords(of('self::thief'))).toContain('banned');
  });
  it('is decided by the entry of the highest order that covers a path', () => {
    const support = of('self::support');
    expect(verdictOf(support, 'Device.DeviceInfo.UpTime').may).toEqual(['read values', 'be told of new values']);
    const hidden = verdictOf(support, 'Device.DeviceInfo.SerialNumber');
    expect([hidden.may, hidden.because[0]?.permission.order]).toEqual([[], 3]);
    expect(verdictOf(support, 'Device.Reboot()').may).toEqual(['see commands and events', 'run commands']);
    expect(verdictOf(support, 'Device.FactoryReset()').because).toEqual([]);
  });
  it('adds up over roles', () => {
    expect(verdictOf(of('self::support'), 'Device.WiFi.SSID.2.').may).toContain('delete rows');
    expect(verdictOf(of('self::support'), 'Device.WiFi.Radio.2.').may).not.toContain('delete rows');
  });
  it('may depend on values, which is said', () => {
    expect(verdictOf(of('self::support'), 'Device.WiFi.SSID.2.SSID').unsure).toHaveLength(1);
  });
  it('is nothing for who is switched off or banned', () => {
    for (const id of ['self::gone', 'self::thief']) expect(verdictOf(of(id), 'Device.WiFi.').may).toEqual([]);
  });
});

describe('an entry', () => {
  it('covers an object with all beneath it, and of elements only themselves', () => {
    expect(covers('Device.WiFi.', 'Device.WiFi.SSID.1.SSID')).toBe(true);
    expect(covers('Device.WiFi', 'Device.WiFi.')).toBe(true);
    expect(covers('Device.WiFi.', 'Device.WiFiX.')).toBe(false);
    expect(covers('Device.WiFi.SSID.*.', 'Device.WiFi.SSID.12.Enable')).toBe(true);
    expect(covers('Device.WiFi.SSID.*.', 'Device.WiFi.SSID.')).toBe(false);
    expect(covers('Device.Reboot()', 'Device.Reboot()')).toBe(true);
    expect(covers('Device.', 'Device.Reboot()')).toBe(true);
  });
  it('is told in words', () => {
    const entries = RIGHTS?.roles.flatMap((each) => each.permissions.map(allowed));
    expect(entries?.slice(0, 5)).toEqual([
      'everything',
      'read values, set values',
      'nothing',
      'see commands and events, run commands',
      'look at everything and be told of it',
    ]);
  });
});
