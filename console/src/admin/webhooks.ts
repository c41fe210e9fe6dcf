// SPDX-License-Identifier: Apache-2.0
// Webhooks: which there are, one while it is being typed, and how one stands in words.
import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client';
import type { EventKind, Webhook, WebhookBody } from '../api/types';
import { type CommandText, curlOf, shellQuote } from '../format/commands';
import { count } from '../format/time';

const STALE_MS = 5_000;
/** Something is delivered at any moment. */
const LOOK_AGAIN_MS = 10_000;

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  staleTime: STALE_MS,
  refetchInterval: LOOK_AGAIN_MS,
  queryFn: ({ signal }) => answer(api.GET('/api/v1/webhooks', { signal })),
});

const DELIVERIES_SHOWN = 50;

/** What was sent to a webhook last, the newest first. */
export const deliveriesQuery = (name: string) =>
  queryOptions({
    queryKey: ['webhooks', name, 'deliveries'],
    staleTime: 1_000,
    refetchInterval: LOOK_AGAIN_MS,
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/webhooks/{name}/deliveries', {
          params: { path: { name }, query: { limit: DELIVERIES_SHOWN } },
          signal,
        }),
      ),
  });

export interface WebhookDraft {
  name: string;
  url: string;
  kinds: EventKind[];
  query: string;
  path: string;
  insecure: boolean;
}

export const NO_WEBHOOK: WebhookDraft = { name: '', url: '', kinds: [], query: '', path: '', insecure: false };

/** Whether it is plain http to another host, which has to be meant. */
export function isPlain(url: string): boolean {
  try {
    const { protocol, hostname } = new URL(url.trim());
    return protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  } catch {
    return false;
  }
}

/** What the server is sent; undefined while it is not whole. */
export function bodyOf(draft: WebhookDraft): WebhookBody | undefined {
  const name = draft.name.trim();
  const url = draft.url.trim();
  if (name === '' || !/^https?:\/\/[^\s]+$/.test(url) || (isPlain(url) && !draft.insecure)) return undefined;
  return {
    name,
    url,
    ...(draft.kinds.length > 0 && { kinds: draft.kinds }),
    ...(draft.query.trim() && { query: draft.query.trim() }),
    ...(draft.path.trim() && { path: draft.path.trim() }),
    ...(isPlain(url) && { insecure: true }),
  };
}

/** The same for a terminal. */
export function addCommand(origin: string, body: WebhookBody): CommandText {
  return {
    pharos: [
      './pharos webhooks add',
      shellQuote(body.name ?? ''),
      shellQuote(body.url ?? ''),
      body.kinds && `--kind ${body.kinds.join(',')}`,
      body.query && `--query ${shellQuote(body.query)}`,
      body.path && `--path ${shellQuote(body.path)}`,
      body.insecure && '--insecure',
    ]
      .filter(Boolean)
      .join(' '),
    curl: curlOf(origin, 'POST', '/api/v1/webhooks', { json: body }),
  };
}

/** Which events it wants, in words. */
export function wantedWords({ kinds, path, query }: Webhook, names: Record<string, string>): string {
  const events = kinds.length === 0 ? 'every event' : kinds.map((kind) => names[kind] ?? kind).join(', ');
  return [events, path && `beginning with ${path}`, query && `of devices ${query}`].filter(Boolean).join(', ');
}

/** How it goes, in a sentence. */
export function standing(webhook: Webhook): { words: string; tone: 'good' | 'warn' | 'bad' } {
  const waiting = webhook.waiting > 0 ? `, ${count(webhook.waiting, 'delivery', 'deliveries')} waiting` : '';
  switch (webhook.state) {
    case 'active':
      return { words: `It is told${waiting}.`, tone: 'good' };
    case 'failing':
      return { words: `It does not take them${waiting}: ${webhook.lastError ?? 'no answer'}`, tone: 'bad' };
    case 'paused':
      return { words: `Nothing is sent${waiting}. ${webhook.note}`.trim(), tone: 'warn' };
  }
}
