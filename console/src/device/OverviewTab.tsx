// SPDX-License-Identifier: Apache-2.0
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, Suspense } from 'react';
import { readQuery, twinQuery } from '../api/queries';
import type { Device } from '../api/types';
import { transportName } from '../devices/transport';
import { DiagnosticsCard } from '../diagnostics/DiagnosticsCard';
import { count, exact, span } from '../format/time';
import { modulesOf } from '../modules/model';
import { Ago } from '../ui/Ago';
import { later } from '../ui/later';
import { useNow } from '../ui/now';
import { Card } from './Card';
import { FirmwareCard } from './FirmwareCard';
import { banksOf, listedId, startOf, UP_TIME } from './facts';
import { MigrationCard } from './MigrationCard';

const ProofCard = later(() => import('./ProofCard'), 'ProofCard');
const FormerNames = later(() => import('./FormerNames'), 'FormerNames');
const ModulesCard = later(() => import('../modules/ModulesCard'), 'ModulesCard');
const HealthCard = later(() => import('../health/HealthCard'), 'HealthCard');
const WifiCard = later(() => import('../wifi/WifiCard'), 'WifiCard');
const ThingsCard = later(() => import('../things/ThingsCard'), 'ThingsCard');
const BulkCard = later(() => import('../bulk/BulkCard'), 'BulkCard');
const HomeMap = later(() => import('../homemap/HomeMap'), 'HomeMap');

export function OverviewTab({ device }: { device: Device }) {
  const twin = useQuery({
    ...twinQuery(device.id),
    select: (answer) => ({ banks: banksOf(answer.items), modules: modulesOf(answer.items) }),
  });
  const facts = twin.data;
  const started = useQuery({
    ...readQuery(device.id, UP_TIME),
    enabled: device.online,
    select: ({ answer, at }) => startOf(answer, at),
  });
  return (
    <div className="cards">
      <Suspense fallback={<Skeleton height={250} radius="lg" style={{ gridColumn: '1 / -1' }} />}>
        <HealthCard device={device} />
      </Suspense>
      <Card title="Identity">
        <dl className="facts">
          <Fact name="Endpoint ID">
            <span className="mono">{device.id}</span>
            {!device.schemeListed && (
              <span className="dim" style={{ display: 'block', fontSize: 12.5 }}>
                TR-369 does not list this authority scheme, and strict peers may refuse it. A valid name is{' '}
                <span className="mono">{listedId(device)}</span>.
              </span>
            )}
          </Fact>
          <Fact name="Manufacturer">
            {[device.manufacturer, device.oui && `(${device.oui})`].filter(Boolean).join(' ')}
          </Fact>
          <Fact name="Model">{device.modelName}</Fact>
          <Fact name="Product class">{device.productClass}</Fact>
          <Fact name="Serial number">
            <span className="mono">{device.serialNumber}</span>
          </Fact>
          <Fact name="Hardware">{device.hardwareVersion}</Fact>
          <Fact name="Software">{device.softwareVersion}</Fact>
          {device.tags.length > 0 && <Fact name="Tags">{device.tags.join(', ')}</Fact>}
        </dl>
      </Card>
      <Card title="Connection">
        <dl className="facts">
          <Fact name="Transport">{transportName(device.transport)}</Fact>
          <Fact name="Address">
            <span className="mono">{device.address}</span>
          </Fact>
          <Fact name="Protocol">
            {device.protocolVersions && `USP ${device.protocolVersions.replaceAll(',', ', ')}`}
          </Fact>
          <Fact name="Last seen">
            <Ago time={device.lastSeen} />
          </Fact>
          <Fact name="First seen">{exact(device.firstSeen)}</Fact>
          {device.online && started.data !== undefined && (
            <Fact name="Running for">
              <Since start={started.data} />
            </Fact>
          )}
          <Fact name="Values known">
            <Link to="/devices/$id" params={{ id: device.id }} search={{ tab: 'model' }}>
              {count(device.parameterCount, 'parameter')}
            </Link>
          </Fact>
        </dl>
      </Card>
      <FirmwareCard device={device} banks={facts?.banks ?? []} />
      <DiagnosticsCard device={device} />
      <MigrationCard device={device} />
      <Suspense>
        {device.transport === 'cwmp' && <ProofCard device={device} />}
        <FormerNames id={device.id} />
      </Suspense>
      {twin.isPending && <Skeleton height={180} radius="lg" />}
      <Suspense>
        <WifiCard device={device} />
      </Suspense>
      <Suspense>{facts?.modules && <ModulesCard device={device} modules={facts.modules} />}</Suspense>
      <Suspense>
        <ThingsCard device={device} />
      </Suspense>
      <Suspense>
        <BulkCard device={device} />
      </Suspense>
      <Suspense>
        <HomeMap device={device} />
      </Suspense>
    </div>
  );
}

function Since({ start }: { start: number }) {
  const now = Math.max(useNow(), Date.now());
  return <>{span(Math.max(0, (now - start) / 1000))}</>;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children || '–'}</dd>
    </>
  );
}
