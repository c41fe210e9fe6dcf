// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Device } from '../api/types';
import { cell, csvOf } from './csv';

describe('devices as a table for other programs', () => {
  it('have what commas and quotes do to a line in quotes', () => {
    expect([cell('a'), cell('a,b'), cell('5" box'), cell('two\nlines'), cell(null), cell(7), cell(true)]).toEqual([
      'a',
      '"a,b"',
      '"5"" box"',
      '"two\nlines"',
      '',
      '7',
      'true',
    ]);
  });
  it('are never a formula', () => {
    expect(cell('=HYPERLINK("http://x")')).toBe('"\'=HYPERLINK(""http://x"")"');
    expect(['+1', '-1', '@x'].map(cell)).toEqual(["'+1", "'-1", "'@x"]);
    expect(cell(-1)).toBe('-1');
  });
  it('have a heading, and a line each', () => {
    const device = { id: 'os::012345-A', status: 'online', tags: ['a', 'b'], transport: null, parameterCount: 3 };
    const [head, line, end] = csvOf([device as unknown as Device].map((d) => ({ ...EMPTY, ...d }))).split('\r\n');
    expect(head?.split(',').slice(0, 3)).toEqual(['id', 'status', 'reason']);
    expect(line).toMatch(/^os::012345-A,online,/);
    expect(line).toContain(',a b,3,');
    expect(end).toBe('');
  });
  it('have the parameters that are shown, several values of one beside each other', () => {
    const path = 'Device.WiFi.Radio.*.Channel';
    const items = ['1', '36'].map((value, i) => ({ path: `Device.WiFi.Radio.${i + 1}.Channel`, value, time: '' }));
    const device = { ...EMPTY, id: 'a', tags: [], values: { [path]: { items, more: false } } } as Device;
    const [head, line, without] = csvOf([device, { ...device, values: undefined }], [path]).split('\r\n');
    expect(head?.split(',').at(-1)).toBe(path);
    expect(line?.split(',').at(-1)).toBe('1 | 36');
    expect(without?.split(',').at(-1)).toBe('');
  });
});

const EMPTY = {
  statusReason: '',
  manufacturer: '',
  oui: '',
  modelName: '',
  productClass: '',
  serialNumber: '',
  hardwareVersion: '',
  softwareVersion: '',
  address: '',
  protocolVersions: '',
  approved: true,
  verified: true,
  firstSeen: '',
  lastSeen: '',
} as Device;
