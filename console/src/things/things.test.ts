// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { TwinItem } from '../api/types';
import { homeOf } from '../homemap/model';
import { type Capability, glance, inWords, problemOf, thingsOf, valueText } from './model';

const item = (path: string, value: string): TwinItem => ({
  path,
  value,
  time: '2026-01-01T00:00:00Z',
  source: 'get',
});
const ROW = 'Device.ProxiedDevice.1.';
const THING = [
  item(`${ROW}Name`, 'Cellar'),
  item(`${ROW}Type`, 'Thermostat'),
  item(`${ROW}Online`, 'true'),
  item(`${ROW}ProxyProtocol`, 'X_PHAROS-DEV_LwM2M'),
  item(`${ROW}DeviceInfo.Manufacturer`, 'Acme'),
  item(`${ROW}IoTCapability.1.Class`, 'LevelSensor'),
  item(`${ROW}IoTCapability.1.LevelSensor.Type`, 'Temperature'),
  item(`${ROW}IoTCapability.1.LevelSensor.Value`, '21.50001'),
  item(`${ROW}IoTCapability.1.LevelSensor.Unit`, 'degC'),
  item(`${ROW}IoTCapability.2.Class`, 'LevelControl'),
  item(`${ROW}IoTCapability.2.Name`, 'wanted'),
  item(`${ROW}IoTCapability.2.LevelControl.Value`, '20'),
  item(`${ROW}IoTCapability.2.LevelControl.MinValue`, '5'),
  item(`${ROW}IoTCapability.2.LevelControl.MaxValue`, '30'),
  item(`${ROW}Node.1.IoTCapability.1.Class`, 'BinaryControl'),
  item(`${ROW}Node.1.IoTCapability.1.BinaryControl.Type`, 'Switch'),
  item(`${ROW}Node.1.IoTCapability.1.BinaryControl.Value`, '0'),
];

test('a thing is told with what it and its parts sense and can be told', () => {
  const [thing] = thingsOf(THING);
  expect(thing).toMatchObject({ name: 'Cellar', kind: 'thermostat', maker: 'Acme', protocol: 'LwM2M', online: true });
  expect(thing?.capabilities.map((each) => [each.name, valueText(each), each.control])).toEqual([
    ['temperature', '21.5 °C', false],
    ['wanted', '20', true],
    ['part 1, switch', 'off', true],
  ]);
  expect(thing && glance(thing)).toBe('21.5 °C, 20');
  expect(thing && glance({ ...thing, online: false })).toBe('away');
});

test('a number is told within its bounds and no word is', () => {
  const wanted = thingsOf(THING)[0]?.capabilities[1] as Capability;
  expect(problemOf(wanted, '31')).toBe('At most 30');
  expect(problemOf(wanted, '4.9')).toBe('At least 5');
  expect(problemOf(wanted, 'warm')).toBe('A number is needed');
  expect(problemOf(wanted, '20.5')).toBeUndefined();
});

test('names of the data model are said as people do', () => {
  expect(['MotionDetected', 'Switch', 'HVAC', 'GarageDoor'].map(inWords)).toEqual([
    'motion detected',
    'switch',
    'HVAC',
    'garage door',
  ]);
});

test('things are at home beside clients, on a branch of their own', () => {
  const home = homeOf(THING);
  expect(home.branches).toHaveLength(1);
  expect(home.branches[0]).toMatchObject({ kind: 'things', name: 'Things', detail: '1 of 1 online' });
  expect(home.branches[0]?.members[0]).toMatchObject({ name: 'Cellar', says: '21.5 °C, 20', path: ROW });
});
