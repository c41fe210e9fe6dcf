// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { listedId } from './facts';

describe('a name that TR-369 lists', () => {
  it('is made of what the device says of itself', () => {
    expect(listedId({ oui: '00256D', serialNumber: 'A 7/1' })).toBe('os::00256D-A%207%2F1');
  });
  it('is a pattern where the device does not say it', () => {
    expect(listedId({ oui: '', serialNumber: '7' })).toBe('os::<OUI>-<serial>');
    expect(listedId({ oui: '00256D', serialNumber: '' })).toBe('os::<OUI>-<serial>');
  });
});
