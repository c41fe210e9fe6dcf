// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { ApiError, errorSentence, explain } from '../api/problem';
import type { Device, PharosEvent } from '../api/types';
import { isOurs, subjectOf } from '../datamodel/subject';
import { banksOf, startOf } from '../device/facts';
import { stateSentence } from '../device/sentence';
import { conditionOf, conditionOfRange, narrowed, readDevicesSearch, serverQuery } from '../devices/search';
import { joinEvents } from '../events/feed';
import { tokenIn } from './address';

describe('the address', () => {
  it('may bring a token in its fragment', () => {
    expect(tokenIn('#token=abc-123')).toBe('abc-123');
    expect(tokenIn('#elsewhere')).toBeUndefined();
    expect(tokenIn('')).toBeUndefined();
  });
  it('keeps only what the devices page knows', () => {
    expect(readDevicesSearch({ q: 12345, show: 'online', sort: 'size', x: 1 })).toEqual({ q: '12345', show: 'online' });
    expect(serverQuery({ q: ' acme ', show: 'offline' })).toBe('(acme) online:false');
    expect(serverQuery({ q: 'tag:a or tag:b', show: 'online' })).toBe('(tag:a or tag:b) online:true');
    expect(serverQuery({ show: 'online' })).toBe('online:true');
    expect(serverQuery({})).toBe('');
  });
});

describe('a bar of the counts', () => {
  it('becomes a condition that means its devices', () => {
    expect(conditionOf('model', 'Box "3"\\')).toBe('model = "Box \\"3\\"\\\\"');
    expect(conditionOf('online', 'true')).toBe('online:true');
    expect(conditionOf('Status', 'offline')).toBe('status:offline');
    expect(conditionOf('tag', 'north east')).toBe('tag:"north east"');
    expect(conditionOf('Device.WiFi.Radio.*.Channel', '6')).toBe('Device.WiFi.Radio.*.Channel = "6"');
    expect(conditionOfRange('Device.X.Y', '1', '2', false)).toBe('Device.X.Y >= 1 and Device.X.Y < 2');
    expect(conditionOfRange('Device.X.Y', '9', '10', true)).toBe('Device.X.Y >= 9 and Device.X.Y <= 10');
  });
  it('narrows what was typed', () => {
    expect(narrowed(undefined, 'a:b')).toBe('a:b');
    expect(narrowed('acme', 'tag:x')).toBe('acme and tag:x');
    expect(narrowed('tag:a or tag:b', 'tag:x')).toBe('(tag:a or tag:b) and tag:x');
  });
  it('is in the address', () => {
    expect(readDevicesSearch({ by: ' model ' })).toEqual({ by: 'model' });
    expect(readDevicesSearch({ by: 3 })).toEqual({});
  });
});

describe('errors', () => {
  it('start with a plain sentence and end with the code', () => {
    expect(errorSentence(7026, 'Device.Nope.')).toBe(
      'The path does not exist in the data model of the device: Device.Nope. (7026)',
    );
    expect(errorSentence(7999, 'odd')).toBe('odd (7999)');
  });
  it('explain problems of the server and of the line', () => {
    expect(explain(new ApiError(409, { detail: 'Last seen an hour ago.' }))).toEqual({
      title: 'The device is offline.',
      detail: 'Last seen an hour ago.',
    });
    expect(explain(new TypeError('fetch failed')).title).toBe('The server cannot be reached');
  });
});

describe('events', () => {
  const event = (seq: number): PharosEvent => ({
    seq,
    time: '',
    device: 'a',
    kind: 'online',
    path: '',
    name: '',
    value: '',
    args: {},
    subscriptionId: '',
    text: '',
  });
  it('are about one full path, however it is split', () => {
    const command = 'Device.IP.Diagnostics.IPPing()';
    const split = { ...event(1), path: 'Device.IP.Diagnostics.', name: 'IPPing()' };
    expect(subjectOf(split)).toBe(command);
    expect(subjectOf({ ...event(1), path: command, name: 'IPPing()' })).toBe(command);
    expect(subjectOf({ ...event(1), path: command })).toBe(command);
    expect(isOurs(split, command, 'mine')).toBe(true);
    expect(isOurs({ ...split, args: { commandKey: 'mine' } }, command, 'mine')).toBe(true);
    expect(isOurs({ ...split, args: { commandKey: 'theirs' } }, command, 'mine')).toBe(false);
  });
  it('stand newest first, each once', () => {
    expect(joinEvents([event(3), event(2)], [event(2), event(1)]).map((e) => e.seq)).toEqual([3, 2, 1]);
  });
});

describe('facts', () => {
  it('come from the twin', () => {
    const at = (path: string, value: string) => ({
      path: `Device.DeviceInfo.${path}`,
      value,
      time: '',
      source: 'get' as const,
    });
    const banks = banksOf([
      at('ActiveFirmwareImage', 'Device.DeviceInfo.FirmwareImage.1'),
      at('BootFirmwareImage', 'Device.DeviceInfo.FirmwareImage.2.'),
      at('FirmwareImage.1.Status', 'Available'),
      at('FirmwareImage.1.Version', '1.0'),
      at('FirmwareImage.2.Status', 'NoImage'),
    ]);
    expect(banks).toMatchObject([
      { number: 1, version: '1.0', active: true, next: false },
      { number: 2, version: '', active: false, next: true },
    ]);
  });
  it('tell since when the device runs, if it answers that', () => {
    const read = (resultParams: Record<string, string>) => ({
      requestedPathResults: [
        {
          requestedPath: 'Device.DeviceInfo.UpTime',
          errCode: 0,
          errMsg: '',
          resolvedPathResults: [{ resolvedPath: 'Device.DeviceInfo.', resultParams }],
        },
      ],
    });
    expect(startOf(read({ UpTime: '90' }), 100_000)).toBe(10_000);
    expect(startOf(read({}), 100_000)).toBeUndefined();
  });
  it('tell the state of a device in a sentence', () => {
    const device = { status: 'online', transport: 'mqtt', manufacturer: 'Acme', modelName: 'G1', statusReason: '' };
    expect(stateSentence(device as Device)).toBe('Acme G1 is connected over MQTT.');
  });
});
