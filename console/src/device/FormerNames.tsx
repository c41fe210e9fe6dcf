// SPDX-License-Identifier: Apache-2.0
import { Button, Modal } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { useMay } from '../api/rights';
import type { FormerName } from '../api/types';
import { Ago } from '../ui/Ago';
import { CopySent } from '../ui/CopyAs';
import { notifyError } from '../ui/notify';
import { Card } from './Card';

const namesQuery = (id: string) =>
  queryOptions({
    queryKey: ['device', id, 'names'],
    retry: false,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/devices/{id}/identity', { params: { path: { id } }, signal })),
  });

/** By which names a device was known before; nothing where it never had another. */
export function FormerNames({ id }: { id: string }) {
  const names = useQuery(namesQuery(id));
  const may = useMay('fleet');
  if (!names.data?.former.length) return null;
  return (
    <Card title="Known before as">
      <ul className="plain" aria-label="Names from before">
        {names.data.former.map((former) => (
          <li key={former.id} style={{ overflowWrap: 'anywhere' }}>
            <span style={{ flex: 1 }}>
              <span className="mono">{former.id}</span>{' '}
              <span className="dim">
                until <Ago time={former.since} />
              </span>
            </span>
            {may && former.undoable && <Apart id={id} former={former} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Apart({ id, former }: { id: string; former: FormerName }) {
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const send = () =>
    answer(api.DELETE('/api/v1/devices/{id}/identity', { params: { path: { id }, query: { former: former.id } } }));
  const apart = useMutation({
    mutationFn: send,
    onSuccess: () => client.invalidateQueries(),
    onError: notifyError,
    onSettled: () => setAsked(false),
  });
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setAsked(true)}>
        They are two…
      </Button>
      <Modal opened={asked} onClose={() => setAsked(false)} title="Are they two devices after all?">
        <p style={{ marginTop: 0, overflowWrap: 'anywhere' }}>
          {former.id} is in the list again, with its tags, attributes, values and login as they were, and is known by
          that name over TR-069. History, files, jobs, alarms and what waits stay with {id}.
        </p>
        <div className="dialogfoot">
          <CopySent send={send} />
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={() => setAsked(false)}>
            Not now
          </Button>
          <Button loading={apart.isPending} onClick={() => apart.mutate()}>
            Two of them
          </Button>
        </div>
      </Modal>
    </>
  );
}
