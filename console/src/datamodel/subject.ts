// SPDX-License-Identifier: Apache-2.0
import type { PharosEvent } from '../api/types';

/** The full path of the parameter, object or command that an event is about. */
export function subjectOf(event: PharosEvent): string {
  if (!event.name || event.path.endsWith(event.name)) return event.path;
  return event.path.endsWith('.') ? event.path + event.name : `${event.path}.${event.name}`;
}

/** By the command key where the event carries one, else by the command's path. */
export function isOurs(event: PharosEvent, path: string, commandKey: string): boolean {
  const args = event.args ?? {};
  const key = args.commandKey ?? args.command_key ?? args.CommandKey;
  return key === undefined ? subjectOf(event) === path : key === commandKey;
}
