// SPDX-License-Identifier: Apache-2.0

export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'idle';

/** Of the whole bar, in percent: less could not be seen. */
const LEAST = 1.5;

/** How wide each part of a bar is, in percent; a part of no devices is left out. */
export function shares<Part extends { devices: number }>(parts: Part[]): (Part & { width: number })[] {
  const whole = parts.reduce((sum, part) => sum + part.devices, 0);
  const present = parts
    .filter((part) => part.devices > 0)
    .map((part) => ({ ...part, width: Math.max(LEAST, (part.devices / whole) * 100) }));
  const total = present.reduce((sum, part) => sum + part.width, 0);
  return present.map((part) => ({ ...part, width: (part.width / total) * 100 }));
}
