// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { tenantOf } from '../app/tenant';
import { keptBecause, signInAddress } from './tenants';

const BRAND = {
  name: 'brand',
  state: 'suspended',
  devices: 0,
  people: 2,
  created: '2026-01-01T00:00:00Z',
  createdBy: 'anna',
} as const;

test('the address that a tenant is given leads to its sign-in', () => {
  const address = signInAddress('https://pharos.example', 'brand');
  expect(address).toBe('https://pharos.example/?tenant=brand');
  expect(tenantOf(new URL(address).search)).toBe('brand');
  expect(tenantOf(new URL(signInAddress('https://pharos.example', 'main')).search)).toBeUndefined();
});

test('an address that names no tenant is for the people of main', () => {
  for (const search of ['', '?', '?tenant=', '?tenant=%20', '?other=brand']) {
    expect(tenantOf(search), search).toBeUndefined();
  }
});

test('a tenant is removed when it is suspended and has no devices, and the first one never', () => {
  expect(keptBecause(BRAND)).toBe('');
  expect(keptBecause({ ...BRAND, state: 'active' })).toContain('Suspend it first');
  expect(keptBecause({ ...BRAND, devices: 1204 })).toContain('1,204 devices');
  expect(keptBecause({ ...BRAND, name: 'main' })).toBe('It always exists.');
});
