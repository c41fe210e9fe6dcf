// SPDX-License-Identifier: Apache-2.0
import { Button, Modal, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { useMay } from '../api/rights';
import type { Webhook, WebhookSecret } from '../api/types';
import { KIND_NAMES } from '../events/search';
import { count } from '../format/time';
import { Ago } from '../ui/Ago';
import { CopyEach, CopySent } from '../ui/CopyAs';
import { notifyDone, notifyError } from '../ui/notify';
import { Trouble } from '../ui/Trouble';
import { Deliveries } from './Deliveries';
import { NewWebhook } from './NewWebhook';
import { ShownOnce } from './ShownOnce';
import { standing, wantedWords, webhooksQuery } from './webhooks';

/** Which other systems are told of what happens. */
export function Webhooks() {
  const webhooks = useQuery(webhooksQuery);
  const maySystems = useMay('systems');
  const [told, setTold] = useState<WebhookSecret>();
  if (webhooks.isPending) return <Skeleton height={160} radius="lg" mt="md" />;
  if (webhooks.isError) return <Trouble error={webhooks.error} retry={() => webhooks.refetch()} />;
  return (
    <>
      {maySystems && <NewWebhook onMade={setTold} />}
      {told && (
        <ShownOnce title={`The secret of ${told.webhook.name}, shown only now`} secret={told.secret}>
          With it the other system checks that it is us; see docs/webhooks.md.
        </ShownOnce>
      )}
      {webhooks.data.items.length === 0 ? (
        <div className="surface dim" style={{ padding: 30, textAlign: 'center' }}>
          No other system is told of anything. A webhook is an address to which each event goes as one signed request,
          until the other side says that it has it.
        </div>
      ) : (
        <ul className="surface webhooklist" aria-label="Webhooks">
          {webhooks.data.items.map((webhook) => (
            <Line key={webhook.name} webhook={webhook} onSecret={setTold} />
          ))}
        </ul>
      )}
    </>
  );
}

function Line({ webhook, onSecret }: { webhook: Webhook; onSecret: (told: WebhookSecret) => void }) {
  const [open, setOpen] = useState(false);
  const { words, tone } = standing(webhook);
  return (
    <li>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 12px', alignItems: 'baseline' }}>
        <strong>{webhook.name}</strong>
        <span className="tag" data-tone={tone}>
          {webhook.state}
        </span>
        <span className="mono" style={{ overflowWrap: 'anywhere' }}>
          {webhook.url}
        </span>
      </div>
      <div style={{ overflowWrap: 'anywhere' }}>{wantedWords(webhook, KIND_NAMES)}</div>
      <div className={tone === 'good' ? 'dim' : tone} style={{ fontSize: 13, overflowWrap: 'anywhere' }}>
        {words}
        {webhook.lastSuccess && (
          <>
            {' '}
            Last taken <Ago time={webhook.lastSuccess} />.
          </>
        )}
        {webhook.dead > 0 && ` ${count(webhook.dead, 'delivery was', 'deliveries were')} given up.`}
      </div>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 6 }}>
        <Moves webhook={webhook} onSecret={onSecret} />
        <Button size="compact-sm" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide what was sent' : 'What was sent'}
        </Button>
      </div>
      {open && <Deliveries name={webhook.name} />}
    </li>
  );
}

type Move = keyof typeof SEND;

function Moves({ webhook, onSecret }: { webhook: Webhook; onSecret: (told: WebhookSecret) => void }) {
  const client = useQueryClient();
  const maySystems = useMay('systems');
  const [asked, setAsked] = useState<'rotate' | 'delete'>();
  const move = useMutation({
    mutationFn: (what: Move) => carryOut(webhook.name, what, onSecret),
    onSuccess: (words) => notifyDone(words),
    onError: notifyError,
    onSettled: (_words, _error, what) => {
      setAsked(undefined);
      // nothing more is to be had of what is removed
      void client.invalidateQueries({ queryKey: ['webhooks'], exact: what === 'delete' });
    },
  });
  const button = (what: Move, words: string) => (
    <Button
      size="compact-sm"
      variant="default"
      loading={move.isPending && move.variables === what}
      onClick={() => (what === 'rotate' || what === 'delete' ? setAsked(what) : move.mutate(what))}
    >
      {words}
    </Button>
  );
  return (
    <>
      {button('test', 'Test')}
      {webhook.state === 'paused' ? button('resume', 'Resume') : button('pause', 'Pause')}
      {webhook.dead > 0 && button('replay', 'Send once more what was given up')}
      {maySystems && button('rotate', 'New secret…')}
      {maySystems && button('delete', 'Remove…')}
      <CopyEach
        of={webhook.name}
        moves={[
          { label: 'Test', send: () => SEND.test(webhook.name) },
          webhook.state === 'paused'
            ? { label: 'Resume', send: () => SEND.resume(webhook.name) }
            : { label: 'Pause', send: () => SEND.pause(webhook.name) },
          ...(webhook.dead > 0 ? [{ label: 'Send once more', send: () => SEND.replay(webhook.name) }] : []),
        ]}
      />
      <Modal
        opened={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={asked === 'rotate' ? `A new secret for ${webhook.name}?` : `Remove the webhook ${webhook.name}?`}
      >
        <p style={{ marginTop: 0 }}>
          {asked === 'rotate'
            ? 'Deliveries carry the signatures of both for a time, so that the other system can be given the new one meanwhile.'
            : 'The other system is told of nothing any more, and what waits for it is dropped.'}
        </p>
        <div className="dialogfoot">
          {asked && <CopySent send={() => SEND[asked](webhook.name)} />}
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={() => setAsked(undefined)}>
            Back
          </Button>
          <Button
            color={asked === 'delete' ? 'red.9' : undefined}
            loading={move.isPending}
            onClick={() => asked && move.mutate(asked)}
          >
            {asked === 'rotate' ? 'Make a new one' : 'Remove'}
          </Button>
        </div>
      </Modal>
    </>
  );
}

const at = (name: string) => ({ params: { path: { name } } });

/** What each move sends. */
const SEND = {
  test: (name: string) => answer(api.POST('/api/v1/webhooks/{name}/test', at(name))),
  pause: (name: string) => answer(api.POST('/api/v1/webhooks/{name}/pause', at(name))),
  resume: (name: string) => answer(api.POST('/api/v1/webhooks/{name}/resume', { ...at(name), body: {} })),
  replay: (name: string) => answer(api.POST('/api/v1/webhooks/{name}/replay', { ...at(name), body: { dead: true } })),
  rotate: (name: string) => answer(api.POST('/api/v1/webhooks/{name}/rotate', at(name))),
  delete: (name: string) => api.DELETE('/api/v1/webhooks/{name}', at(name)),
};

/** Does it, and says what came of it. */
async function carryOut(name: string, what: Move, onSecret: (told: WebhookSecret) => void): Promise<string> {
  switch (what) {
    case 'test': {
      const test = await SEND.test(name);
      if (!test.delivered) throw new Error(`${name} did not take it: ${test.answer || `status ${test.status}`}`);
      return `${name} took it within ${test.millis} ms`;
    }
    case 'pause':
      await SEND.pause(name);
      return `${name} is told of nothing until it is resumed`;
    case 'resume':
      await SEND.resume(name);
      return `${name} is told again`;
    case 'replay': {
      const { queued } = await SEND.replay(name);
      return `${count(queued, 'delivery is', 'deliveries are')} sent once more`;
    }
    case 'rotate':
      onSecret(await SEND.rotate(name));
      return `${name} has a new secret`;
    case 'delete':
      await SEND.delete(name);
      return `${name} is removed`;
  }
}
