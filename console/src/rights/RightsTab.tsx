// SPDX-License-Identifier: Apache-2.0
import { Button, Select, Skeleton, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { summaryQuery, twinQuery } from '../api/queries';
import type { Device } from '../api/types';
import { useRead } from '../datamodel/actions';
import { getCommand } from '../format/commands';
import { count } from '../format/time';
import { Ago } from '../ui/Ago';
import { CopyAs } from '../ui/CopyAs';
import { Icon } from '../ui/Icon';
import { Trouble } from '../ui/Trouble';
import {
  allowed,
  type Controller,
  controllerWords,
  type Permission,
  RIGHTS_PATHS,
  type Rights,
  type Role,
  rightsOf,
  verdictOf,
} from './model';
import './rights.css';

/** Who manages this device, and what each of them may do with it. */
export function RightsTab({ device }: { device: Device }) {
  const twin = useQuery(twinQuery(device.id));
  const rights = useMemo(() => twin.data && rightsOf(twin.data.items), [twin.data]);
  const read = useRead(device.id);
  if (twin.isPending) return <Skeleton height={200} radius="lg" mt="md" />;
  if (twin.isError) return <Trouble error={twin.error} retry={() => twin.refetch()} />;
  const overCwmp = device.transport === 'cwmp';
  return (
    <>
      <div className="rightsbar">
        <p className="dim" role="status">
          {rights ? (
            <>
              {count(rights.controllers.length, 'controller')}, as of <Ago time={rights.asOf} />.
            </>
          ) : overCwmp ? (
            'Over TR-069 a device has one ACS, which may do everything: there are no controllers and no roles.'
          ) : (
            'The device has told of no controller yet, or this server may not see them.'
          )}
        </p>
        {!overCwmp && (
          <>
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<Icon name="refresh" size={15} />}
              loading={read.isPending}
              disabled={!device.online}
              onClick={() => read.mutate(RIGHTS_PATHS)}
            >
              Ask the device
            </Button>
            <CopyAs command={getCommand(window.location.origin, device.id, RIGHTS_PATHS)} />
          </>
        )}
      </div>
      {rights && <Room id={device.id} rights={rights} />}
    </>
  );
}

function Room({ id, rights }: { id: string; rights: Rights }) {
  const { data: summary } = useQuery(summaryQuery);
  return (
    <>
      <ul className="rightslist" aria-label="Controllers">
        {rights.controllers.map((controller) => (
          <Who
            key={controller.path}
            id={id}
            controller={controller}
            ours={summary && controller.endpointId === summary.endpointId}
          />
        ))}
      </ul>
      <MayIt controllers={rights.controllers} />
      {rights.roles.map((role) => (
        <RoleTable key={role.path} id={id} role={role} holders={holdersOf(rights, role)} />
      ))}
    </>
  );
}

const holdersOf = (rights: Rights, role: Role): string[] =>
  rights.controllers.filter((each) => each.roles.includes(role)).map((each) => each.endpointId);

interface WhoProps {
  id: string;
  controller: Controller;
  /** undefined as long as it is not known who this server is */
  ours: boolean | undefined;
}

function Who({ id, controller, ours }: WhoProps) {
  return (
    <li className="surface">
      <div className="rightshead">
        <Link
          to="/devices/$id"
          params={{ id }}
          search={{ tab: 'model', path: controller.path }}
          className="mono"
          title="In the data model"
        >
          {controller.endpointId}
        </Link>
        {ours && (
          <span className="tag" data-tone="good">
            this server
          </span>
        )}
        {ours === false && (
          <span className="tag" data-tone={controller.enabled && !controller.untrusted ? 'warn' : undefined}>
            somebody else
          </span>
        )}
      </div>
      <p>{controllerWords(controller)}</p>
      <p className="dim">{controller.ways.length > 0 ? controller.ways.join(', ') : 'No way to it is known.'}</p>
    </li>
  );
}

/** Asks for one path, and why. */
function MayIt({ controllers }: { controllers: Controller[] }) {
  const [who, setWho] = useState(controllers[0]?.path ?? '');
  const [path, setPath] = useState('');
  const controller = controllers.find((each) => each.path === who) ?? controllers[0];
  if (!controller) return null;
  const asked = path.trim();
  const wrong = asked !== '' && !/^Device(\.|$)/.test(asked);
  return (
    <section className="surface rightsask" aria-label="What may it do there?">
      <Title order={2} size={15}>
        What may it do there?
      </Title>
      <div className="rightsfields">
        <Select
          label="Controller"
          data={controllers.map((each) => ({ value: each.path, label: each.endpointId }))}
          value={controller.path}
          allowDeselect={false}
          onChange={(next) => next && setWho(next)}
        />
        <TextInput
          label="Path"
          placeholder="Device.WiFi.SSID.1.SSID, Device.WiFi., Device.Reboot()"
          spellCheck={false}
          value={path}
          error={wrong ? 'A path begins with Device.' : undefined}
          onChange={(event) => setPath(event.currentTarget.value)}
        />
      </div>
      <div role="status">{asked && !wrong && <Answer controller={controller} path={asked} />}</div>
    </section>
  );
}

function Answer({ controller, path }: { controller: Controller; path: string }) {
  const { may, because, unsure } = verdictOf(controller, path);
  return (
    <>
      <p>
        {may.length === 0 ? (
          <>
            <strong className="bad">Nothing</strong>: for it this is answered as if it were not there.
          </>
        ) : (
          <>
            It may <strong className="good">{may.join(', ')}</strong>.
          </>
        )}
      </p>
      <ul className="dim">
        {because.map(({ role, permission }) => (
          <li key={permission.path}>
            In {role.name} the entry with order {permission.order} decides:{' '}
            <span className="mono">{permission.targets.join(', ')}</span>, {allowed(permission)}.
          </li>
        ))}
        {because.length === 0 && <li>No entry of its roles covers this path.</li>}
        {unsure.map((permission) => (
          <li key={permission.path}>
            By the values at the moment the entry with order {permission.order} may decide otherwise:{' '}
            <span className="mono">{permission.targets.join(', ')}</span>, {allowed(permission)}.
          </li>
        ))}
      </ul>
    </>
  );
}

function RoleTable({ id, role, holders }: { id: string; role: Role; holders: string[] }) {
  const { name, enabled, permissions, showsSecrets, bans, path } = role;
  return (
    <section className="surface rightsrole" aria-label={`Role ${name}`}>
      <div className="rightshead">
        <Title order={2} size={15}>
          <Link to="/devices/$id" params={{ id }} search={{ tab: 'model', path: `${path}.` }}>
            {name}
          </Link>
        </Title>
        {!enabled && <span className="tag">switched off</span>}
        {showsSecrets && (
          <span className="tag" data-tone="warn">
            shows secrets
          </span>
        )}
        {bans && (
          <span className="tag" data-tone="bad">
            bans
          </span>
        )}
        <span className="dim">{holders.length > 0 ? `held by ${holders.join(', ')}` : 'held by nobody'}</span>
      </div>
      {permissions.length === 0 ? (
        <p className="dim">It has no entry: whoever has it alone may do nothing.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Order</th>
              <th scope="col">Where</th>
              <th scope="col">What</th>
            </tr>
          </thead>
          <tbody>
            {permissions.map((permission) => (
              <Entry key={permission.path} permission={permission} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Entry({ permission }: { permission: Permission }) {
  const { order, enabled, targets, param, obj, row, command } = permission;
  return (
    <tr className={enabled ? undefined : 'dim'}>
      <td>{order}</td>
      <td className="mono">
        {targets.map((target) => (
          <div key={target}>{target}</div>
        ))}
      </td>
      <td>
        {allowed(permission)}
        {!enabled && ' (switched off)'}
        <div className="dim mono">
          {param} {obj} {row} {command}
        </div>
      </td>
    </tr>
  );
}
