// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, Modal, SegmentedControl } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { migrationQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { Device, Migration, MoveTransport } from '../api/types';
import { clock, exact } from '../format/time';
import { CopyEach, CopySent } from '../ui/CopyAs';
import { notifyError } from '../ui/notify';
import { Card } from './Card';

const WORDS: Record<Exclude<Migration['state'], 'none'>, { word: string; tone: string | undefined }> = {
  eligible: { word: 'asked', tone: 'busy' },
  configured: { word: 'knows the way', tone: 'busy' },
  connected: { word: 'is here', tone: 'busy' },
  verified: { word: 'is the same', tone: 'busy' },
  'stood-by': { word: 'has to hold', tone: 'busy' },
  done: { word: 'moved', tone: 'good' },
  returning: { word: 'on its way back', tone: 'warn' },
  failed: { word: 'went back', tone: 'bad' },
  returned: { word: 'is back', tone: undefined },
};

/** A device of TR-069 and its way to USP, step by step. */
export function MigrationCard({ device }: { device: Device }) {
  const migration = useQuery(migrationQuery(device.id));
  const mayFleet = useMay('fleet');
  const moved = migration.data?.state === 'none' ? undefined : migration.data;
  if (!moved && device.transport !== 'cwmp') return null;
  const back = moved && ['failed', 'returned'].includes(moved.state);
  const onItsWay = moved && !back && moved.state !== 'returning';
  return (
    <Card title="From TR-069 to USP">
      {moved ? (
        <Steps migration={moved} />
      ) : (
        <p style={{ margin: 0 }}>It speaks TR-069 alone, and is asked in its sessions.</p>
      )}
      {mayFleet && (
        <div style={{ display: 'flex', gap: 8, marginTop: 12 }}>
          {(!moved || back) && device.transport === 'cwmp' && <Move id={device.id} />}
          {onItsWay && <Back id={device.id} />}
        </div>
      )}
    </Card>
  );
}

function Steps({ migration }: { migration: Migration }) {
  return (
    <ol className="plain" aria-label="Its way to USP">
      {migration.steps.map((step, index) => {
        const { word, tone } = WORDS[step.state as keyof typeof WORDS] ?? { word: step.state, tone: undefined };
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only added
          <li key={index} style={{ alignItems: 'baseline' }}>
            <time className="mono dim" dateTime={step.time} title={exact(step.time)}>
              {clock(step.time)}
            </time>
            <span className="tag" data-tone={tone}>
              {word}
            </span>
            <span style={{ overflowWrap: 'anywhere', minWidth: 0 }}>{step.text}</span>
          </li>
        );
      })}
    </ol>
  );
}

function useMoving(id: string) {
  const client = useQueryClient();
  return {
    onSuccess: (moved: Migration) => client.setQueryData(migrationQuery(id).queryKey, moved),
    onError: notifyError,
  };
}

function Move({ id }: { id: string }) {
  const [asked, setAsked] = useState(false);
  const [to, setTo] = useState<MoveTransport>('ws');
  const [keepCwmp, setKeepCwmp] = useState(false);
  const [byNetwork, setByNetwork] = useState(false);
  const send = () =>
    answer(api.POST('/api/v1/devices/{id}/migration', { params: { path: { id } }, body: { to, keepCwmp, byNetwork } }));
  const move = useMutation({
    mutationFn: send,
    ...useMoving(id),
    onSettled: () => setAsked(false),
  });
  return (
    <>
      <Button size="compact-md" onClick={() => setAsked(true)}>
        Move to USP…
      </Button>
      <Modal opened={asked} onClose={() => setAsked(false)} title="Move this device to USP?">
        <p style={{ marginTop: 0 }}>
          {byNetwork
            ? 'Nothing of the way is written to it: DHCP tells it, and it is waited for up to a week.'
            : 'Over TR-069 it is told the way to this server.'}{' '}
          When it is here over USP and says the same of itself, and that has held for a minute, TR-069 is switched off.
          Whatever goes wrong leads back.
        </p>
        <SegmentedControl
          aria-label="By which transport"
          value={to}
          onChange={(next) => setTo(next as MoveTransport)}
          data={[
            { value: 'ws', label: 'WebSocket' },
            { value: 'mqtt', label: 'MQTT' },
            { value: 'stomp', label: 'STOMP' },
          ]}
        />
        <Checkbox
          mt="md"
          label="Keep TR-069 as a reserve, with a session a day"
          checked={keepCwmp}
          onChange={(event) => setKeepCwmp(event.currentTarget.checked)}
        />
        <Checkbox
          mt="md"
          label="The network tells it the way (DHCP)"
          checked={byNetwork}
          onChange={(event) => setByNetwork(event.currentTarget.checked)}
        />
        <div className="dialogfoot">
          <CopySent send={send} />
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={() => setAsked(false)}>
            Not now
          </Button>
          <Button loading={move.isPending} onClick={() => move.mutate()}>
            Move it
          </Button>
        </div>
      </Modal>
    </>
  );
}

function Back({ id }: { id: string }) {
  const send = () => answer(api.DELETE('/api/v1/devices/{id}/migration', { params: { path: { id } } }));
  const back = useMutation({
    mutationFn: send,
    ...useMoving(id),
  });
  return (
    <>
      <Button size="compact-md" variant="default" loading={back.isPending} onClick={() => back.mutate()}>
        Bring it back to TR-069
      </Button>
      <CopyEach of={id} moves={[{ label: 'Bring it back', send }]} />
    </>
  );
}
