// SPDX-License-Identifier: Apache-2.0
// Messages that somebody writes: what the REST interface takes, as text, and what it is made from.
import type { StoredSchema, TwinItem, WireEntry } from '../api/types';
import { isSecret } from '../datamodel/values';
import {
  addCommand,
  type CommandText,
  curlOf,
  deleteCommand,
  getCommand,
  operateCommand,
  type Setting,
  setCommand,
  shellQuote,
} from '../format/commands';

export const OPERATIONS = ['get', 'set', 'add', 'delete', 'operate', 'instances', 'schema', 'protocols'] as const;
export type Operation = (typeof OPERATIONS)[number];

interface Kind {
  /** as TR-369 calls the message */
  message: string;
  /** as the wire view calls it */
  onWire: string;
  /** whether it may change the device */
  changes: boolean;
  /** to begin with */
  body: unknown;
}

export const KINDS: Record<Operation, Kind> = {
  get: { message: 'Get', onWire: 'Get', changes: false, body: { paths: ['Device.DeviceInfo.'], maxDepth: 0 } },
  set: {
    message: 'Set',
    onWire: 'Set',
    changes: true,
    body: {
      allowPartial: false,
      updateObjects: [{ objPath: 'Device.', paramSettings: [{ param: '', value: '', required: true }] }],
    },
  },
  add: {
    message: 'Add',
    onWire: 'Add',
    changes: true,
    body: { allowPartial: false, createObjects: [{ objPath: 'Device.', paramSettings: [] }] },
  },
  delete: { message: 'Delete', onWire: 'Delete', changes: true, body: { allowPartial: false, objPaths: ['Device.'] } },
  operate: {
    message: 'Operate',
    onWire: 'Operate',
    changes: true,
    body: { command: 'Device.', commandKey: '', sendResp: true, inputArgs: {} },
  },
  instances: {
    message: 'GetInstances',
    onWire: 'GetInstances',
    changes: false,
    body: { objPaths: ['Device.'], firstLevelOnly: false },
  },
  schema: {
    message: 'GetSupportedDM',
    onWire: 'GetSupportedDm',
    changes: false,
    body: { objPaths: ['Device.'], firstLevelOnly: true },
  },
  protocols: { message: 'GetSupportedProtocol', onWire: 'GetSupportedProtocol', changes: false, body: {} },
};

export interface Draft {
  operation: Operation;
  text: string;
  /** the message of the wire that it repeats; undefined where it repeats none */
  from?: { msgId: string };
}

const written = (body: unknown): string => JSON.stringify(body, null, 2);

export const draftOf = (operation: Operation): Draft => ({ operation, text: written(KINDS[operation].body) });

/** What masks a secret on the wire. */
const MASK = '******';

const RENAMED: Partial<Record<Operation, Record<string, string>>> = {
  get: { paramPaths: 'paths' },
  operate: { sendResponse: 'sendResp' },
};

/** The same message again, to look at before it is sent; undefined where the entry is no request of this server's. */
export function again(entry: WireEntry): Draft | undefined {
  if (entry.direction !== 'out' || entry.kind !== 'record' || !entry.text) return undefined;
  const operation = OPERATIONS.find((each) => KINDS[each].onWire === entry.message);
  if (!operation) return undefined;
  const body = bodyOf(entry.text);
  if (!body) return undefined;
  const names = RENAMED[operation] ?? {};
  const renamed = Object.fromEntries(Object.entries(body).map(([name, value]) => [names[name] ?? name, value]));
  return { operation, text: written(operation === 'protocols' ? {} : renamed), from: { msgId: entry.msgId } };
}

function bodyOf(text: string): Record<string, unknown> | undefined {
  try {
    const body = JSON.parse(text)?.message?.body;
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

export type Read = { body: Record<string, unknown> } | { wrong: string };

/** The body as it would be sent, or why it cannot be. What its fields must be the server says. */
export function read(text: string): Read {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    return { wrong: `This is no JSON: ${error instanceof Error ? error.message : String(error)}.` };
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { wrong: 'A message is an object: { … }.' };
  }
  if (text.includes(MASK)) {
    return { wrong: `A secret was masked on the wire: write it in place of ${MASK}.` };
  }
  return { body: body as Record<string, unknown> };
}

const secretOf = (name: string): boolean => isSecret(name);

/** A body without its secrets. */
function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  const named = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(named).map(([name, each]) => {
      const secret = secretOf(name) || (name === 'value' && secretOf(String(named.param ?? '')));
      return [name, secret ? 'SECRET' : masked(each)];
    }),
  );
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

interface ObjectBody {
  objPath?: unknown;
  paramSettings?: { param?: unknown; value?: unknown }[];
}

const objectsOf = (value: unknown): ObjectBody[] => (Array.isArray(value) ? (value as ObjectBody[]) : []);

const settingsOf = ({ paramSettings }: ObjectBody, before: string): Setting[] =>
  (Array.isArray(paramSettings) ? paramSettings : []).map(({ param, value }) => ({
    path: `${before}${param ?? ''}`,
    value: String(value ?? ''),
    secret: secretOf(String(param ?? '')),
  }));

/** The same for a terminal. As ./pharos it may be several commands, which are then as many messages. */
export function commandOf(
  origin: string,
  id: string,
  operation: Operation,
  body: Record<string, unknown>,
): CommandText {
  const address = `/api/v1/devices/${encodeURIComponent(id)}/usp/${operation}`;
  const json = masked(body);
  const curl = curlOf(origin, 'POST', address, operation === 'protocols' ? undefined : { json });
  return { pharos: pharosOf(origin, id, operation, body), curl };
}

function pharosOf(origin: string, id: string, operation: Operation, body: Record<string, unknown>): string {
  const plain = (paths: unknown) => ['./pharos', operation, id, ...texts(paths)].map(shellQuote).join(' ');
  switch (operation) {
    case 'get':
      return getCommand(origin, id, texts(body.paths)).pharos;
    case 'set': {
      const settings = objectsOf(body.updateObjects).flatMap((each) => settingsOf(each, String(each.objPath ?? '')));
      return setCommand(origin, id, settings, false).pharos;
    }
    case 'add':
      return objectsOf(body.createObjects)
        .map((each) => addCommand(origin, id, String(each.objPath ?? ''), settingsOf(each, '')).pharos)
        .join('\n');
    case 'delete':
      return texts(body.objPaths)
        .map((path) => deleteCommand(origin, id, path).pharos)
        .join('\n');
    case 'operate': {
      const args = Object.entries((body.inputArgs ?? {}) as Record<string, unknown>).map(([path, value]) => ({
        path,
        value: String(value),
        secret: secretOf(path),
      }));
      return operateCommand(origin, id, String(body.command ?? ''), args).pharos;
    }
    case 'instances':
    case 'schema':
      return plain(body.objPaths);
    case 'protocols':
      return plain([]);
  }
}

type SupportedObjects = StoredSchema['supportedObjs'];

/** Every path that is known to be there: values, objects and rows from the twin, commands from the data model. */
export function pathsOf(items: readonly TwinItem[], objects: SupportedObjects): string[] {
  const found = new Set<string>();
  const patterns = new Map<string, Set<string>>();
  for (const { path } of items) {
    found.add(path);
    for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      const object = path.slice(0, dot + 1);
      if (found.has(object)) continue;
      found.add(object);
      const pattern = object.replace(/\.\d+(?=\.)/g, '.{i}');
      patterns.set(pattern, (patterns.get(pattern) ?? new Set()).add(object));
    }
  }
  for (const { supportedObjPath, supportedCommands } of objects) {
    for (const object of patterns.get(supportedObjPath) ?? []) {
      for (const { commandName } of supportedCommands) found.add(object + commandName);
    }
  }
  return [...found];
}

export interface Completion {
  /** what would stand there */
  path: string;
  /** the text with it, and where the caret is then */
  text: string;
  caret: number;
}

const MOST = 12;
const natural = new Intl.Collator('en', { numeric: true }).compare;

/** What may stand where the caret is: the next step of a path that has begun within quotation marks. */
export function completionsAt(text: string, caret: number, paths: readonly string[]): Completion[] {
  const before = text.slice(0, caret);
  const [, typed] = /"(Device(?:\.[^"\\\n]*)?)$/.exec(before) ?? [];
  if (typed === undefined) return [];
  const begun = typed.toLowerCase();
  const steps = new Set<string>();
  for (const path of paths) {
    if (!path.toLowerCase().startsWith(begun)) continue;
    const dot = path.indexOf('.', typed.length);
    steps.add(dot < 0 ? path : path.slice(0, dot + 1));
  }
  steps.delete(typed);
  // what is left of the path behind the caret goes with it
  const rest = text.slice(caret).replace(/^[\w.{}*()-]*/, '');
  const head = before.slice(0, before.length - typed.length);
  return [...steps]
    .sort(natural)
    .slice(0, MOST)
    .map((path) => ({ path, text: `${head}${path}${rest}`, caret: head.length + path.length }));
}
