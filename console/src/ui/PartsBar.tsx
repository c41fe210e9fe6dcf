// SPDX-License-Identifier: Apache-2.0
import { count } from '../format/time';
import { shares, type Tone } from './shares';
import './bar.css';

export interface BarPart {
  name: string;
  tone: Tone;
  devices: number;
}

interface Props {
  /** in their order */
  parts: BarPart[];
  devices: number;
  /** how many of them nothing happens with any more */
  settled: number;
  label?: string;
}

/** How devices stand, as parts of one bar. */
export function PartsBar({ parts, devices, settled, label = 'Progress' }: Props) {
  const shown = shares(parts);
  const words = shown.map((part) => `${part.name}: ${count(part.devices, 'device')}`).join(', ');
  return (
    <div
      className="jobbar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={devices}
      aria-valuenow={settled}
      aria-valuetext={words || 'Not started'}
      title={words}
    >
      {shown.map((part) => (
        <span key={part.name} data-tone={part.tone} style={{ flex: `0 1 ${part.width}%` }} />
      ))}
    </div>
  );
}
