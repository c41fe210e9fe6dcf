// SPDX-License-Identifier: Apache-2.0
// Which ./pharos command does what a request of the page does; where none does, curl alone is offered.

/** What a request says. */
export interface Said {
  path: Record<string, string>;
  query: Record<string, string>;
  /** its JSON, if it is an object; empty otherwise */
  body: Record<string, unknown>;
}

type Words = (said: Said) => string[];

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

/** An option with its value, where it has one. */
const option = (name: string, value: unknown): string[] => (text(value) ? [name, text(value)] : []);

const flag = (name: string, on: unknown): string[] => (on ? [name] : []);

/** One word, and the path's parameters of these names. */
const plain =
  (words: string, ...names: string[]): Words =>
  ({ path }) => [...words.split(' '), ...names.map((name) => text(path[name]))];

const webhook =
  (what: string, ...more: string[]): Words =>
  ({ path }) => ['webhooks', what, text(path.name), ...more];

const ofDevice =
  (verb: string, rest: (said: Said) => string[]): Words =>
  (said) => [verb, text(said.path.id), ...rest(said)];

/** Files that a copied command reads; what is in them does not belong on a command line. */
const WIFI_KEY = 'wifi-key.txt';
const GUEST_KEY = 'guest-key.txt';
const VOUCHER = 'voucher.xml';
export const PROFILE = 'profile.yaml';

/** By method and address. */
export const VERBS: Record<string, Words> = {
  'POST /api/v1/users': ({ body }) => [
    'users',
    text(body.name),
    '--role',
    text(body.role),
    ...option('--only', body.scope),
    ...option('--provider', body.provider),
  ],
  'PUT /api/v1/users/{name}': ({ path, body }) => [
    'users',
    text(path.name),
    '--role',
    text(body.role),
    body.disabled ? '--disable' : '--enable',
    ...(body.scope === undefined ? [] : ['--only', text(body.scope)]),
    ...(Array.isArray(body.changes) ? ['--changes', body.changes.join(',')] : []),
  ],
  'POST /api/v1/users/{name}/password': ({ path }) => ['users', text(path.name), '--reset'],
  'DELETE /api/v1/users/{name}/passkeys': ({ path }) => ['users', text(path.name), '--lost-device'],
  'DELETE /api/v1/users/{name}': ({ path }) => ['users', text(path.name), '--delete'],

  'POST /api/v1/tokens': ({ body }) => [
    'tokens',
    '--make',
    text(body.name),
    '--role',
    text(body.role),
    ...option('--only', body.scope),
    ...option('--days', body.days),
  ],
  'DELETE /api/v1/tokens/{tokenId}': plain('tokens --remove', 'tokenId'),

  'POST /api/v1/tenants': ({ body }) => ['tenants', text(body.name), '--make', text(body.administrator)],
  'PUT /api/v1/tenants/{name}': ({ path, body }) => [
    'tenants',
    text(path.name),
    body.state === 'suspended' ? '--suspend' : '--resume',
  ],
  'PUT /api/v1/tenants/{name}/devices/{device}': ({ path }) => [
    'tenants',
    text(path.name),
    '--device',
    text(path.device),
  ],
  'DELETE /api/v1/tenants/{name}': ({ path, query }) => ['tenants', text(path.name), '--delete', text(query.confirm)],

  'POST /api/v1/approvals/{id}/approve': ({ path }) => ['approvals', text(path.id), '--approve'],
  'POST /api/v1/approvals/{id}/refuse': ({ path, body }) => ['approvals', text(path.id), '--refuse', text(body.reason)],
  'PUT /api/v1/approval-rules': ({ body }) => [
    'approvals',
    '--applies',
    text(body.applies),
    '--devices',
    text(body.devices),
  ],

  'POST /api/v1/webhooks/{name}/test': webhook('test'),
  'POST /api/v1/webhooks/{name}/pause': webhook('pause'),
  'POST /api/v1/webhooks/{name}/resume': webhook('resume'),
  'POST /api/v1/webhooks/{name}/replay': webhook('replay', '--dead'),
  'POST /api/v1/webhooks/{name}/rotate': webhook('rotate'),
  'DELETE /api/v1/webhooks/{name}': webhook('remove'),

  'POST /api/v1/alarms/{id}/assign': ({ path, body }) => [
    'alarms',
    'assign',
    text(path.id),
    ...(body.to ? [text(body.to)] : []),
  ],
  'POST /api/v1/alarms/{id}/mute': ({ path, body }) => ['alarms', 'mute', text(path.id), `${text(body.minutes)}m`],
  'POST /api/v1/alarms/{id}/clear': plain('alarms clear', 'id'),
  'POST /api/v1/alarms/{id}/note': ({ path, body }) => ['alarms', 'note', text(path.id), text(body.text)],
  'DELETE /api/v1/alarm-rules/{name}': ({ path }) => ['alarms', 'rule', text(path.name), '--delete'],

  'POST /api/v1/jobs/{id}/pause': plain('jobs pause', 'id'),
  'POST /api/v1/jobs/{id}/resume': plain('jobs resume', 'id'),
  'POST /api/v1/jobs/{id}/cancel': plain('jobs cancel', 'id'),
  'DELETE /api/v1/campaigns/{id}': plain('campaign delete', 'id'),

  'POST /api/v1/profiles/apply': () => ['apply', '-f', PROFILE],
  'POST /api/v1/profiles/undo': ({ body }) => ['apply', '--undo', text(body.profile)],

  'PUT /api/v1/groups/{name}': ({ path, body }) => [
    'groups',
    text(path.name),
    text(body.query),
    ...option('--description', body.description),
  ],
  'DELETE /api/v1/groups/{name}': ({ path }) => ['groups', text(path.name), '--delete'],

  'PUT /api/v1/series/{path}': plain('series keep', 'path'),
  'DELETE /api/v1/series/{path}': plain('series forget', 'path'),

  'POST /api/v1/devices/{id}/migration': ofDevice('migrate', ({ body }) => [
    ...option('--to', body.to),
    ...flag('--keep-cwmp', body.keepCwmp),
    ...flag('--by-network', body.byNetwork),
  ]),
  'DELETE /api/v1/devices/{id}/migration': ofDevice('migrate', () => ['--back']),
  'PUT /api/v1/devices/{id}/cwmp-proof': ofDevice('proof', ({ body }) => ['--want', text(body.wanted)]),
  'POST /api/v1/devices/{id}/cwmp-login': ofDevice('proof', () => ['--login']),
  'POST /api/v1/devices/{id}/identity': ofDevice('proof', ({ body }) => ['--same-as', text(body.sameAs)]),
  'DELETE /api/v1/devices/{id}/identity': ofDevice('proof', ({ query }) => ['--apart', text(query.former)]),
  'DELETE /api/v1/devices/{id}/transfers/{key}': ofDevice('files', ({ path }) => ['cancel', text(path.key)]),
  'POST /api/v1/devices/{id}/options': ofDevice('files', () => ['voucher', VOUCHER]),
  'DELETE /api/v1/devices/{id}/files/{file}': ofDevice('files', ({ path }) => ['delete', text(path.file)]),
  'PUT /api/v1/devices/{id}/bulk/profiles/{profile}': ofDevice('bulk', ({ path, body }) => [
    body.enabled ? 'on' : 'off',
    text(path.profile),
  ]),
  'POST /api/v1/devices/{id}/bulk/profiles/{profile}/report': ofDevice('bulk', ({ path }) => [
    'now',
    text(path.profile),
  ]),
  'DELETE /api/v1/devices/{id}/bulk/profiles/{profile}': ofDevice('bulk', ({ path }) => ['remove', text(path.profile)]),
  'POST /api/v1/devices/{id}/swap': ({ path, query, body }) => [
    'swap',
    text(query.from),
    text(path.id),
    ...(body.wifiKey === undefined ? [] : ['--wifi-key-file', WIFI_KEY]),
    ...(body.guestKey === undefined ? [] : ['--guest-key-file', GUEST_KEY]),
  ],
  'POST /api/v1/devices/{id}/swap-undo': ({ path, body }) => ['swap', text(path.id), '--undo', text(body.job)],
};
