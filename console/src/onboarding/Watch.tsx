// SPDX-License-Identifier: Apache-2.0
import { Button, Loader } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { answer, api } from '../api/client';
import { devicesQuery, refusedQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { RefusedPeer } from '../api/types';
import { conditionOf, DEFAULT_SORT } from '../devices/search';
import { CopyEach } from '../ui/CopyAs';
import { Icon } from '../ui/Icon';
import { notifyError } from '../ui/notify';
import { isGap } from '../wire/model';
import { useWire } from '../wire/stream';
import { isDone, othersRefused, type Step, type StepState, stepsOf } from './progress';

/** The stream tells of devices in the list; this is for what it misses while it is down. */
const LOOK_AGAIN_MS = 4_000;

/** One device on its way: connected, let in, onboarded, and why not. */
export function Watch({ id }: { id: string }) {
  const client = useQueryClient();
  const mayFleet = useMay('fleet');
  const { feed, state } = useWire(id);
  const found = useInfiniteQuery({
    ...devicesQuery(conditionOf('id', id), DEFAULT_SORT),
    refetchInterval: ({ state: { data } }) => (data?.pages[0]?.items[0]?.status === 'online' ? false : LOOK_AGAIN_MS),
  });
  const device = found.data?.pages[0]?.items[0];
  const steps = stepsOf(
    feed.lines.filter((line) => !isGap(line)),
    device,
  );
  const send = () => answer(api.PATCH('/api/v1/devices/{id}', { params: { path: { id } }, body: { approved: true } }));
  const approve = useMutation({
    mutationFn: send,
    onSuccess: () => client.invalidateQueries({ queryKey: ['devices'] }),
    onError: notifyError,
  });
  return (
    <>
      <ol className="steps" aria-label={`How far ${id} is`}>
        {steps.map((step) => (
          <Line key={step.name} step={step}>
            {step.approve &&
              (mayFleet ? (
                <span style={{ display: 'flex', alignItems: 'center', gap: 4 }}>
                  <Button
                    size="compact-sm"
                    color="lantern.6"
                    loading={approve.isPending}
                    onClick={() => approve.mutate()}
                  >
                    Approve this device
                  </Button>
                  <CopyEach of={id} moves={[{ label: 'Approve', send }]} />
                </span>
              ) : (
                <span className="dim">Ask somebody who may approve devices.</span>
              ))}
          </Line>
        ))}
      </ol>
      {isDone(steps) ? (
        <Button
          mt="sm"
          renderRoot={(props) => <Link to="/devices/$id" params={{ id }} {...props} />}
          rightSection={<Icon name="right" size={16} />}
        >
          Open its page
        </Button>
      ) : (
        <>
          {state === 'down' && (
            <p className="warn stepnote" role="status">
              The stream from the server broke; what is shown may be old until it is back.
            </p>
          )}
          <Others id={id} />
        </>
      )}
    </>
  );
}

const WORDS: Record<StepState, string> = { waiting: 'not yet', working: 'now', done: 'done', stopped: 'stopped' };

function Line({ step: { name, state, text }, children }: { step: Step; children: ReactNode }) {
  return (
    <li data-state={state}>
      <span className="stepmark" aria-hidden="true">
        {state === 'done' && <Icon name="check" size={16} />}
        {state === 'stopped' && <Icon name="close" size={16} />}
        {state === 'working' && <Loader size={14} color="currentColor" />}
      </span>
      <div style={{ minWidth: 0 }}>
        <span className="stepname">
          {name} <span className="unseen">{WORDS[state]}</span>
        </span>
        <div className="steptext" role="status">
          {text}
        </div>
        {children}
      </div>
    </li>
  );
}

/** Who knocked meanwhile under another name, or under none: it may be the same device, told wrongly. */
function Others({ id }: { id: string }) {
  const refused = useQuery(refusedQuery);
  const [first, setFirst] = useState<string>();
  const items = refused.data?.items;
  if (items && first === undefined) setFirst(latest(items));
  const others = othersRefused(items ?? [], id, first);
  if (others.length === 0) return null;
  return (
    <div className="others" role="status">
      <p>Somebody was turned away meanwhile. Is that your device?</p>
      <ul>
        {others.map((peer) => (
          <li key={`${peer.device} ${peer.transport} ${peer.address}`}>
            <span className="mono">{peer.device || `no name, ${[peer.transport, peer.address].join(' ')}`}</span>
            <span className="bad">{peer.reason}</span>
          </li>
        ))}
      </ul>
      <Link to="/refused">All who were refused</Link>
    </div>
  );
}

const latest = (items: readonly RefusedPeer[]): string =>
  items
    .map((peer) => peer.lastTime)
    .toSorted()
    .at(-1) ?? '';
