// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import {
  addCommandOf,
  type BulkDraft,
  howOf,
  isRefused,
  outcomeWords,
  pathsOf,
  requestOf,
  takenWords,
  troubleOf,
  whoOf,
  wrongOf,
} from './model';

const DRAFT: BulkDraft = {
  parameters: 'Device.WiFi.Radio.*.Stats.\nDevice.DeviceInfo.UpTime',
  interval: '60',
  way: 'event',
  url: '',
  encoding: 'JSON',
  retained: '0',
  name: '',
};
const PROFILE = {
  number: 1,
  enabled: true,
  name: '',
  protocol: 'MQTT',
  encoding: 'JSON',
  interval: 300,
  retained: -1,
  destination: 'usp/bulk/x',
  parameters: [],
};

test('a report is told by how often and which way it goes', () => {
  expect(howOf(PROFILE)).toBe('every 5 min, over MQTT in JSON, keeps as many failed ones as it can');
  expect(howOf({ ...PROFILE, protocol: 'USPEventNotif', retained: 0 })).toBe('every 5 min, as events in JSON');
});

test('what came is told, and what is wrong with it beside it', () => {
  const received = { deliveries: 2, reports: 2, kept: 1, unknown: 0, refused: 0 };
  expect(takenWords(received)).toBe('2 deliveries taken, 1 value kept.');
  expect(takenWords({ ...received, deliveries: 0 })).toBe('No report has come here yet.');
  expect(troubleOf(received)).toEqual([]);
  expect(troubleOf({ ...received, refused: 3, unknown: 1 })).toEqual([
    '3 refused',
    '1 value under names that the device does not have',
  ]);
  expect(outcomeWords('refused.413')).toBe('too large');
  expect([isRefused({ outcome: 'taken' }), isRefused({ outcome: 'refused.mqtt' })]).toEqual([false, true]);
});

test('who was refused is the device, or what it said and where it is', () => {
  const refusal = { time: '', said: 'proto::x', address: '192.0.2.1', way: 'http', status: 401, reason: 'no' };
  expect(whoOf(refusal)).toBe('proto::x at 192.0.2.1');
  expect(whoOf({ ...refusal, said: '' })).toBe('somebody without a login at 192.0.2.1');
  expect(whoOf({ ...refusal, device: 'proto::y' })).toBe('proto::y');
});

test('what is typed becomes a request and the same command', () => {
  expect(pathsOf(' a, b\n b ')).toEqual(['a', 'b']);
  expect(wrongOf(DRAFT, 5)).toEqual({});
  expect(Object.keys(wrongOf({ ...DRAFT, parameters: 'WiFi', interval: '4', way: 'http', retained: 'x' }, 5))).toEqual([
    'parameters',
    'interval',
    'url',
    'retained',
  ]);
  expect(requestOf(DRAFT)).toEqual({
    parameters: ['Device.WiFi.Radio.*.Stats.', 'Device.DeviceInfo.UpTime'],
    interval: 60,
    way: 'event',
    encoding: 'JSON',
    retained: 0,
  });
  const sent = { ...DRAFT, way: 'http' as const, url: 'https://a/bulk', retained: '-1', encoding: 'CSV' as const };
  expect(addCommandOf('https://p', 'proto::x', sent).pharos).toBe(
    "./pharos bulk proto::x add 'Device.WiFi.Radio.*.Stats.' Device.DeviceInfo.UpTime --every 60s" +
      ' --url https://a/bulk --csv --retain=-1',
  );
});
