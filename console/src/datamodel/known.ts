// SPDX-License-Identifier: Apache-2.0
import type { TwinItem } from '../api/types';
import { isTrue } from './values';

/** A reference without its last dot, as devices write it both ways. */
export const bare = (path: string): string => path.replace(/\.$/, '');

/** The number of a row: "2" of `Device.WiFi.Radio.2.`. */
export const numberOf = (row: string): string => row.split('.').at(-2) ?? '';

/** What the twin holds, asked by rows and parameters. */
export class Known {
  private readonly items: Map<string, TwinItem>;

  constructor(items: TwinItem[]) {
    this.items = new Map(items.map((item) => [item.path, item]));
  }

  has(path: string): boolean {
    return this.items.has(path);
  }

  /** Empty where it is not known. */
  value(path: string): string {
    return this.items.get(path)?.value ?? '';
  }

  time(path: string): string {
    return this.items.get(path)?.time ?? '';
  }

  number(path: string): number | undefined {
    const text = this.value(path);
    return text === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
  }

  /** Rows that have a parameter, in the order of their numbers; each with its last dot. */
  rows(table: RegExp): string[] {
    const found = new Set<string>();
    for (const path of this.items.keys()) {
      const row = table.exec(path)?.[1];
      if (row) found.add(row);
    }
    return [...found].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  }

  /** Its Status says it, or where there is none, Enable; what was switched off is not, whatever its Status was before. */
  isUp(row: string): boolean {
    const status = this.value(`${row}Status`);
    return status ? status === 'Up' && this.isOn(row) : isTrue(this.value(`${row}Enable`));
  }

  /** What nobody switched off; what does not say is on. */
  isOn(row: string): boolean {
    return this.value(`${row}Enable`) === '' || isTrue(this.value(`${row}Enable`));
  }

  /** What a row stands on, each without its last dot. */
  layers(row: string): string[] {
    return this.value(`${row}LowerLayers`)
      .split(',')
      .map((path) => bare(path.trim()));
  }
}
