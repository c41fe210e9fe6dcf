// SPDX-License-Identifier: Apache-2.0
import { Button, Modal, Skeleton } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { answer, api } from '../api/client';
import { useMay } from '../api/rights';
import type { Device, DeviceFile, DeviceFileOrder, DeviceFileRequest, FileOffer } from '../api/types';
import { Card } from '../device/Card';
import { sizeWord } from '../format/size';
import { Ago } from '../ui/Ago';
import { CopyAs, CopyEach } from '../ui/CopyAs';
import { later } from '../ui/later';
import { notifyError } from '../ui/notify';
import { Trouble } from '../ui/Trouble';
import { askCommand, filesAddress, outcomeOf } from './words';

const QueueCard = later(() => import('./QueueCard'), 'QueueCard');
const OptionsCard = later(() => import('./OptionsCard'), 'OptionsCard');

/** How often a device that works on a file is looked at. */
const WORKING_MS = 1_000;

/** Requests that are shown; older ones are of the past. */
const SHOWN = 5;

const filesKey = (id: string) => ['device', id, 'files'];

const filesQuery = (id: string) =>
  queryOptions({
    queryKey: filesKey(id),
    staleTime: 1_000,
    queryFn: ({ signal }) => answer(api.GET('/api/v1/devices/{id}/files', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) =>
      state.data?.requests.some((request) => request.state === 'running') ? WORKING_MS : false,
  });

/** Asks the device, and shows what comes of it. */
function useAsk(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: DeviceFileOrder) =>
      answer(api.POST('/api/v1/devices/{id}/files/requests', { params: { path: { id } }, body })),
    onError: notifyError,
    onSettled: () => client.invalidateQueries({ queryKey: filesKey(id) }),
  });
}

/** Files of a device: given away by it, kept here, and taken back. */
export function FilesTab({ device }: { device: Device }) {
  const files = useQuery(filesQuery(device.id));
  if (files.isPending) return <Skeleton height={200} radius="lg" mt="md" />;
  if (files.isError) return <Trouble error={files.error} retry={() => files.refetch()} />;
  const { items, requests, offers } = files.data;
  return (
    <div style={{ display: 'grid', gap: 16, marginTop: 16 }}>
      <Card title="On the device">
        {offers.length === 0 ? (
          <p className="dim" style={{ margin: 0 }}>
            It has told of no file that it gives away.
          </p>
        ) : (
          <ul className="plain" aria-label="Files that the device has">
            {offers.map((offer) => (
              <Offered key={`${offer.kind} ${offer.number}`} device={device} offer={offer} />
            ))}
          </ul>
        )}
        {requests.length > 0 && <Requests requests={requests.slice(0, SHOWN)} />}
      </Card>
      <Suspense>
        {device.transport === 'cwmp' && (
          <>
            <QueueCard device={device} />
            <OptionsCard device={device} />
          </>
        )}
      </Suspense>
      <Card title="Kept here">
        {items.length === 0 ? (
          <p className="dim" style={{ margin: 0 }}>
            Nothing yet. What the device gives away stands here, the last ten of each kind.
          </p>
        ) : (
          <ul className="plain" aria-label="Files that are kept">
            {items.map((file) => (
              <Kept key={file.id} device={device} file={file} />
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}

function Offered({ device, offer }: { device: Device; offer: FileOffer }) {
  const ask = useAsk(device.id);
  const config = offer.kind === 'config';
  const may = useMay(config ? 'fleet' : 'change');
  const order = { action: config ? 'backup' : 'log', number: offer.number } as const;
  const kind = config ? 'configuration' : 'log';
  return (
    <li>
      <span className="cut" style={{ flex: 1 }}>
        {offer.name || 'Not named'} <span className="dim">{kind}</span>
      </span>
      {may && (
        <>
          <CopyAs command={askCommand(window.location.origin, device.id, order)} />
          <Button
            size="compact-sm"
            variant="default"
            disabled={!device.online}
            loading={ask.isPending}
            aria-label={`Fetch ${offer.name || `the ${kind}`}`}
            onClick={() => ask.mutate(order)}
          >
            Fetch
          </Button>
        </>
      )}
    </li>
  );
}

function Requests({ requests }: { requests: DeviceFileRequest[] }) {
  return (
    <ul className="plain" aria-label="What the device was asked for" aria-live="polite" style={{ marginTop: 12 }}>
      {requests.map((request) => (
        <li key={request.id} style={{ overflowWrap: 'anywhere' }}>
          <span className={request.state === 'failed' || request.state === 'lost' ? 'bad' : ''} style={{ flex: 1 }}>
            {outcomeOf(request)}
          </span>
          <span className="dim">
            <Ago time={request.begun} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Kept({ device, file }: { device: Device; file: DeviceFile }) {
  const client = useQueryClient();
  const config = file.kind === 'config';
  const may = useMay(file.kind === 'log' ? 'change' : 'fleet');
  const send = () =>
    api.DELETE('/api/v1/devices/{id}/files/{file}', { params: { path: { id: device.id, file: file.id } } });
  const remove = useMutation({
    mutationFn: send,
    onError: notifyError,
    onSettled: () => client.invalidateQueries({ queryKey: filesKey(device.id) }),
  });
  return (
    <li style={{ flexWrap: 'wrap' }}>
      <span className="cut" style={{ flex: '1 1 220px' }} title={`SHA-256 ${file.sha256}`}>
        {file.name} <span className="dim">{sizeWord(file.size)}</span>{' '}
        <span className="dim">
          <Ago time={file.received} /> · {file.by}
        </span>
      </span>
      {may && (
        <>
          <Button
            component="a"
            size="compact-sm"
            variant="default"
            href={`${filesAddress(device.id)}/${file.id}`}
            download={file.name}
            aria-label={`Save ${file.name} number ${file.id}`}
          >
            Save
          </Button>
          {config && <Restore device={device} file={file} />}
          <CopyEach of={`${file.name} number ${file.id}`} moves={[{ label: 'Delete', send }]} />
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            loading={remove.isPending}
            aria-label={`Delete ${file.name} number ${file.id}`}
            onClick={() => remove.mutate()}
          >
            Delete
          </Button>
        </>
      )}
    </li>
  );
}

function Restore({ device, file }: { device: Device; file: DeviceFile }) {
  const [asked, setAsked] = useState(false);
  const ask = useAsk(device.id);
  const order = { action: 'restore', file: file.id } as const;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        disabled={!device.online}
        aria-label={`Restore… ${file.name} number ${file.id}`}
        onClick={() => setAsked(true)}
      >
        Restore…
      </Button>
      <Modal opened={asked} onClose={() => setAsked(false)} title={`Have it be configured as in ${file.name}?`}>
        <p style={{ marginTop: 0 }}>
          What was changed since this file came, <Ago time={file.received} />, is lost. A configuration that the device
          does not take changes nothing.
        </p>
        <div className="dialogfoot">
          <CopyAs command={askCommand(window.location.origin, device.id, order)} />
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={() => setAsked(false)}>
            Not now
          </Button>
          <Button loading={ask.isPending} onClick={() => ask.mutate(order, { onSettled: () => setAsked(false) })}>
            Restore it
          </Button>
        </div>
      </Modal>
    </>
  );
}
