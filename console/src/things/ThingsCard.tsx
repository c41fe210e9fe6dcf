// SPDX-License-Identifier: Apache-2.0
import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { twinQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { Device } from '../api/types';
import { useApply, useRead } from '../datamodel/actions';
import { isTrue } from '../datamodel/values';
import { Card } from '../device/Card';
import { count } from '../format/time';
import { Ago } from '../ui/Ago';
import { Icon } from '../ui/Icon';
import { notifyError } from '../ui/notify';
import { type Capability, editOf, problemOf, type Thing, thingsOf, valueText } from './model';
import './things.css';

/** The things behind a gateway: which are there, what they say, and what they can be told. */
export function ThingsCard({ device }: { device: Device }) {
  const twin = useQuery(twinQuery(device.id));
  const things = useMemo(() => thingsOf(twin.data?.items ?? []), [twin.data]);
  const read = useRead(device.id);
  const may = useMay('change') && device.online;
  if (things.length === 0) return null;
  const away = things.filter((thing) => !thing.online).length;
  return (
    <Card title="Things">
      <p className="thingssum">
        {count(things.length, 'thing')} behind this gateway
        {away > 0 && <span className="warn">{`, ${away} of them away`}</span>}.
      </p>
      <ul className="things" aria-label="Things behind this gateway">
        {things.map((thing) => (
          <ThingLine key={thing.path} id={device.id} thing={thing} may={may} />
        ))}
      </ul>
      {device.online && (
        <Button
          size="compact-sm"
          variant="default"
          mt={12}
          leftSection={<Icon name="refresh" size={14} />}
          loading={read.isPending}
          onClick={() => read.mutate(['Device.ProxiedDevice.'])}
        >
          Ask for them now
        </Button>
      )}
    </Card>
  );
}

function ThingLine({ id, thing, may }: { id: string; thing: Thing; may: boolean }) {
  return (
    <li>
      <div className="thinghead">
        <span className={`dot ${thing.online ? 'good' : 'idle'}`} data-hollow={!thing.online || undefined} />
        <Link className="cut" to="/devices/$id" params={{ id }} search={{ tab: 'model', path: thing.path }}>
          {thing.name}
        </Link>
        <span style={{ flex: 1 }} />
        <span className={thing.online ? 'dim' : 'warn'}>
          {thing.online ? 'online' : 'away'}
          {thing.seen && (
            <>
              {', heard '}
              <Ago time={thing.seen} />
            </>
          )}
        </span>
      </div>
      <div className="dim thingwho">{[thing.kind, thing.maker, thing.protocol].filter(Boolean).join(' · ')}</div>
      {thing.capabilities.length > 0 && (
        <dl>
          {thing.capabilities.map((capability) => (
            <CapabilityLine
              key={capability.path}
              id={id}
              thing={thing}
              capability={capability}
              may={may && thing.online && capability.control}
            />
          ))}
        </dl>
      )}
    </li>
  );
}

interface LineProps {
  id: string;
  thing: Thing;
  capability: Capability;
  may: boolean;
}

function CapabilityLine({ id, thing, capability, may }: LineProps) {
  return (
    <div>
      <dt>{capability.name}</dt>
      <dd>
        {may ? <Control id={id} label={`${capability.name} of ${thing.name}`} capability={capability} /> : null}
        {(!may || capability.kind === 'LevelControl') && (
          <span className={capability.value === '' ? 'dim' : undefined}>{valueText(capability)}</span>
        )}
      </dd>
    </div>
  );
}

/** What is told is done when the thing has said so. */
function Control({ id, label, capability }: { id: string; label: string; capability: Capability }) {
  const apply = useApply(id);
  const [typed, setTyped] = useState('');
  const tell = (to: string) =>
    apply.mutate(
      { edits: [editOf(capability, to)], allowPartial: false },
      {
        onSuccess: ([result]) => {
          if (result?.ok) setTyped('');
          else notifyError(new Error(result?.sentence ?? 'The thing did not take it'));
        },
        onError: notifyError,
      },
    );
  if (capability.kind === 'BinaryControl') {
    return (
      <Switch
        size="sm"
        aria-label={label}
        checked={isTrue(apply.isPending ? (apply.variables?.edits[0]?.to ?? '') : capability.value)}
        disabled={apply.isPending}
        onChange={(event) => tell(String(event.currentTarget.checked))}
      />
    );
  }
  if (capability.choices.length > 0) {
    return (
      <NativeSelect
        size="xs"
        aria-label={label}
        value={capability.value}
        data={[...new Set([capability.value, ...capability.choices])]}
        disabled={apply.isPending}
        onChange={(event) => tell(event.currentTarget.value)}
      />
    );
  }
  const problem = typed === '' ? undefined : problemOf(capability, typed);
  return (
    <form
      className="thingset"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed !== '' && !problem) tell(typed.trim());
      }}
    >
      <TextInput
        size="xs"
        w={96}
        aria-label={label}
        placeholder={[capability.low, capability.high].filter(Boolean).join(' to ') || 'new value'}
        inputMode="decimal"
        autoComplete="off"
        value={typed}
        error={problem}
        disabled={apply.isPending}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button
        type="submit"
        size="compact-sm"
        variant="default"
        loading={apply.isPending}
        disabled={typed === '' || problem !== undefined}
      >
        Set
      </Button>
    </form>
  );
}
