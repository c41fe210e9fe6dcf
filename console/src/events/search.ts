// SPDX-License-Identifier: Apache-2.0
import type { EventKind } from '../api/types';

export const EVENT_KINDS: readonly EventKind[] = [
  'ValueChange',
  'ObjectCreation',
  'ObjectDeletion',
  'OperationComplete',
  'Event',
  'OnBoardRequest',
  'online',
  'offline',
  'onboarded',
  'job',
  'campaign',
  'migration',
  'profile',
  'alarm',
  'refused',
  'warning',
];

/** What a kind is called on the page. */
export const KIND_NAMES: Record<EventKind, string> = {
  ValueChange: 'Value changed',
  ObjectCreation: 'Row added',
  ObjectDeletion: 'Row deleted',
  OperationComplete: 'Command done',
  Event: 'Device event',
  OnBoardRequest: 'Onboarding request',
  online: 'Came online',
  offline: 'Went offline',
  onboarded: 'Onboarded',
  campaign: 'Campaign',
  job: 'Job',
  migration: 'Move to USP',
  profile: 'Profile',
  alarm: 'Alarm',
  refused: 'Refused',
  warning: 'Warning',
};

export interface EventsSearch {
  kind?: EventKind;
}

export function readEventsSearch(search: Record<string, unknown>): EventsSearch {
  const kind = EVENT_KINDS.find((known) => known === search.kind);
  return kind ? { kind } : {};
}
