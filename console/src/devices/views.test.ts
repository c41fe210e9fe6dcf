// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { columnsIn, columnsText, DEFAULT_COLUMNS, isParameterPath, parameterTitle, readDevicesSearch } from './search';
import { contentOf, isShown, searchOf, viewWords } from './views';

describe('columns in the address', () => {
  it('are those of everybody where none are named, and are left out of it then', () => {
    expect(columnsIn(undefined)).toBe(DEFAULT_COLUMNS);
    expect(columnsIn(' , ')).toBe(DEFAULT_COLUMNS);
    expect(columnsText(DEFAULT_COLUMNS)).toBeUndefined();
    expect(readDevicesSearch({ columns: DEFAULT_COLUMNS.join(',') })).toEqual({});
  });
  it('stand in their order, each once, and always with the name of the device', () => {
    expect(columnsIn('health,id,health')).toEqual(['health', 'id']);
    expect(columnsIn('Device.WiFi.Radio.*.Channel')).toEqual(['id', 'Device.WiFi.Radio.*.Channel']);
  });
  it('lose what can be none, and what is more than a table has', () => {
    expect(columnsIn('id,<b>,Device..X,Device.WiFi.')).toEqual(['id']);
    const parameters = Array.from({ length: 12 }, (_, i) => `Device.X.P${i}`);
    expect(columnsIn(['id', ...parameters].join(','))).toEqual(['id', ...parameters.slice(0, 8)]);
    expect(columnsIn(Array.from({ length: 30 }, (_, i) => 'a'.repeat(i + 1)).join(','))).toHaveLength(20);
  });
  it('take paths as the server takes them', () => {
    const good = ['Device.DeviceInfo.UpTime', 'Device.WiFi.Radio.*.Channel', 'Device.X_ABC_Y.1.Z-1'];
    const bad = [
      'Device',
      'Device.',
      'Device.WiFi.Radio.*',
      'Device.Reboot()',
      'Device.*1.X',
      `Device.${'x'.repeat(260)}`,
    ];
    expect(good.every(isParameterPath)).toBe(true);
    expect(bad.some(isParameterPath)).toBe(false);
  });
  it('are called by where a parameter is, and its name', () => {
    expect(parameterTitle('Device.WiFi.Radio.*.Channel')).toBe('Radio Channel');
    expect(parameterTitle('Device.WiFi.Radio.2.Channel')).toBe('Radio 2 Channel');
    expect(parameterTitle('Device.RootDataModelVersion')).toBe('RootDataModelVersion');
  });
});

describe('views', () => {
  const search = { q: 'tag:pilot', show: 'online', sort: 'id', by: 'model', columns: 'id,Device.A.B' } as const;
  it('become the same address again', () => {
    expect(searchOf(contentOf(search))).toEqual(search);
    expect(searchOf(contentOf({}))).toEqual({});
  });
  it('know whether they are shown', () => {
    expect(isShown(contentOf(search), search)).toBe(true);
    expect(isShown(contentOf(search), { ...search, by: undefined })).toBe(false);
  });
  it('are told in a line', () => {
    expect(viewWords(contentOf(search))).toBe('tag:pilot, online · 2 columns · counted by model');
    expect(viewWords(contentOf({ show: 'offline' }))).toBe('those offline');
    expect(viewWords(contentOf({}))).toBe('all devices');
  });
});
