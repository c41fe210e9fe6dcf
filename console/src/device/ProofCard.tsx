// SPDX-License-Identifier: Apache-2.0
import { Button, Modal, SegmentedControl, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ShownOnce } from '../admin/ShownOnce';
import { answer, api } from '../api/client';
import { proofQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { CwmpProof, Device } from '../api/types';
import { CopySent } from '../ui/CopyAs';
import { notifyError } from '../ui/notify';
import { Card } from './Card';

type Wanted = CwmpProof['wanted'];

/** What a device has to show, as a sentence. */
function sentence({ wanted, login }: CwmpProof): string {
  if (wanted === 'certificate') return 'It has to show a certificate that names it.';
  if (wanted === 'both') return 'It has to show a certificate that names it, and its login.';
  return login
    ? 'It has to show its login, or a certificate that names it.'
    : 'It has to show nothing, until it has shown a certificate that names it, or has a login.';
}

/** With what a device of TR-069 shows who it is. */
export function ProofCard({ device }: { device: Device }) {
  const proof = useQuery(proofQuery(device.id));
  const mayFleet = useMay('fleet');
  if (!proof.data) return proof.isPending ? <Skeleton height={140} radius="lg" /> : null;
  return (
    <Card title="Proof over TR-069">
      <p style={{ margin: 0 }}>
        {sentence(proof.data)} {device.verified && 'It has proved who it is.'}
      </p>
      <p style={{ margin: '8px 0 0' }}>
        {proof.data.login ? (
          <>
            Its login is <span className="mono">{proof.data.login}</span>.
          </>
        ) : (
          'It has no login.'
        )}
      </p>
      {mayFleet && (
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 12 }}>
          <Want id={device.id} proof={proof.data} />
          <MakeLogin id={device.id} login={proof.data.login} />
          <SameAs id={device.id} />
        </div>
      )}
    </Card>
  );
}

function Want({ id, proof }: { id: string; proof: CwmpProof }) {
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const [wanted, setWanted] = useState<Wanted>(proof.wanted);
  const send = () => answer(api.PUT('/api/v1/devices/{id}/cwmp-proof', { params: { path: { id } }, body: { wanted } }));
  const want = useMutation({
    mutationFn: send,
    onSuccess: (now) => client.setQueryData(proofQuery(id).queryKey, now),
    onError: notifyError,
    onSettled: () => setAsked(false),
  });
  const open = () => {
    setWanted(proof.wanted);
    setAsked(true);
  };
  return (
    <>
      <Button size="compact-md" variant="default" onClick={open}>
        Want another proof…
      </Button>
      <Modal opened={asked} onClose={() => setAsked(false)} title="What does it have to show?">
        <p style={{ marginTop: 0 }}>
          From its next session on. Whoever comes in its name and does not show that is refused: a device that has no
          certificate yet is locked out where one is wanted.
        </p>
        <SegmentedControl
          aria-label="What it has to show"
          value={wanted}
          onChange={(next) => setWanted(next as Wanted)}
          data={[
            { value: 'either', label: 'Either' },
            { value: 'certificate', label: 'A certificate' },
            { value: 'both', label: 'Both' },
          ]}
        />
        <div className="dialogfoot">
          {wanted !== proof.wanted && <CopySent send={send} />}
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={() => setAsked(false)}>
            Not now
          </Button>
          <Button disabled={wanted === proof.wanted} loading={want.isPending} onClick={() => want.mutate()}>
            From now on
          </Button>
        </div>
      </Modal>
    </>
  );
}

function SameAs({ id }: { id: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asked, setAsked] = useState(false);
  const [other, setOther] = useState('');
  const send = () =>
    answer(api.POST('/api/v1/devices/{id}/identity', { params: { path: { id } }, body: { sameAs: other.trim() } }));
  const same = useMutation({
    mutationFn: send,
    onSuccess: (now) => {
      setAsked(false);
      void client.invalidateQueries();
      void navigate({ to: '/devices/$id', params: { id: now.id } });
    },
    onError: notifyError,
  });
  return (
    <>
      <Button size="compact-md" variant="default" onClick={() => setAsked(true)}>
        It is another here…
      </Button>
      <Modal opened={asked} onClose={() => setAsked(false)} title="Which device is it?">
        <p style={{ marginTop: 0 }}>
          Both become one, with all that is kept of them, and are known by the name of the one that speaks USP. Tags,
          attributes and values of both come together; of what both have, its own counts, and the login over TR-069 is
          that of this one. The page of the device offers to make them two again: then tags, attributes, values and
          login are as they were, and history, files, jobs and what waits stay with the one.
        </p>
        <TextInput
          label="Endpoint ID of the other"
          value={other}
          onChange={(event) => setOther(event.currentTarget.value)}
          placeholder="os::0200F0-1"
        />
        <div className="dialogfoot">
          {other.trim() && <CopySent send={send} />}
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={() => setAsked(false)}>
            Not now
          </Button>
          <Button disabled={other.trim() === ''} loading={same.isPending} onClick={() => same.mutate()}>
            Both are one
          </Button>
        </div>
      </Modal>
    </>
  );
}

function MakeLogin({ id, login }: { id: string; login: string | undefined }) {
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const send = () => answer(api.POST('/api/v1/devices/{id}/cwmp-login', { params: { path: { id } } }));
  const make = useMutation({
    mutationFn: send,
    onSuccess: () => client.invalidateQueries({ queryKey: proofQuery(id).queryKey }),
    onError: notifyError,
  });
  const close = () => {
    setAsked(false);
    make.reset();
  };
  return (
    <>
      <Button size="compact-md" variant="default" onClick={() => setAsked(true)}>
        {login ? 'New login…' : 'Make a login…'}
      </Button>
      <Modal opened={asked} onClose={close} title="Make the login of this device?">
        {make.data ? (
          <ShownOnce title={`The password of ${make.data.username}, shown only now`} secret={make.data.password}>
            Write both into the device, as its user name and password for this ACS.
          </ShownOnce>
        ) : (
          <p style={{ marginTop: 0 }}>
            It has to show it from now on, and is refused until both are written into it.{' '}
            {login && 'The one that it has ends.'}
          </p>
        )}
        <div className="dialogfoot">
          {!make.data && <CopySent send={send} />}
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={close}>
            {make.data ? 'Done' : 'Not now'}
          </Button>
          {!make.data && (
            <Button loading={make.isPending} onClick={() => make.mutate()}>
              Make it
            </Button>
          )}
        </div>
      </Modal>
    </>
  );
}
