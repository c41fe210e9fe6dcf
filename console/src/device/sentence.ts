// SPDX-License-Identifier: Apache-2.0
import type { Device } from '../api/types';
import { transportName } from '../devices/transport';
import { ago } from '../format/time';

/** The state of a device as a person would tell it. */
export function stateSentence(device: Device, now: number = Date.now()): string {
  const name = [device.manufacturer, device.modelName].filter(Boolean).join(' ') || 'The device';
  const reason = device.statusReason ? ` ${asSentence(device.statusReason)}` : '';
  switch (device.status) {
    case 'online':
      return `${name} is connected${device.transport ? ` over ${transportName(device.transport)}` : ''}.${reason}`;
    case 'offline':
      return `${name} is offline, last seen ${ago(device.lastSeen, now)}.${reason}`;
    case 'onboarding':
      return `${name} is being read for the first time.${reason}`;
    case 'error':
      return `${name} needs a look.${reason}`;
  }
}

/** Sentences of the server begin small, as parts of a log line do. */
export function asSentence(text: string): string {
  const begun = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
