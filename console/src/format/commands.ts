// SPDX-License-Identifier: Apache-2.0
// The same action in words for a terminal: as ./pharos and as curl. Secrets never leave the page: a variable stands in.

import { groupBy } from './group';

export interface Setting {
  path: string;
  value: string;
  secret?: boolean;
}

export interface CommandText {
  pharos: string;
  curl: string;
}

/** Quotes for POSIX sh, only where needed. */
export function shellQuote(text: string): string {
  if (/^[A-Za-z0-9_.,:/@%+=-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

const SECRET_VARIABLE = '"$SECRET"';

function assignment({ path, value, secret }: Setting): string {
  return secret ? `${shellQuote(path)}=${SECRET_VARIABLE}` : shellQuote(`${path}=${value}`);
}

function pharos(verb: string, id: string, ...rest: string[]): string {
  return ['./pharos', verb, shellQuote(id), ...rest].join(' ');
}

/** A request of the REST interface; its body is a document, or a file of this name and type, or none. */
export function curlOf(
  origin: string,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  address: string,
  body?: { json: unknown } | { file: string; type?: string },
): string {
  const lines = [
    `curl -sS -X ${method} ${shellQuote(`${origin}${address}`)}`,
    `  -H "Authorization: Bearer $PHAROS_TOKEN"`,
  ];
  if (body && 'json' in body) {
    lines.push(`  -H 'Content-Type: application/json'`, `  -d ${shellQuote(JSON.stringify(body.json))}`);
  } else if (body) {
    const type = body.type ?? 'application/octet-stream';
    lines.push(`  -H 'Content-Type: ${type}'`, `  --data-binary ${shellQuote(`@${body.file}`)}`);
  }
  return lines.join(' \\\n');
}

function curl(origin: string, id: string, operation: string, body: unknown): string {
  return curlOf(origin, 'POST', `/api/v1/devices/${encodeURIComponent(id)}/usp/${operation}`, { json: body });
}

const masked = (s: Setting): string => (s.secret ? 'SECRET' : s.value);

/** Splits "Device.X.1.Name" into its object path, with the final dot, and the parameter's name. */
export function splitParam(path: string): [object: string, param: string] {
  const dot = path.lastIndexOf('.');
  return [path.slice(0, dot + 1), path.slice(dot + 1)];
}

export function getCommand(origin: string, id: string, paths: string[]): CommandText {
  return {
    pharos: pharos('get', id, ...paths.map(shellQuote)),
    curl: curl(origin, id, 'get', { paths, maxDepth: 0 }),
  };
}

export function setCommand(origin: string, id: string, settings: Setting[], allowPartial: boolean): CommandText {
  const objects = groupBy(settings, (s) => splitParam(s.path)[0]);
  const updateObjects = [...objects].map(([objPath, own]) => ({
    objPath,
    paramSettings: own.map((s) => ({ param: splitParam(s.path)[1], value: masked(s), required: !allowPartial })),
  }));
  return {
    pharos: pharos('set', id, ...settings.map(assignment)),
    curl: curl(origin, id, 'set', { allowPartial, updateObjects }),
  };
}

export function addCommand(origin: string, id: string, objPath: string, settings: Setting[]): CommandText {
  const paramSettings = settings.map((s) => ({ param: s.path, value: masked(s), required: true }));
  return {
    pharos: pharos('add', id, shellQuote(objPath), ...settings.map(assignment)),
    curl: curl(origin, id, 'add', { allowPartial: false, createObjects: [{ objPath, paramSettings }] }),
  };
}

export function deleteCommand(origin: string, id: string, objPath: string): CommandText {
  return {
    pharos: pharos('delete', id, shellQuote(objPath)),
    curl: curl(origin, id, 'delete', { allowPartial: false, objPaths: [objPath] }),
  };
}

export function operateCommand(origin: string, id: string, command: string, args: Setting[]): CommandText {
  const inputArgs = Object.fromEntries(args.map((a) => [a.path, masked(a)]));
  return {
    pharos: pharos('operate', id, shellQuote(command), ...args.map(assignment)),
    curl: curl(origin, id, 'operate', { command, commandKey: '', sendResp: true, inputArgs }),
  };
}
