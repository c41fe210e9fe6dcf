// SPDX-License-Identifier: Apache-2.0

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB'];

/** A size in the largest unit that leaves something before the point: "512 bytes", "2.9 MiB". */
export function sizeWord(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  const digits = unit > 0 && size < 100 ? 1 : 0;
  return `${size.toLocaleString('en', { maximumFractionDigits: digits })} ${UNITS[unit]}`;
}
