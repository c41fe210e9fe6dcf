// SPDX-License-Identifier: Apache-2.0
// Who may do what on a device: docs/access-control.md, from what its twin knows.
import type { TwinItem } from '../api/types';
import { bare, Known, numberOf } from '../datamodel/known';
import { isTrue } from '../datamodel/values';

const AGENT = 'Device.LocalAgent.';
const TRUST = `${AGENT}ControllerTrust.`;
export const RIGHTS_PATHS = [`${AGENT}Controller.`, TRUST];

/** What an entry allows, four letters each. */
export interface Permission {
  path: string;
  order: number;
  enabled: boolean;
  targets: string[];
  param: string;
  obj: string;
  row: string;
  command: string;
}

export interface Role {
  /** without its last dot, as references have it */
  path: string;
  name: string;
  enabled: boolean;
  /** the highest order first: it decides */
  permissions: Permission[];
  showsSecrets: boolean;
  bans: boolean;
}

export interface Controller {
  path: string;
  endpointId: string;
  enabled: boolean;
  roles: Role[];
  /** that nobody gave it a role, so that it has the one of strangers */
  untrusted: boolean;
  /** over what it is reached */
  ways: string[];
}

export interface Rights {
  controllers: Controller[];
  roles: Role[];
  /** when the oldest of it was learnt */
  asOf: string;
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((each) => bare(each.trim()))
    .filter(Boolean);

/** Undefined where the device tells of no controller. */
export function rightsOf(items: TwinItem[]): Rights | undefined {
  const ours = items.filter((item) => RIGHTS_PATHS.some((path) => item.path.startsWith(path)));
  const known = new Known(ours);
  const rows = known.rows(/^(Device\.LocalAgent\.Controller\.\d+\.)EndpointID$/);
  if (rows.length === 0) return undefined;
  const secured = listOf(known.value(`${TRUST}SecuredRoles`));
  const banned = bare(known.value(`${TRUST}BannedRole`));
  const roles = known.rows(/^(Device\.LocalAgent\.ControllerTrust\.Role\.\d+\.)Enable$/).map((row): Role => {
    const path = bare(row);
    return {
      path,
      name: known.value(`${row}Name`) || `Role ${numberOf(row)}`,
      enabled: isTrue(known.value(`${row}Enable`)),
      permissions: permissionsOf(known, row),
      showsSecrets: secured.includes(path),
      bans: path === banned,
    };
  });
  const rolesOf = (references: string): Role[] =>
    listOf(references).flatMap((path) => roles.filter((role) => role.path === path));
  const controllers = rows.map((row): Controller => {
    const given = [known.value(`${row}AssignedRole`), known.value(`${row}InheritedRole`)].filter(Boolean).join(',');
    return {
      path: row,
      endpointId: known.value(`${row}EndpointID`),
      enabled: isTrue(known.value(`${row}Enable`)),
      roles: rolesOf(given || known.value(`${TRUST}UntrustedRole`)),
      untrusted: !given,
      ways: waysOf(known, row),
    };
  });
  const asOf = ours.reduce((oldest, { time }) => (oldest === '' || time < oldest ? time : oldest), '');
  return { controllers, roles, asOf };
}

function permissionsOf(known: Known, role: string): Permission[] {
  const table = new RegExp(`^(${role.replaceAll('.', '\\.')}Permission\\.\\d+\\.)Enable$`);
  return known
    .rows(table)
    .map((row) => ({
      path: row,
      order: known.number(`${row}Order`) ?? 0,
      enabled: isTrue(known.value(`${row}Enable`)),
      targets: known
        .value(`${row}Targets`)
        .split(',')
        .map((each) => each.trim())
        .filter(Boolean),
      param: known.value(`${row}Param`),
      obj: known.value(`${row}Obj`),
      row: known.value(`${row}InstantiatedObj`),
      command: known.value(`${row}CommandEvent`),
    }))
    .sort((a, b) => b.order - a.order);
}

function waysOf(known: Known, controller: string): string[] {
  const table = new RegExp(`^(${controller.replaceAll('.', '\\.')}MTP\\.\\d+\\.)Protocol$`);
  return known.rows(table).map((row) => {
    const protocol = known.value(`${row}Protocol`);
    const host = known.value(`${row}WebSocket.Host`);
    const where =
      protocol === 'WebSocket' && host
        ? `${host}:${known.value(`${row}WebSocket.Port`)}`
        : known.value(`${row}MQTT.Topic`) || known.value(`${row}STOMP.Destination`);
    const off = isTrue(known.value(`${row}Enable`)) ? '' : ' (switched off)';
    return `${protocol}${where ? ` ${where}` : ''}${off}`;
  });
}

const MEANINGS: [part: 'param' | 'obj' | 'row' | 'command', letter: string, words: string][] = [
  ['param', 'r', 'read values'],
  ['param', 'w', 'set values'],
  ['param', 'n', 'be told of new values'],
  ['obj', 'r', 'find objects'],
  ['obj', 'w', 'add rows'],
  ['obj', 'n', 'be told of new rows'],
  ['row', 'r', 'see rows'],
  ['row', 'w', 'delete rows'],
  ['row', 'n', 'be told of rows that go'],
  ['command', 'r', 'see commands and events'],
  ['command', 'x', 'run commands'],
  ['command', 'n', 'be told of events and ends'],
];

/** What an entry allows, in words. */
export function allowed(permission: Permission): string {
  const has = MEANINGS.filter(([part, letter]) => permission[part].includes(letter));
  if (has.length === MEANINGS.length) return 'everything';
  if (has.length === 0) return 'nothing';
  const looks = MEANINGS.filter(([, letter]) => letter === 'r' || letter === 'n');
  if (has.length === looks.length && has.every((each) => looks.includes(each)))
    return 'look at everything and be told of it';
  return has.map(([, , words]) => words).join(', ');
}

/** Whether a target covers a path; undefined where that depends on values (a search expression). */
export function covers(target: string, path: string): boolean | undefined {
  if (target.includes('[')) return undefined;
  const isElement = /(?:\(\)|!)$/.test(target);
  const wanted = bare(target).split('.');
  const parts = bare(path).split('.');
  const fits = wanted.every((part, i) =>
    part === '*' ? /^(?:\d+|\*|\{i\})$/.test(parts[i] ?? '') : part === parts[i],
  );
  if (!fits) return false;
  // a parameter or command covers itself; where a path ends without a dot it may be either
  return !isElement || wanted.length === parts.length;
}

export type Kind = 'parameter' | 'object' | 'command';

export const kindOf = (path: string): Kind =>
  /(?:\(\)|!)$/.test(path) ? 'command' : path.endsWith('.') ? 'object' : 'parameter';

const PARTS: Record<Kind, readonly ('param' | 'obj' | 'row' | 'command')[]> = {
  parameter: ['param'],
  object: ['obj', 'row'],
  command: ['command'],
};

export interface Verdict {
  /** what it may do there, in words; none where it may do nothing */
  may: string[];
  /** which entry of each role decides; a role of which none covers the path is left out */
  because: { role: Role; permission: Permission }[];
  /** entries that could decide otherwise, by the values at the moment */
  unsure: Permission[];
}

/** What a controller may do at a path. */
export function verdictOf(controller: Controller, path: string): Verdict {
  const verdict: Verdict = { may: [], because: [], unsure: [] };
  if (!controller.enabled || controller.roles.some((role) => role.bans && role.enabled)) return verdict;
  for (const role of controller.roles.filter((each) => each.enabled)) {
    for (const permission of role.permissions.filter((each) => each.enabled)) {
      const answers = permission.targets.map((target) => covers(target, path));
      if (answers.includes(true)) {
        verdict.because.push({ role, permission });
        break;
      }
      if (answers.includes(undefined)) verdict.unsure.push(permission);
    }
  }
  const parts = PARTS[kindOf(path)];
  verdict.may = MEANINGS.filter(
    ([part, letter]) =>
      parts.includes(part) && verdict.because.some(({ permission }) => permission[part].includes(letter)),
  ).map(([, , words]) => words);
  return verdict;
}

/** What a controller is on this device, in a sentence. */
export function controllerWords({ enabled, roles, untrusted }: Controller): string {
  if (!enabled) return 'It is switched off: nothing that it sends is answered.';
  if (roles.some((role) => role.bans && role.enabled)) return 'It is banned: it gets no answer and is told nothing.';
  const active = roles.filter((role) => role.enabled);
  if (active.length === 0) return 'It has no role that is switched on: it may do nothing.';
  const names = active.map((role) => role.name).join(' and ');
  const secrets = active.some((role) => role.showsSecrets) ? ' It is shown secrets, such as keys.' : '';
  return untrusted
    ? `Nobody gave it a role: it has that of strangers, ${names}.${secrets}`
    : `It has the role ${names}.${secrets}`;
}
