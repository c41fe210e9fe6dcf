// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { base64, given, objection, optionWords, VOUCHER_BYTES } from './options';

const option = { name: 'Voice', voucher: 7, enabled: true, setUp: false, from: '', transferable: false };

describe('options of a device', () => {
  it('says how an option stands', () => {
    expect(optionWords(option)).toBe('switched on, not set up, without an end, voucher 7');
    expect(
      optionWords({
        ...option,
        enabled: false,
        setUp: true,
        from: '2026-01-01',
        until: '2027-01-01',
        transferable: true,
      }),
    ).toBe('switched off, set up, from 2026-01-01, until 2027-01-01, transferable, voucher 7');
  });

  it('takes no file that cannot be a voucher', () => {
    expect(objection({ name: 'v.xml', size: 0 })).toBe('v.xml is empty.');
    expect(objection({ name: 'v.xml', size: VOUCHER_BYTES })).toBeUndefined();
    expect(objection({ name: 'v.xml', size: VOUCHER_BYTES + 1 })).toMatch(/has 16385 bytes; a voucher has 16384/);
  });

  it('sends bytes as they are', () => {
    expect(base64(new Uint8Array([0, 255, 62]))).toBe('AP8+');
    expect(atob(base64(new Uint8Array(VOUCHER_BYTES)))).toHaveLength(VOUCHER_BYTES);
  });

  it('says whether the device has taken it', () => {
    const nextSession = {
      queued: true,
      lastSession: '2020-01-01T10:00:00Z',
      expected: '2020-01-01T11:00:00Z',
      detail: '',
    };
    expect(given({ done: true, nextSession: { ...nextSession, queued: false } })).toBe(
      'The device has taken the voucher.',
    );
    expect(given({ done: false, nextSession })).toMatch(
      /^The voucher waits for its next session \(was expected .*\)\.$/,
    );
  });
});
