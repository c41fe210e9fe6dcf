// SPDX-License-Identifier: Apache-2.0
import { Button, Menu, Modal, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { explain } from '../api/problem';
import type { NewTenant, Tenant } from '../api/types';
import { count } from '../format/time';
import { Ago } from '../ui/Ago';
import { CopySent, CopySub } from '../ui/CopyAs';
import { Icon } from '../ui/Icon';
import { notifyDone, notifyError } from '../ui/notify';
import { Trouble } from '../ui/Trouble';
import { ShownOnce } from './ShownOnce';
import { FIRST, keptBecause, signInAddress, tenantsQuery } from './tenants';

/** Who shares the server. */
export function Tenants() {
  const tenants = useQuery(tenantsQuery);
  const [made, setMade] = useState<NewTenant>();
  if (tenants.isPending) return <Skeleton height={160} radius="lg" mt="md" />;
  if (tenants.isError) return <Trouble error={tenants.error} retry={() => tenants.refetch()} />;
  return (
    <>
      <Newcomer onMade={setMade} />
      {made && (
        <ShownOnce title={`The password of ${made.administrator}, shown only now`} secret={made.password}>
          {made.administrator} signs in with it at {signInAddress(window.location.origin, made.tenant.name)}, chooses
          another one, and looks after {made.tenant.name}.
        </ShownOnce>
      )}
      <ul className="surface adminlist" aria-label="Tenants">
        {tenants.data.items.map((tenant) => (
          <Line key={tenant.name} tenant={tenant} />
        ))}
      </ul>
    </>
  );
}

function Newcomer({ onMade }: { onMade: (made: NewTenant) => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [administrator, setAdministrator] = useState('');
  const send = () =>
    answer(api.POST('/api/v1/tenants', { body: { name: name.trim(), administrator: administrator.trim() } }));
  const add = useMutation({
    mutationFn: send,
    onSuccess: (made) => {
      setName('');
      setAdministrator('');
      onMade(made);
      return client.invalidateQueries({ queryKey: tenantsQuery.queryKey });
    },
  });
  return (
    <form
      className="adminform"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <TextInput
        label="A new tenant"
        placeholder="brand"
        autoComplete="off"
        value={name}
        error={add.isError ? explain(add.error).detail : undefined}
        onChange={(event) => {
          setName(event.currentTarget.value);
          add.reset();
        }}
      />
      <TextInput
        label="Who looks after it"
        placeholder="Name"
        autoComplete="off"
        value={administrator}
        onChange={(event) => {
          setAdministrator(event.currentTarget.value);
          add.reset();
        }}
      />
      <Button type="submit" loading={add.isPending} disabled={!name.trim() || !administrator.trim()}>
        Make
      </Button>
      {name.trim() && administrator.trim() && <CopySent send={send} />}
    </form>
  );
}

function Line({ tenant }: { tenant: Tenant }) {
  const client = useQueryClient();
  const [asked, setAsked] = useState<'device' | 'remove'>();
  const active = tenant.state === 'active';
  const params = { path: { name: tenant.name } };
  const turn = () =>
    answer(api.PUT('/api/v1/tenants/{name}', { params, body: { state: active ? 'suspended' : 'active' } }));
  const change = useMutation({
    mutationFn: turn,
    onSuccess: () => client.invalidateQueries({ queryKey: tenantsQuery.queryKey }),
    onError: notifyError,
  });
  return (
    <li>
      <span className="cut">
        <strong>{tenant.name}</strong> {tenant.name === FIRST && <span className="dim">· looks after the server</span>}
        {!active && (
          <span className="tag" data-tone="bad" style={{ marginLeft: 8 }}>
            suspended
          </span>
        )}
      </span>
      <span>
        {count(tenant.devices, 'device')} · {count(tenant.people, 'person', 'people')}
      </span>
      <span className="dim" style={{ fontSize: 13 }}>
        made <Ago time={tenant.created} /> by {tenant.createdBy}
      </span>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="subtle" color="gray" px={8} aria-label={`More for ${tenant.name}`}>
            <Icon name="more" size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAsked('device')}>Give it a device…</Menu.Item>
          <Menu.Item disabled={tenant.name === FIRST} onClick={() => change.mutate()}>
            {active ? 'Suspend' : 'Let in again'}
          </Menu.Item>
          <Menu.Item color="red" disabled={tenant.name === FIRST} onClick={() => setAsked('remove')}>
            Remove…
          </Menu.Item>
          {tenant.name !== FIRST && (
            <>
              <Menu.Divider />
              <CopySub moves={[{ label: active ? 'Suspend' : 'Let in again', send: turn }]} />
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked === 'device' && <GiveDevice tenant={tenant} onClose={() => setAsked(undefined)} />}
      {asked === 'remove' && <Remove tenant={tenant} onClose={() => setAsked(undefined)} />}
    </li>
  );
}

function GiveDevice({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const client = useQueryClient();
  const [device, setDevice] = useState('');
  const send = () =>
    api.PUT('/api/v1/tenants/{name}/devices/{device}', {
      params: { path: { name: tenant.name, device: device.trim() } },
    });
  const give = useMutation({
    mutationFn: send,
    onSuccess: () => {
      notifyDone(`${device.trim()} belongs to ${tenant.name}`);
      onClose();
      return client.invalidateQueries();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Give ${tenant.name} a device`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          give.mutate();
        }}
      >
        <TextInput
          label="Its Endpoint ID"
          description="With all that is known of it; jobs, alarms and profiles of its owner have lost it."
          placeholder="os::00256D-0123456789"
          data-autofocus
          value={device}
          error={give.isError ? explain(give.error).detail : undefined}
          onChange={(event) => {
            setDevice(event.currentTarget.value);
            give.reset();
          }}
        />
        <div className="dialogfoot">
          {device.trim() && <CopySent send={send} />}
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button type="submit" loading={give.isPending} disabled={!device.trim()}>
            Give
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Remove({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const kept = keptBecause(tenant);
  const send = () =>
    api.DELETE('/api/v1/tenants/{name}', {
      params: { path: { name: tenant.name }, query: { confirm: typed.trim() } },
    });
  const remove = useMutation({
    mutationFn: send,
    onSuccess: () => {
      notifyDone(`${tenant.name} is removed`);
      onClose();
      return client.invalidateQueries({ queryKey: tenantsQuery.queryKey });
    },
    onError: notifyError,
  });
  return (
    <Modal opened onClose={onClose} title={`Remove ${tenant.name}?`}>
      {kept ? (
        <p style={{ marginTop: 0 }}>{kept}</p>
      ) : (
        <TextInput
          label="Its name once more"
          description="Its people, tokens, groups, profiles, jobs, alarms and all else that it has are removed for good."
          autoComplete="off"
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <div className="dialogfoot">
        {!kept && typed.trim() === tenant.name && <CopySent send={send} />}
        <span style={{ flex: 1 }} />
        <Button variant="default" onClick={onClose}>
          Back
        </Button>
        {!kept && (
          <Button
            color="red"
            loading={remove.isPending}
            disabled={typed.trim() !== tenant.name}
            onClick={() => remove.mutate()}
          >
            Remove
          </Button>
        )}
      </div>
    </Modal>
  );
}
