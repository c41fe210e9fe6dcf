// SPDX-License-Identifier: Apache-2.0
// A measurement while it is being asked for, and what it becomes: a body for the server, a command for a terminal.
import type { Diagnostic, DiagnosticRequest, SupportedObject } from '../api/types';
import { type CommandText, curlOf, shellQuote, splitParam } from '../format/commands';
import { type Field, KINDS, type Kind, kindOf } from './kinds';

export interface Draft {
  kind: string;
  target: string;
  /** by argument; an empty one is left out */
  options: Readonly<Record<string, string>>;
}

/** The kinds whose command the device has, each with the fields that its command takes. */
export function supportedKinds(objects: SupportedObject[]): Kind[] {
  return KINDS.flatMap((kind) => {
    const [owner, name] = splitParam(kind.command);
    const command = objects
      .find((object) => object.supportedObjPath === owner)
      ?.supportedCommands.find((each) => each.commandName === name);
    if (!command) return [];
    return [{ ...kind, fields: kind.fields.filter((field) => command.inputArgNames.includes(field.argument)) }];
  });
}

/** The same of a device of TR-069, which has an object in place of each command. */
export function shownKinds(twin: readonly { path: string }[]): Kind[] {
  const paths = new Set(twin.map((item) => item.path));
  return KINDS.filter((kind) => !kind.delicate).flatMap((kind) => {
    const object = kind.command.replace(/\(\)$/, '.');
    if (!paths.has(`${object}DiagnosticsState`)) return [];
    return [{ ...kind, fields: kind.fields.filter((field) => paths.has(object + field.argument)) }];
  });
}

/** What is measured unless somebody says otherwise: transfers tell how they went on, for the picture of it. */
export const usualOptions = (kind: Kind): Record<string, string> =>
  kind.ownServer && kind.fields.some((field) => field.argument === INTERVAL) ? { [INTERVAL]: '1' } : {};

const INTERVAL = 'TimeBasedTestMeasurementInterval';

/** What is wrong with a field, in a sentence; undefined where nothing is. */
export function wrongField(field: Field, value: string): string | undefined {
  const text = value.trim();
  if (text === '' || field.words || field.choices) return undefined;
  return /^\d{1,9}$/.test(text) ? undefined : 'A whole number';
}

const hostsOf = (target: string): string[] => target.split(/[\s,]+/).filter(Boolean);

/** What the server is sent; undefined while something is missing or wrong. */
export function requestOf(draft: Draft, kind: Kind): DiagnosticRequest | undefined {
  const target = kind.name === 'servers' ? hostsOf(draft.target).join(',') : draft.target.trim();
  if (target === '' && !kind.ownServer) return undefined;
  const given = kind.fields.flatMap((field) => {
    const value = (draft.options[field.argument] ?? '').trim();
    return value === '' ? [] : [{ field, value }];
  });
  if (given.some(({ field, value }) => wrongField(field, value))) return undefined;
  return {
    kind: kind.name,
    ...(target && { target }),
    ...(given.length > 0 && {
      arguments: Object.fromEntries(given.map(({ field, value }) => [field.argument, value])),
    }),
  };
}

/** The same for a terminal. */
export function diagnoseCommand(origin: string, id: string, request: DiagnosticRequest): CommandText {
  const kind = kindOf(request.kind);
  const options = Object.entries(request.arguments ?? {}).flatMap(([argument, value]) => {
    if (argument === 'ProtocolVersion') return value === 'Any' ? [] : [value === 'IPv6' ? '-6' : '-4'];
    const option = kind?.fields.find((field) => field.argument === argument)?.option;
    return option ? [`${option} ${shellQuote(value)}`] : [];
  });
  const targets = request.kind === 'servers' ? hostsOf(request.target ?? '') : [request.target ?? ''];
  return {
    pharos: [
      './pharos diagnose',
      shellQuote(id),
      request.kind,
      ...targets.filter(Boolean).map(shellQuote),
      ...options,
    ].join(' '),
    curl: curlOf(origin, 'POST', `/api/v1/devices/${encodeURIComponent(id)}/diagnostics`, { json: request }),
  };
}

/** Of whom a measurement was; empty for this server. */
export function subjectOf(run: Diagnostic): string {
  const kind = kindOf(run.kind);
  const said = kind ? (run.inputs[kind.targetArgument] ?? '') : '';
  return OWN.some((path) => said.includes(path)) ? '' : said;
}

const OWN = ['/transfer-tests/', '/device-files/'];

/** Hosts that a measurement is usually of: what was asked last, or this server, which the device knows how to reach. */
export function usualTarget(kind: Kind, runs: Diagnostic[], ownHost: string): string {
  const alike = (run: Diagnostic) => run.kind === kind.name || (isHost(kind) && isHost(kindOf(run.kind)));
  const last = runs.find((run) => alike(run) && subjectOf(run) !== '' && !isMasked(run));
  return last ? subjectOf(last) : isHost(kind) ? ownHost : '';
}

const isHost = (kind: Kind | undefined): boolean => kind?.targetArgument === 'Host';

/** Whether a secret of it was not kept, so that it cannot be asked for once more. */
export const isMasked = (run: Diagnostic): boolean => subjectOf(run).includes('******');

/** The same measurement once more. */
export function draftOf(run: Diagnostic): Draft {
  const fields = kindOf(run.kind)?.fields ?? [];
  const options = Object.fromEntries(
    fields.flatMap(({ argument }) => {
      const value = run.inputs[argument];
      return value === undefined || value === 'Any' ? [] : [[argument, value]];
    }),
  );
  return { kind: run.kind, target: subjectOf(run), options };
}
