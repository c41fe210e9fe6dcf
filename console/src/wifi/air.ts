// SPDX-License-Identifier: Apache-2.0
// Who else is on the air, and on which channel there is least of it.
import { bare } from '../datamodel/known';
import type { Radio } from './model';

/** A network of somebody else. */
export interface Neighbour {
  name: string;
  channel: number;
  /** dBm */
  signal: number;
  band: string;
  /** of the radio that heard it, without its last dot; empty where it is not said */
  radio: string;
}

/** From what `NeighboringWiFiDiagnostic()` brings; what has no channel or no signal is left out. */
export function neighboursOf(outputs: Record<string, string>): Neighbour[] {
  const rows = new Set(Object.keys(outputs).flatMap((name) => /^(Result\.\d+\.)/.exec(name)?.[1] ?? []));
  return [...rows].flatMap((row) => {
    const value = (name: string) => outputs[row + name] ?? '';
    const [channel, signal] = [Number.parseInt(value('Channel'), 10), Number.parseInt(value('SignalStrength'), 10)];
    if (Number.isNaN(channel) || Number.isNaN(signal)) return [];
    const band = value('OperatingFrequencyBand');
    return [{ name: value('SSID'), channel, signal, band, radio: bare(value('Radio')) }];
  });
}

/** Those that a radio hears, the strongest first. */
export const heardBy = (radio: Radio, all: Neighbour[]): Neighbour[] =>
  all
    .filter((each) => (each.radio ? each.radio === bare(radio.path) : each.band === radio.band))
    .sort((a, b) => b.signal - a.signal);

/** Of 20 MHz around a channel of 2.4 GHz, how much is of another so many channels away: they are 5 MHz apart. */
const OVERLAP = [1, 0.75, 0.5, 0.25];

/** Channels of 5 GHz that a network of 80 MHz takes together. */
const BLOCKS = [36, 52, 100, 116, 132, 149];

const isLow = ({ band, channel }: Radio): boolean => band.startsWith('2.4') || (!band && (channel ?? 36) <= 14);

function shared(radio: Radio, channel: number, other: number): number {
  if (isLow(radio)) return OVERLAP[Math.abs(channel - other)] ?? 0;
  if (channel === other) return 1;
  const block = (each: number) => BLOCKS.findLast((first) => each >= first && each < first + 16);
  return radio.band.startsWith('5') && block(channel) !== undefined && block(channel) === block(other) ? 0.5 : 0;
}

/** From nothing, at -95 dBm, to all of the air next door, at -45. */
const strength = (signal: number): number => Math.min(1, Math.max(0, (signal + 95) / 50));

/** How much of the air of a channel others take, as the sum of who is heard there: 1 is one network next door. */
export function loadOf(radio: Radio, channel: number, heard: Neighbour[]): number {
  return heard.reduce((sum, other) => sum + shared(radio, channel, other.channel) * strength(other.signal), 0);
}

/** Those of 2.4 GHz that do not overlap; of others all. */
const usual = (radio: Radio): number[] =>
  isLow(radio) ? radio.possible.filter((channel) => [1, 6, 11].includes(channel)) : radio.possible;

/** Where a radar may be heard, from 52 to 144, a radio has to listen for a minute and may be driven off. */
const mayBeDrivenOff = (radio: Radio, channel: number): boolean =>
  radio.band.startsWith('5') && channel >= 52 && channel <= 144;

export interface Advice {
  radio: Radio;
  /** who shares the air of its channel now */
  sharing: Neighbour[];
  now: number;
  /** better by enough to be worth the short break; undefined where it is well where it is */
  better: { channel: number; load: number } | undefined;
}

/** Less than this is not worth that everybody loses the connection for a moment. */
const WORTH_IT = 0.25;

export function adviceOf(radio: Radio, all: Neighbour[]): Advice | undefined {
  const { channel } = radio;
  if (channel === undefined) return undefined;
  const heard = heardBy(radio, all);
  const now = loadOf(radio, channel, heard);
  const [best] = usual(radio)
    .map((each) => ({ channel: each, load: loadOf(radio, each, heard) }))
    .sort(
      (a, b) =>
        a.load - b.load ||
        Number(mayBeDrivenOff(radio, a.channel)) - Number(mayBeDrivenOff(radio, b.channel)) ||
        a.channel - b.channel,
    );
  return {
    radio,
    sharing: heard.filter((other) => shared(radio, channel, other.channel) > 0),
    now,
    better: best && best.channel !== channel && now - best.load >= WORTH_IT ? best : undefined,
  };
}

/** A load in words. */
export function loadWord(load: number): string {
  if (load < 0.15) return 'free';
  if (load < 0.8) return 'little used';
  return load < 1.8 ? 'busy' : 'crowded';
}
