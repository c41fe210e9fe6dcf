// SPDX-License-Identifier: Apache-2.0
// What a button sends, in words for a terminal: made from the request itself, so that both are the same.

import { type Seen, seenOf } from '../api/client';
import { curlOf, shellQuote } from './commands';
import { PROFILE, VERBS } from './verbs';

export interface ActionText {
  /** absent where no verb of ./pharos does it */
  pharos?: string;
  curl: string;
}

/** Members of a body that are secrets. */
const SECRET = /password|passphrase|secret|key$/i;

/** The same with a word in place of each secret. */
export function withoutSecrets(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutSecrets);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [
      name,
      SECRET.test(name) && typeof value === 'string' ? 'SECRET' : withoutSecrets(value),
    ]),
  );
}

const words = (of: Record<string, unknown> | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(of ?? {}).map(([name, value]) => [name, String(value)]));

const isObject = (json: unknown): json is Record<string, unknown> => typeof json === 'object' && json !== null;

/** What `send` would send; nothing is sent. */
export function actionOf(origin: string, send: () => Promise<unknown>): Promise<ActionText> {
  return textOf(origin, seenOf(send));
}

async function textOf(origin: string, { request, schemaPath, params }: Seen): Promise<ActionText> {
  const { pathname, search } = new URL(request.url);
  const type = request.headers.get('content-type') ?? '';
  const content = await request.text();
  const json = content && type.includes('json') ? withoutSecrets(JSON.parse(content)) : undefined;
  const body = json !== undefined ? { json } : content ? { file: PROFILE, type } : undefined;
  const verb = VERBS[`${request.method} ${schemaPath}`];
  const said = { path: words(params.path), query: words(params.query), body: isObject(json) ? json : {} };
  return {
    ...(verb && { pharos: ['./pharos', ...verb(said).map(shellQuote)].join(' ') }),
    curl: curlOf(origin, request.method as 'POST', pathname + search, body),
  };
}
