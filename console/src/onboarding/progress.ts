// SPDX-License-Identifier: Apache-2.0
// How far a device has come, from what passed on the wire and what the server keeps of it.
import type { Device, RefusedPeer, WireEntry } from '../api/types';
import { asSentence } from '../device/sentence';
import { transportName } from '../devices/transport';
import { ago, count } from '../format/time';

export type StepState = 'waiting' | 'working' | 'done' | 'stopped';

export interface Step {
  name: string;
  state: StepState;
  /** a sentence */
  text: string;
  /** somebody must let it in */
  approve?: boolean;
}

const from = (entry: { transport: string; address: string }): string =>
  `over ${transportName(entry.transport)} from ${entry.address}`;

const isIn = (device: Device | undefined): boolean => device !== undefined && device.status !== 'offline';

/**
 * The three steps of a device.
 *
 * @param passed of this device, the newest first
 * @param device where the server knows it
 */
export function stepsOf(passed: readonly WireEntry[], device: Device | undefined, now: number = Date.now()): Step[] {
  return [connected(passed, device, now), letIn(passed, device), onboarded(device)];
}

function connected(passed: readonly WireEntry[], device: Device | undefined, now: number): Step {
  const name = 'Connected';
  const came = passed.find((entry) => entry.address !== '');
  if (isIn(device) && device) {
    return {
      name,
      state: 'done',
      text: `It came ${from({ transport: device.transport ?? '', address: device.address })}.`,
    };
  }
  if (came) return { name, state: 'done', text: `It came ${from(came)}.` };
  if (device?.approved) {
    return {
      name,
      state: 'working',
      text: `It is known already, and was here ${ago(device.lastSeen, now)}; waiting for it to come again.`,
    };
  }
  if (device) return { name, state: 'done', text: 'It came before this page was opened.' };
  return { name, state: 'working', text: 'Nothing has come from it yet. Start it with what stands above.' };
}

function letIn(passed: readonly WireEntry[], device: Device | undefined): Step {
  const name = 'Let in';
  if (isIn(device) && device) {
    return {
      name,
      state: 'done',
      text: device.verified
        ? 'Its certificate or login proves which device it is.'
        : 'Nothing proves yet that it is who it says: it came without a certificate or login of its own.',
    };
  }
  if (device && !device.approved) {
    return {
      name,
      state: 'stopped',
      text: 'It waits to be let in: nothing is read from or written to it before that.',
      approve: true,
    };
  }
  const judged = passed.find((entry) => entry.refused || (entry.kind === 'record' && entry.direction === 'in'));
  if (judged?.refused) return { name, state: 'stopped', text: asSentence(judged.refused) };
  if (passed.length === 0) return { name, state: 'waiting', text: '' };
  const left = passed[0]?.kind === 'closed' ? passed[0].note : '';
  return left
    ? { name, state: 'stopped', text: `It left before it was let in: ${left}` }
    : { name, state: 'working', text: 'It is being looked at.' };
}

function onboarded(device: Device | undefined): Step {
  const name = 'Onboarded';
  switch (device?.status) {
    case 'online': {
      const who = [device.manufacturer, device.modelName].filter(Boolean).join(' ') || 'The device';
      return { name, state: 'done', text: `${who}: ${count(device.parameterCount, 'parameter')} read.` };
    }
    case 'onboarding':
      return { name, state: 'working', text: 'Its data model and its values are being read.' };
    case 'error':
      return {
        name,
        state: 'stopped',
        text: asSentence(device.statusReason || 'what it answers cannot be worked with'),
      };
    default:
      return { name, state: 'waiting', text: '' };
  }
}

export const isDone = (steps: readonly Step[]): boolean => steps.every((step) => step.state === 'done');

/**
 * Who else was turned away since the guide looks, the last first: a wrong password is refused before anybody knows whose it is.
 *
 * @param before the time, by the server's clock, of the last that is none of these; undefined before the first look
 */
export function othersRefused(all: readonly RefusedPeer[], id: string, before: string | undefined): RefusedPeer[] {
  if (before === undefined) return [];
  return all.filter((peer) => peer.device !== id && peer.lastTime > before).slice(0, 3);
}
