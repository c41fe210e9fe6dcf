// SPDX-License-Identifier: Apache-2.0

export const SHOWN = ['all', 'online', 'offline'] as const;
export type Shown = (typeof SHOWN)[number];
export const SORTS = ['id', '-id', 'lastSeen', '-lastSeen', 'modelName', '-modelName'] as const;
export type Sort = (typeof SORTS)[number];
export const DEFAULT_SORT: Sort = '-lastSeen';

export interface DevicesSearch {
  q?: string;
  show?: Shown;
  sort?: Sort;
  /** what the devices are counted by */
  by?: string;
  /** fields of a device and paths of parameters, between commas; those of everybody where it is left out */
  columns?: string;
}

/** The columns of everybody. */
export const DEFAULT_COLUMNS: readonly string[] = [
  'status',
  'id',
  'modelName',
  'serialNumber',
  'softwareVersion',
  'transport',
  'lastSeen',
];
/** What the server keeps in a view, and shows parameters of, at most. */
export const MOST_COLUMNS = 20;
export const MOST_PARAMETERS = 8;

const PATH = /^[A-Za-z_][\w-]*(?:\.(?:\*|\d{1,10}|[A-Za-z_][\w-]*)){0,30}\.[A-Za-z_][\w-]*$/;

export const isParameter = (column: string): boolean => column.includes('.');
/** Whether this may be the path of a parameter, with `*` for the number of any row. */
export const isParameterPath = (text: string): boolean => text.length <= 256 && PATH.test(text);

/** The columns that an address, or a view, names; what cannot be one is left out, and the name of the device never. */
export function columnsIn(text: string | undefined): readonly string[] {
  let parameters = 0;
  const named = [...new Set((text ?? '').split(',').map((name) => name.trim()))].filter((name) =>
    isParameter(name) ? isParameterPath(name) && ++parameters <= MOST_PARAMETERS : /^[A-Za-z]+$/.test(name),
  );
  if (named.length === 0) return DEFAULT_COLUMNS;
  const most = named.slice(0, MOST_COLUMNS);
  return most.includes('id') ? most : ['id', ...most.slice(0, MOST_COLUMNS - 1)];
}

/** The same as an address has it; undefined for those of everybody. */
export function columnsText(columns: readonly string[]): string | undefined {
  const text = columns.join(',');
  return text === DEFAULT_COLUMNS.join(',') ? undefined : text;
}

/** What stands above the column of a parameter: where it is, and its name. */
export function parameterTitle(path: string): string {
  const parts = path.split('.').filter((part) => part !== '*');
  const name = parts.pop() ?? '';
  const number = /^\d+$/.test(parts.at(-1) ?? '') ? ` ${parts.pop()}` : '';
  const object = parts.at(-1);
  return object === undefined || object === 'Device' ? name : `${object}${number} ${name}`;
}

export function readDevicesSearch(search: Record<string, unknown>): DevicesSearch {
  const show = SHOWN.find((known) => known === search.show);
  const sort = SORTS.find((known) => known === search.sort);
  // the router reads a bare number in the address as a number, and a serial number may be one
  const q = search.q === undefined ? '' : String(search.q);
  const by = typeof search.by === 'string' ? search.by.trim() : '';
  const columns = typeof search.columns === 'string' ? columnsText(columnsIn(search.columns)) : undefined;
  return {
    ...(q && { q }),
    ...(by && { by }),
    ...(columns && { columns }),
    ...(show && show !== 'all' && { show }),
    ...(sort && sort !== DEFAULT_SORT && { sort }),
  };
}

/** What the server is asked for: the query that was typed, and the state as one more condition. */
export function serverQuery({ q, show }: DevicesSearch): string {
  const state = show === 'online' ? 'online:true' : show === 'offline' ? 'online:false' : '';
  const typed = q?.trim() ?? '';
  return typed && state ? `(${typed}) ${state}` : typed || state;
}

/** What queries know of devices without the path of a parameter, most useful first. */
export const ATTRIBUTES = [
  'model',
  'software',
  'hardware',
  'manufacturer',
  'class',
  'status',
  'transport',
  'protocol',
  'tag',
  'approved',
  'verified',
  'onboarded',
] as const;

const FLAGS = ['online', 'approved', 'verified', 'onboarded'];

/** The condition that means the devices which count at this value. */
export function conditionOf(by: string, value: string): string {
  const quoted = `"${value.replace(/[\\"]/g, '\\$&')}"`;
  const name = by.toLowerCase();
  if (FLAGS.includes(name) || name === 'status') return `${name}:${value}`;
  return name === 'tag' ? `tag:${quoted}` : `${by} = ${quoted}`;
}

/** The condition that means the numbers of one bar; the last bar has its end too. */
export function conditionOfRange(by: string, from: string, to: string, last: boolean): string {
  return `${by} >= ${from} and ${by} ${last ? '<=' : '<'} ${to}`;
}

/** The query that means who is in a group. */
export function groupCondition(name: string): string {
  return /^[\w.-]+$/.test(name) ? `group:${name}` : `group:"${name}"`;
}

/** Narrows a query; an `or` in it keeps its meaning. */
export function narrowed(q: string | undefined, condition: string): string {
  const typed = q?.trim() ?? '';
  if (!typed) return condition;
  return / or /i.test(typed) ? `(${typed}) and ${condition}` : `${typed} and ${condition}`;
}
