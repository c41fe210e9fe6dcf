// SPDX-License-Identifier: Apache-2.0
import { Button, Modal, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { answer, api } from '../api/client';
import { imagesQuery } from '../api/images';
import { deviceQuery, isOpen, jobQuery, targetsQuery, twinKey } from '../api/queries';
import { useMay } from '../api/rights';
import type { Device, Firmware } from '../api/types';
import { upgradeCommand } from '../firmware/upload';
import { sizeWord } from '../format/size';
import { JobWord } from '../jobs/JobWord';
import { CopyAs } from '../ui/CopyAs';
import { notifyError } from '../ui/notify';
import { Card } from './Card';
import type { Bank } from './facts';
import '../firmware/firmware.css';

/** The job that this page began for the device; kept while the page is open, so that another tab loses nothing. */
const upgradeKey = (id: string) => ['device', id, 'upgrade'];

/** What the device runs and holds, and what it can be made to run. */
export function FirmwareCard({ device, banks }: { device: Device; banks: Bank[] }) {
  const begun = useQuery<number | null>({
    queryKey: upgradeKey(device.id),
    queryFn: () => null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Card title="Firmware">
      <p style={{ margin: '0 0 12px', fontSize: 14 }}>
        It runs <strong>{device.softwareVersion || 'a version that it does not tell'}</strong>.
      </p>
      {banks.length > 0 && <Banks banks={banks} />}
      {begun.data && <Progress device={device} job={begun.data} />}
      <Fitting device={device} />
    </Card>
  );
}

const statusWord = (status: string): string => (status === 'NoImage' ? 'empty' : status || '–');

function Banks({ banks }: { banks: Bank[] }) {
  return (
    <table className="banks" style={{ borderCollapse: 'collapse', width: '100%', marginBottom: 12 }}>
      <thead>
        <tr>
          <th scope="col">Place</th>
          <th scope="col">Version</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {banks.map((bank) => (
          <tr key={bank.path}>
            <td>{bank.number}</td>
            <td>{bank.version || <span className="dim">nothing</span>}</td>
            <td>
              {bank.active ? <span className="good">runs</span> : statusWord(bank.status)}
              {bank.next && !bank.active && <span className="warn"> · starts next</span>}
              {bank.failure && <div className="bad">{bank.failure}</div>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How far the upgrade is, in the words of the job, until the version was read back. */
function Progress({ device, job: id }: { device: Device; job: number }) {
  const client = useQueryClient();
  const job = useQuery(jobQuery(id));
  const live = !job.data || isOpen(job.data);
  const target = useQuery({
    queryKey: [...targetsQuery(id, undefined, live).queryKey, 'one'],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/jobs/{id}/targets', { params: { path: { id }, query: { limit: 1 } }, signal })),
    refetchInterval: live ? 1_500 : false,
  });
  useEffect(() => {
    if (live) return;
    void client.invalidateQueries({ queryKey: deviceQuery(device.id).queryKey, exact: true });
    void client.invalidateQueries({ queryKey: twinKey(device.id) });
  }, [live, client, device.id]);
  if (!job.data) return <Skeleton height={40} mb={12} />;
  const detail = target.data?.items[0]?.detail;
  return (
    <div role="status" style={{ fontSize: 14, marginBottom: 12 }}>
      <Link to="/jobs/$id" params={{ id: String(id) }}>
        {job.data.name}
      </Link>{' '}
      <JobWord job={job.data} />
      {detail && <div style={{ overflowWrap: 'anywhere' }}>{detail}</div>}
    </div>
  );
}

/** The images that are meant for this device. */
function Fitting({ device }: { device: Device }) {
  const images = useQuery(imagesQuery(device.id));
  if (!images.data) return null;
  const { items } = images.data;
  if (items.length === 0) {
    return (
      <p className="dim" style={{ margin: 0, fontSize: 13 }}>
        No image of the <Link to="/firmware">firmware room</Link> is meant for it.
      </p>
    );
  }
  return (
    <ul className="plain" aria-label="Images for this device">
      {items.map((image) => (
        <li key={image.id}>
          <span className="cut" style={{ flex: 1 }} title={image.note || undefined}>
            {image.name} {image.version} <span className="dim">{sizeWord(image.size)}</span>
          </span>
          {image.version === device.softwareVersion ? (
            <span className="good">runs</span>
          ) : (
            <Upgrade device={device} image={image} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Upgrade({ device, image }: { device: Device; image: Firmware }) {
  const client = useQueryClient();
  const mayFleet = useMay('fleet');
  const [asked, setAsked] = useState(false);
  const begin = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/jobs', { body: { devices: [device.id], firmware: image.id } })),
    onSuccess: (job) => client.setQueryData(upgradeKey(device.id), job.id),
    onError: notifyError,
    onSettled: () => setAsked(false),
  });
  if (!mayFleet) return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Upgrade… to ${image.name} ${image.version}`}
        onClick={() => setAsked(true)}
      >
        Upgrade…
      </Button>
      <Modal opened={asked} onClose={() => setAsked(false)} title={`Have it run ${image.name} ${image.version}?`}>
        <p style={{ marginTop: 0 }}>
          It fetches {sizeWord(image.size)}, restarts, and is without its connections for as long as that takes.
          {!device.online && ' It is offline now: it is done when it returns.'}
        </p>
        <div className="dialogfoot">
          <CopyAs command={upgradeCommand(window.location.origin, device.id, image.id)} />
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={() => setAsked(false)}>
            Not now
          </Button>
          <Button loading={begin.isPending} onClick={() => begin.mutate()}>
            Upgrade it
          </Button>
        </div>
      </Modal>
    </>
  );
}
