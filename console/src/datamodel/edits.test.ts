// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { TwinItem } from '../api/types';
import { conflicts, type Edit, type Edits, outcomes, refusedOutcomes, setRequest, stage, unstage } from './edits';
import { countOf, mergeAnswer, withoutBelow } from './twin';

const edit = (path: string, from: string | undefined, to: string, secret = false): Edit => ({ path, from, to, secret });
const NONE: Edits = new Map();
const SSID = edit('Device.WiFi.SSID.1.SSID', 'old', 'new');
const ENABLE = edit('Device.WiFi.SSID.1.Enable', 'false', 'true');
const NTP = edit('Device.Time.NTPServer1', '', 'pool.example');

describe('staging', () => {
  it('keeps the last change of each parameter', () => {
    const staged = stage(stage(NONE, SSID), { ...SSID, to: 'newer' });
    expect([...staged.values()]).toEqual([{ ...SSID, to: 'newer' }]);
  });
  it('drops a change back to what the device has', () => {
    expect(stage(stage(NONE, SSID), { ...SSID, to: 'old' }).size).toBe(0);
  });
  it('never takes a secret for unchanged', () => {
    expect(stage(NONE, edit('Device.A.Password', '', '', true)).size).toBe(1);
  });
  it('can be undone', () => expect(unstage(stage(NONE, SSID), SSID.path).size).toBe(0));
});

describe('what somebody else changed meanwhile', () => {
  const now = (values: Record<string, string>) => conflicts([SSID, ENABLE], (path) => values[path]);
  it('is what is neither as it was nor as it is wanted', () => {
    expect(now({ [SSID.path]: 'theirs', [ENABLE.path]: 'false' })).toEqual([{ path: SSID.path, now: 'theirs' }]);
    expect(now({ [SSID.path]: 'new' })).toEqual([]);
    expect(now({ [SSID.path]: '' })).toEqual([{ path: SSID.path, now: '' }]);
  });
  it('is nothing where the value before is not known', () => {
    expect(conflicts([edit(SSID.path, undefined, 'new')], () => 'theirs')).toEqual([]);
    expect(conflicts([edit('Device.A.Password', 'x', 'y', true)], () => 'z')).toEqual([]);
    expect(now({})).toEqual([]);
  });
});

describe('the Set of staged changes', () => {
  it('has one update per object, and all parameters required when all or none', () => {
    expect(setRequest([SSID, NTP, ENABLE], false)).toEqual({
      allowPartial: false,
      updateObjects: [
        {
          objPath: 'Device.WiFi.SSID.1.',
          paramSettings: [
            { param: 'SSID', value: 'new', required: true },
            { param: 'Enable', value: 'true', required: true },
          ],
        },
        { objPath: 'Device.Time.', paramSettings: [{ param: 'NTPServer1', value: 'pool.example', required: true }] },
      ],
    });
  });
  it('requires nothing when the device may keep what works', () => {
    const request = setRequest([SSID], true);
    expect(request.allowPartial).toBe(true);
    expect(request.updateObjects[0]?.paramSettings[0]?.required).toBe(false);
  });
});

describe('the outcome', () => {
  it('is told per parameter', () => {
    const told = outcomes([SSID, ENABLE, NTP], {
      updatedObjectResults: [
        {
          requestedPath: 'Device.WiFi.SSID.1.',
          operStatus: {
            operSuccess: {
              updatedInstanceResults: [
                {
                  affectedPath: 'Device.WiFi.SSID.1.',
                  paramErrs: [{ param: 'SSID', errCode: 7012, errMsg: 'longer than 32 bytes' }],
                  updatedParams: { Enable: 'true' },
                },
              ],
            },
          },
        },
        {
          requestedPath: 'Device.Time.',
          operStatus: { operFailure: { errCode: 7016, errMsg: '', updatedInstanceFailures: [] } },
        },
      ],
    });
    expect(told.map((o) => o.ok)).toEqual([false, true, false]);
    expect(told[0]?.sentence).toBe('The value is not one the device accepts: longer than 32 bytes (7012)');
    expect(told[2]?.sentence).toBe('Nothing exists at this path (7016)');
  });
  it('of a Set that was refused whole blames the parameter at fault', () => {
    const told = refusedOutcomes([SSID, ENABLE], {
      errCode: 7004,
      paramErrs: [{ paramPath: SSID.path, errCode: 7013, errMsg: '' }],
    });
    expect(told[0]?.sentence).toBe('The parameter cannot be written (7013)');
    expect(told[1]?.sentence).toBe('Not set, because another change was refused');
  });
});

describe('a row', () => {
  it('is counted beside its table', () => {
    expect(countOf('Device.NAT.PortMapping.12.')).toBe('Device.NAT.PortMappingNumberOfEntries');
  });
});

describe('a fresh answer', () => {
  const known = (path: string, value: string, secured?: boolean): TwinItem => ({
    path,
    value,
    time: 't0',
    source: 'onboarding',
    secured,
  });
  const answer = (requestedPath: string, resultParams: Record<string, string>, errCode = 0) => ({
    requestedPathResults: [
      { requestedPath, errCode, errMsg: '', resolvedPathResults: [{ resolvedPath: 'Device.A.1.', resultParams }] },
    ],
  });
  it('replaces values and forgets what is gone', () => {
    const merged = mergeAnswer(
      [known('Device.A.1.X', 'old'), known('Device.A.2.X', 'gone'), known('Device.B.Y', 'kept')],
      answer('Device.A.', { X: 'new' }),
      't1',
    );
    expect(merged.map((i) => [i.path, i.value, i.source])).toEqual([
      ['Device.B.Y', 'kept', 'onboarding'],
      ['Device.A.1.X', 'new', 'get'],
    ]);
  });
  it('forgets nothing when the path failed', () => {
    expect(mergeAnswer([known('Device.A.1.X', 'old')], answer('Device.A.', {}, 7016), 't1')).toHaveLength(1);
  });
  it('never shows a secured value', () => {
    const merged = mergeAnswer([known('Device.A.1.Key', '', true)], answer('Device.A.1.Key', { Key: 'leak' }), 't1');
    expect(merged[0]).toMatchObject({ value: '', secured: true });
  });
  it('loses a deleted row', () => {
    expect(withoutBelow([known('Device.A.1.X', ''), known('Device.A.10.X', '')], ['Device.A.1.'])).toHaveLength(1);
  });
});
