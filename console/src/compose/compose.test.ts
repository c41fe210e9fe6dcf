// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { SupportedObject, TwinItem, WireEntry } from '../api/types';
import { again, commandOf, completionsAt, draftOf, KINDS, OPERATIONS, pathsOf, read } from './model';

const entry = (message: string, body: unknown, part: Partial<WireEntry> = {}): WireEntry =>
  ({
    direction: 'out',
    kind: 'record',
    message,
    msgId: 'm-1',
    text: JSON.stringify({ record: {}, message: { id: 'm-1', body } }),
    ...part,
  }) as WireEntry;

const bodyAgain = (message: string, body: unknown): unknown => JSON.parse(again(entry(message, body))?.text ?? 'null');

describe('a message of the wire, once more', () => {
  it('is what the REST interface takes', () => {
    expect(bodyAgain('Get', { paramPaths: ['Device.Time.'], maxDepth: 2 })).toEqual({
      paths: ['Device.Time.'],
      maxDepth: 2,
    });
    expect(bodyAgain('Operate', { command: 'Device.Reboot()', sendResponse: true, inputArgs: {} })).toEqual({
      command: 'Device.Reboot()',
      sendResp: true,
      inputArgs: {},
    });
    const set = { allowPartial: true, updateObjects: [{ objPath: 'Device.A.', paramSettings: [] }] };
    expect(bodyAgain('Set', set)).toEqual(set);
    expect(bodyAgain('GetSupportedProtocol', { controllerSupportedProtocolVersions: '1.4' })).toEqual({});
    expect(again(entry('GetSupportedDm', { objPaths: ['Device.'] }))?.operation).toBe('schema');
  });
  it('is none of answers, of what came in, and of what cannot be read', () => {
    expect(again(entry('GetResponse', {}))).toBeUndefined();
    expect(again(entry('Get', { paramPaths: [] }, { direction: 'in' }))).toBeUndefined();
    expect(again(entry('Get', {}, { text: '' }))).toBeUndefined();
    expect(again(entry('Get', {}, { text: '{"cut' }))).toBeUndefined();
    expect(again(entry('Get', null))).toBeUndefined();
  });
  it('is not sent with the mask of a secret in place of it', () => {
    const setting = { param: 'KeyPassphrase', value: '******', required: true };
    const draft = again(entry('Set', { updateObjects: [{ objPath: 'Device.A.', paramSettings: [setting] }] }));
    expect(read(draft?.text ?? '')).toEqual({ wrong: expect.stringContaining('in place of ******') });
  });
});

describe('what somebody writes', () => {
  it('begins with something that can be read, for every message', () => {
    for (const operation of OPERATIONS) expect(read(draftOf(operation).text)).toEqual({ body: KINDS[operation].body });
  });
  it('is refused with the reason', () => {
    expect(read('{"paths": [')).toEqual({ wrong: expect.stringMatching(/^This is no JSON: /) });
    expect(read('["Device."]')).toEqual({ wrong: 'A message is an object: { … }.' });
    expect(read('null')).toEqual({ wrong: 'A message is an object: { … }.' });
  });
});

describe('the same for a terminal', () => {
  const ORIGIN = 'http://localhost:8080';
  it('never holds a secret', () => {
    const setting = { param: 'KeyPassphrase', value: 'hunter22', required: true };
    const body = { updateObjects: [{ objPath: 'Device.A.', paramSettings: [setting] }] };
    const operate = { command: 'Device.A.Download()', inputArgs: { Password: 'hunter22', URL: 'http://a' } };
    const both = [commandOf(ORIGIN, 'a', 'set', body), commandOf(ORIGIN, 'a', 'operate', operate)];
    expect(JSON.stringify(both)).not.toContain('hunter22');
    expect(both[1]?.curl).toContain('"URL":"http://a"');
  });
  it('has a command for each object, and the exact body for curl', () => {
    const body = { allowPartial: true, objPaths: ['Device.A.1.', 'Device.A.2.'] };
    const { pharos, curl } = commandOf(ORIGIN, 'os::1-A', 'delete', body);
    expect(pharos).toBe('./pharos delete os::1-A Device.A.1.\n./pharos delete os::1-A Device.A.2.');
    expect(curl).toContain('/api/v1/devices/os%3A%3A1-A/usp/delete');
    expect(curl).toContain('"allowPartial":true');
    expect(commandOf(ORIGIN, 'a', 'protocols', {}).pharos).toBe('./pharos protocols a');
    expect(commandOf(ORIGIN, 'a', 'instances', { objPaths: ['Device.A.*.'] }).pharos).toBe(
      "./pharos instances a 'Device.A.*.'",
    );
  });
});

describe('completion', () => {
  const items = ['Device.WiFi.SSID.1.SSID', 'Device.WiFi.SSID.10.SSID', 'Device.WiFi.SSID.2.SSID'].map(
    (path) => ({ path, value: '', time: '', source: 'get' }) as TwinItem,
  );
  const command = (commandName: string) => ({ commandName }) as SupportedObject['supportedCommands'][number];
  const object = (supportedObjPath: string, ...names: string[]): SupportedObject =>
    ({ supportedObjPath, supportedCommands: names.map(command) }) as SupportedObject;
  const paths = pathsOf(items, [object('Device.', 'Reboot()'), object('Device.WiFi.SSID.{i}.', 'Test()')]);

  it('knows commands of rows that are there', () => {
    expect(paths).toContain('Device.Reboot()');
    expect(paths.filter((path) => path.endsWith('Test()'))).toHaveLength(3);
  });
  it('goes step by step, rows in the order of their numbers', () => {
    const text = '{"paths": ["Device.WiFi.SSID."]}';
    const caret = text.indexOf('"]');
    const found = completionsAt(text, caret, paths);
    expect(found.map((each) => each.path)).toEqual([
      'Device.WiFi.SSID.1.',
      'Device.WiFi.SSID.2.',
      'Device.WiFi.SSID.10.',
    ]);
    expect(found[0]?.text).toBe('{"paths": ["Device.WiFi.SSID.1."]}');
    expect(found[0]?.text.slice(0, found[0].caret)).toBe('{"paths": ["Device.WiFi.SSID.1.');
  });
  it('takes what stands behind the caret with it, and is none outside of a path', () => {
    const text = '{"command": "Device.ReXX()"}';
    expect(completionsAt(text, text.indexOf('XX'), paths)[0]?.text).toBe('{"command": "Device.Reboot()"}');
    expect(completionsAt(text, 3, paths)).toEqual([]);
    expect(completionsAt('{"a": "Device.WiFi.", ', 22, paths)).toEqual([]);
  });
});
