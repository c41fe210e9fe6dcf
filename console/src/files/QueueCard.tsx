// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { answer, api } from '../api/client';
import { useMay } from '../api/rights';
import type { Device } from '../api/types';
import { Card } from '../device/Card';
import { CopyEach } from '../ui/CopyAs';
import { notifyError } from '../ui/notify';

/** What a device of TR-069 has yet to fetch or send, which it says when it is asked. */
export function QueueCard({ device }: { device: Device }) {
  const path = { id: device.id };
  const asked = useMutation({
    mutationFn: () => answer(api.GET('/api/v1/devices/{id}/transfers', { params: { path } })),
    onError: notifyError,
  });
  const send = (key: string) =>
    answer(api.DELETE('/api/v1/devices/{id}/transfers/{key}', { params: { path: { ...path, key } } }));
  const cancel = useMutation({
    mutationFn: send,
    onError: notifyError,
    onSettled: () => asked.mutate(),
  });
  const may = useMay('fleet');
  return (
    <Card title="Queued on the device">
      {asked.data &&
        (asked.data.items.length === 0 ? (
          <p style={{ marginTop: 0 }}>It has no transfer to do.</p>
        ) : (
          <ul className="plain" aria-label="Queued transfers">
            {asked.data.items.map(({ key, state, kind, fileType, name }) => (
              <li key={`${key} ${fileType} ${name}`} style={{ overflowWrap: 'anywhere' }}>
                <span style={{ flex: 1 }}>
                  {kind ? `${kind} of ${fileType}` : 'transfer'} {name}
                  <span className="dim">
                    {' '}
                    {state}
                    {key && ` · ${key}`}
                  </span>
                </span>
                {may && key && state === 'waiting' && (
                  <>
                    <CopyEach of={key} moves={[{ label: 'Cancel', send: () => send(key) }]} />
                    <Button
                      size="compact-sm"
                      variant="default"
                      loading={cancel.isPending}
                      aria-label={`Cancel ${key}`}
                      onClick={() => cancel.mutate(key)}
                    >
                      Cancel
                    </Button>
                  </>
                )}
              </li>
            ))}
          </ul>
        ))}
      <Button size="compact-md" variant="default" loading={asked.isPending} onClick={() => asked.mutate()}>
        {asked.data ? 'Ask again' : 'Ask it now'}
      </Button>
    </Card>
  );
}
