// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { ValueType } from '../api/types';
import { isSecret, problemWith, typeName } from './values';

describe('values', () => {
  it.each<[ValueType, string, boolean]>([
    ['PARAM_UNSIGNED_INT', '4294967295', true],
    ['PARAM_UNSIGNED_INT', '4294967296', false],
    ['PARAM_UNSIGNED_INT', '-1', false],
    ['PARAM_INT', '-2147483648', true],
    ['PARAM_LONG', '9223372036854775807', true],
    ['PARAM_LONG', '9223372036854775808', false],
    ['PARAM_UNSIGNED_LONG', '18446744073709551615', true],
    ['PARAM_INT', '1.5', false],
    ['PARAM_DECIMAL', '-1.5', true],
    ['PARAM_BOOLEAN', 'yes', false],
    ['PARAM_HEX_BINARY', 'a0F', false],
    ['PARAM_BASE_64', 'cGhhcm9z', true],
    ['PARAM_DATE_TIME', '2026-11-23T10:00:00Z', true],
    ['PARAM_STRING', '', true],
  ])('%s takes "%s": %s', (type, text, fits) => expect(problemWith(type, text) === undefined).toBe(fits));

  it('hides what is secured, write-only, or called like a secret', () => {
    expect(isSecret('Device.A.Name')).toBe(false);
    expect(isSecret('Device.A.KeyPassphrase')).toBe(true);
    expect(
      isSecret('Device.A.X', {
        paramName: 'X',
        access: 'PARAM_WRITE_ONLY',
        valueType: 'PARAM_STRING',
        valueChange: 'VALUE_CHANGE_ALLOWED',
      }),
    ).toBe(true);
    expect(isSecret('Device.A.X', undefined, { path: '', value: '', time: '', source: 'get', secured: true })).toBe(
      true,
    );
  });

  it('names types for people', () => {
    expect(typeName('PARAM_UNSIGNED_INT')).toBe('unsigned int');
    expect(typeName('PARAM_DATE_TIME')).toBe('datetime');
    expect(typeName('PARAM_UNKNOWN')).toBe('');
  });
});
