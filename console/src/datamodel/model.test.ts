// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { SupportedObject, SupportedParam, TwinItem } from '../api/types';
import { DeviceModel, isRow, parentPath, ROOT, supportedPath, type TreeNode } from './model';
import { ancestors, matchingLines, openLines } from './visible';

const param = (paramName: string, access: SupportedParam['access'] = 'PARAM_READ_WRITE'): SupportedParam => ({
  paramName,
  access,
  valueType: 'PARAM_STRING',
  valueChange: 'VALUE_CHANGE_ALLOWED',
});
const object = (supportedObjPath: string, params: string[], more: Partial<SupportedObject> = {}): SupportedObject => ({
  supportedObjPath,
  access: 'OBJ_READ_ONLY',
  isMultiInstance: supportedObjPath.endsWith('{i}.'),
  supportedCommands: [],
  supportedEvents: [],
  supportedParams: params.map((name) => param(name)),
  divergentPaths: [],
  uniqueKeySets: [],
  ...more,
});
const item = (path: string, value: string, secured?: boolean): TwinItem => ({
  path,
  value,
  time: '2026-11-23T10:00:00Z',
  source: 'get',
  secured,
});

const OBJECTS = [
  object('Device.', ['RootDataModelVersion'], {
    supportedCommands: [{ commandName: 'Reboot()', inputArgNames: [], outputArgNames: [], commandType: 'CMD_SYNC' }],
    supportedEvents: [{ eventName: 'Boot!', argNames: ['Cause'] }],
  }),
  object('Device.WiFi.SSID.{i}.', ['SSID', 'Enable']),
  object('Device.WiFi.AccessPoint.{i}.AssociatedDevice.{i}.', ['MACAddress']),
  object('Device.NAT.PortMapping.{i}.', ['Alias'], { access: 'OBJ_ADD_DELETE' }),
];
const ITEMS = [
  item('Device.RootDataModelVersion', '2.18'),
  item('Device.WiFi.SSID.10.SSID', 'Guests'),
  item('Device.WiFi.SSID.2.SSID', 'Harbour'),
  item('Device.WiFi.AccessPoint.1.AssociatedDevice.3.MACAddress', '02:00:00:00:00:03'),
  item('Device.X_ACME_Lamp.Colour', 'amber'),
  item('Device.X_ACME_Lamp.Password', 'light', true),
];
const MODEL = new DeviceModel(OBJECTS, ITEMS);
const names = (nodes: TreeNode[]): string[] => nodes.map((node) => node.name);
const at = (path: string): TreeNode => {
  const all = new Set(ancestors(path).concat(path));
  const node = openLines(MODEL, all).find((line) => line.path === path);
  if (!node) throw new Error(`${path} is not in the tree`);
  return node;
};

describe('paths', () => {
  it('turn instance numbers into placeholders', () => {
    expect(supportedPath('Device.A.1.B.22.')).toBe('Device.A.{i}.B.{i}.');
    expect(supportedPath('Device.A.')).toBe('Device.A.');
  });
  it('know their parents', () => {
    expect(parentPath('Device.A.1.')).toBe('Device.A.');
    expect(parentPath('Device.A.Name')).toBe('Device.A.');
    expect(parentPath('Device.')).toBe('');
    expect(ancestors('Device.A.1.Name')).toEqual(['Device.', 'Device.A.', 'Device.A.1.']);
  });
  it('tell rows from other objects', () => {
    expect(isRow('Device.A.1.')).toBe(true);
    expect(isRow('Device.A1.')).toBe(false);
  });
});

describe('the tree of a device', () => {
  it('shows parameters, commands and events before objects', () => {
    const root = MODEL.children(MODEL.root());
    expect(names(root)).toEqual(['RootDataModelVersion', 'Reboot()', 'Boot!', 'NAT', 'WiFi', 'X_ACME_Lamp']);
    expect(root.map((node) => node.kind)).toEqual(['param', 'command', 'event', 'object', 'object', 'object']);
  });
  it('sorts rows by number and labels them by what people know', () => {
    const rows = MODEL.children(at('Device.WiFi.SSID.'));
    expect(names(rows)).toEqual(['2', '10']);
    expect(rows.map((row) => row.kind === 'row' && row.label)).toEqual(['Harbour', 'Guests']);
  });
  it('shows a table without rows, since one may be added', () => {
    expect(at('Device.NAT.PortMapping.')).toMatchObject({ kind: 'table', rows: 0 });
    expect(MODEL.children(at('Device.NAT.PortMapping.'))).toEqual([]);
  });
  it('shows supported parameters that have no value yet', () => {
    const enable = at('Device.WiFi.SSID.2.Enable');
    expect(enable.kind === 'param' && enable.item).toBeUndefined();
    expect(enable.kind === 'param' && enable.param?.paramName).toBe('Enable');
  });
  it('shows what the device has although its schema does not tell', () => {
    const colour = at('Device.X_ACME_Lamp.Colour');
    expect(colour.kind === 'param' && colour.param).toBeUndefined();
    expect(colour.kind === 'param' && colour.item?.value).toBe('amber');
  });
  it('finds nested rows below objects that only paths imply', () => {
    expect(at('Device.WiFi.AccessPoint.1.AssociatedDevice.3.').kind).toBe('row');
    expect(at('Device.WiFi.AccessPoint.')).toMatchObject({ kind: 'table', rows: 1 });
  });
  it('draws only what is open', () => {
    expect(openLines(MODEL, new Set())).toHaveLength(6);
    expect(openLines(MODEL, new Set([ROOT, 'Device.WiFi.']))).toHaveLength(8);
  });
});

describe('search', () => {
  const found = (text: string): string[] => matchingLines(MODEL, text).lines.map((line) => line.path);
  it('finds values, and shows the way to them', () => {
    expect(found('harbour')).toEqual([
      'Device.WiFi.',
      'Device.WiFi.SSID.',
      'Device.WiFi.SSID.2.',
      'Device.WiFi.SSID.2.SSID',
    ]);
  });
  it('wants every word', () => {
    expect(found('ssid guests')).toContain('Device.WiFi.SSID.10.SSID');
    expect(found('ssid guests')).not.toContain('Device.WiFi.SSID.2.SSID');
  });
  it('never looks into secured values', () => expect(found('light')).toEqual([]));
  it('finds commands', () => expect(found('reboot')).toEqual(['Device.Reboot()']));
});

describe('a model of thousands of values', () => {
  const items = Array.from({ length: 10_000 }, (_, n) => item(`Device.WiFi.SSID.1.X_Value${n + 1}`, `net-${n}`));
  /** Of this process, so that what else the machine does is not counted; the fastest of some, without the compiler. */
  const millisOf = (work: () => void): number =>
    Math.min(
      ...Array.from({ length: 5 }, () => {
        const before = process.cpuUsage();
        work();
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1_000;
      }),
    );

  it('opens within 200 ms, all of them in one object', () => {
    const opened = new Set(['Device.WiFi.', 'Device.WiFi.SSID.', 'Device.WiFi.SSID.1.']);
    expect(openLines(new DeviceModel(OBJECTS, items), opened).length).toBeGreaterThan(10_000);
    expect(millisOf(() => openLines(new DeviceModel(OBJECTS, items), opened))).toBeLessThan(200);
  });

  it('is searched within 50 ms at each letter', () => {
    const model = new DeviceModel(OBJECTS, items);
    expect(matchingLines(model, 'net-9999').matches).toBe(1);
    expect(millisOf(() => matchingLines(model, 'net-99'))).toBeLessThan(50);
    expect(millisOf(() => matchingLines(model, 'x_value'))).toBeLessThan(50);
  });
});
