// SPDX-License-Identifier: Apache-2.0
import type { SupportedParam, TwinItem, ValueType } from '../api/types';

const SECRET_NAME = /(password|passphrase|presharedkey|secret|wepkey|privatekey)$/i;

/** Whether the value must never be shown: the twin says so, or it can only be written, or its name tells. */
export function isSecret(path: string, param?: SupportedParam, item?: TwinItem): boolean {
  return item?.secured === true || param?.access === 'PARAM_WRITE_ONLY' || SECRET_NAME.test(path);
}

export function isWritable(param: SupportedParam | undefined): boolean {
  return param !== undefined && param.access !== 'PARAM_READ_ONLY';
}

export function typeName(type: ValueType | undefined): string {
  return type === undefined || type === 'PARAM_UNKNOWN'
    ? ''
    : type.slice('PARAM_'.length).toLowerCase().replace('unsigned_', 'unsigned ').replace('_', '');
}

export function isNumber(type: ValueType | undefined): boolean {
  switch (type) {
    case 'PARAM_INT':
    case 'PARAM_LONG':
    case 'PARAM_UNSIGNED_INT':
    case 'PARAM_UNSIGNED_LONG':
    case 'PARAM_DECIMAL':
      return true;
    default:
      return false;
  }
}

export function isTrue(value: string): boolean {
  return value === 'true' || value === '1';
}

const INTEGER_RANGE: Partial<Record<ValueType, [bigint, bigint]>> = {
  PARAM_INT: [-(2n ** 31n), 2n ** 31n - 1n],
  PARAM_LONG: [-(2n ** 63n), 2n ** 63n - 1n],
  PARAM_UNSIGNED_INT: [0n, 2n ** 32n - 1n],
  PARAM_UNSIGNED_LONG: [0n, 2n ** 64n - 1n],
};

/** Why the text cannot be a value of the type, or undefined if it can; the device has the last word. */
export function problemWith(type: ValueType | undefined, text: string): string | undefined {
  const range = type && INTEGER_RANGE[type];
  if (range) {
    if (!/^-?\d+$/.test(text)) return 'A whole number is needed';
    const [low, high] = range;
    const n = BigInt(text);
    return n < low || n > high ? `Between ${low} and ${high}` : undefined;
  }
  switch (type) {
    case 'PARAM_DECIMAL':
      return /^-?\d+(\.\d+)?$/.test(text) ? undefined : 'A number is needed';
    case 'PARAM_BOOLEAN':
      return /^(true|false|0|1)$/.test(text) ? undefined : 'true or false is needed';
    case 'PARAM_DATE_TIME':
      return Number.isNaN(Date.parse(text)) ? 'A time such as 2026-11-23T10:00:00Z is needed' : undefined;
    case 'PARAM_HEX_BINARY':
      return /^([0-9A-Fa-f]{2})*$/.test(text) ? undefined : 'Pairs of hexadecimal digits are needed';
    case 'PARAM_BASE_64':
      return /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0 ? undefined : 'Base64 text is needed';
    default:
      return undefined;
  }
}
