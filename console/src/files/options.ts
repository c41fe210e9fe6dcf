// SPDX-License-Identifier: Apache-2.0
import type { CwmpDone, DeviceOption } from '../api/types';
import { awaitedWords } from '../format/session';

/** A voucher may have as much, which the server says too. */
export const VOUCHER_BYTES = 16 * 1024;

/** How an option stands, as words behind its name. */
export function optionWords({ enabled, setUp, from, until, transferable, voucher }: DeviceOption): string {
  return [
    enabled ? 'switched on' : 'switched off',
    setUp ? 'set up' : 'not set up',
    from && `from ${from}`,
    until ? `until ${until}` : 'without an end',
    transferable && 'transferable',
    `voucher ${voucher}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** Why a file cannot be a voucher; nothing where it may be one. */
export function objection({ name, size }: { name: string; size: number }): string | undefined {
  if (size === 0) return `${name} is empty.`;
  return size > VOUCHER_BYTES ? `${name} has ${size} bytes; a voucher has ${VOUCHER_BYTES} at most.` : undefined;
}

export function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** What became of a voucher that was given. */
export function given({ done, nextSession }: CwmpDone): string {
  return done ? 'The device has taken the voucher.' : `The voucher ${awaitedWords(nextSession.expected)}.`;
}
