// SPDX-License-Identifier: Apache-2.0
import { Button, Modal, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Suspense, useMemo, useState } from 'react';
import { answer, api } from '../api/client';
import { twinQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { BulkData, BulkProfile, Device } from '../api/types';
import { Card } from '../device/Card';
import { keptHere } from '../history/model';
import { keptSeriesQuery } from '../history/queries';
import { Ago } from '../ui/Ago';
import { Icon } from '../ui/Icon';
import { later } from '../ui/later';
import { notifyDone, notifyError } from '../ui/notify';
import { howOf, takenWords, troubleOf } from './model';
import { bulkQuery } from './queries';
import { Refusals } from './Refusals';
import '../history/history.css';
import './bulk.css';
import { CopyEach, CopySent } from '../ui/CopyAs';

const KeptChart = later(() => import('../history/KeptChart'), 'KeptChart');
const NewReport = later(() => import('./NewReport'), 'NewReport');

/** Charts that stand here; the tab of what was has all. */
const CHARTS = 2;
const A_DAY = { last: 86_400 };

/** The reports that a device makes by itself, and what came here of them. */
export function BulkCard({ device }: { device: Device }) {
  const bulk = useQuery(bulkQuery(device.id));
  const mayFleet = useMay('fleet') && device.online;
  const overTr069 = device.transport === 'cwmp';
  const [adding, setAdding] = useState(false);
  // of a device that knows of no reports and sends none there is nothing to say
  if (!bulk.data || (bulk.data.protocols.length === 0 && bulk.data.received.deliveries === 0)) return null;
  const { profiles } = bulk.data;
  return (
    <Card title="Reports that it makes by itself">
      <Received bulk={bulk.data} />
      {profiles.length > 0 && (
        <ul className="bulkprofiles" aria-label="Reports of this device">
          {profiles.map((profile) => (
            <ProfileLine
              key={profile.number}
              id={device.id}
              profile={profile}
              may={mayFleet}
              mayNow={mayFleet && !overTr069}
            />
          ))}
        </ul>
      )}
      {profiles.length === 0 && <p className="dim bulknote">It makes none.</p>}
      {!bulk.data.asked && bulk.data.asOf && (
        <p className="dim bulknote">
          As it was known <Ago time={bulk.data.asOf} />.
        </p>
      )}
      {mayFleet && (
        <Button
          size="compact-sm"
          variant="default"
          mt={12}
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => setAdding(true)}
        >
          Have it report…
        </Button>
      )}
      <Suspense>
        {adding && <NewReport id={device.id} bulk={bulk.data} overTr069={overTr069} onClose={() => setAdding(false)} />}
      </Suspense>
      <Charts id={device.id} profiles={profiles} />
    </Card>
  );
}

function Received({ bulk: { received, refusals, status, profiles } }: { bulk: BulkData }) {
  const trouble = troubleOf(received);
  return (
    <>
      {status === 'Error' && profiles.length > 0 && (
        <p className="bad bulknote" role="status">
          The last report of one of them was not delivered, as the device says.
        </p>
      )}
      {trouble.length > 0 && <p className="bad bulknote">{trouble.join('; ')}.</p>}
      <Refusals refusals={refusals} />
      <p className="bulknote">
        {takenWords(received)}
        {received.last && (
          <span className="dim">
            {' The last came '}
            <Ago time={received.last} />.
          </span>
        )}
      </p>
    </>
  );
}

interface LineProps {
  id: string;
  profile: BulkProfile;
  may: boolean;
  /** whether one can be made at once, which is of USP alone */
  mayNow: boolean;
}

function ProfileLine({ id, profile, may, mayNow }: LineProps) {
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const at = { params: { path: { id, profile: profile.number } } };
  const done = () => client.invalidateQueries({ queryKey: ['bulk'] });
  const put = (enabled: boolean) =>
    answer(api.PUT('/api/v1/devices/{id}/bulk/profiles/{profile}', { ...at, body: { enabled } }));
  const turn = useMutation({
    mutationFn: put,
    onError: notifyError,
    onSettled: done,
  });
  const make = () => api.POST('/api/v1/devices/{id}/bulk/profiles/{profile}/report', at);
  const now = useMutation({
    mutationFn: make,
    onSuccess: () => notifyDone(`Report ${profile.number} is made`),
    onError: notifyError,
    onSettled: done,
  });
  const away = () => api.DELETE('/api/v1/devices/{id}/bulk/profiles/{profile}', at);
  const remove = useMutation({
    mutationFn: away,
    onSuccess: () => notifyDone(`Report ${profile.number} is made no more`),
    onError: notifyError,
    onSettled: () => {
      setAsked(false);
      return done();
    },
  });
  const called = profile.name || `Report ${profile.number}`;
  return (
    <li>
      <div className="bulkhead">
        <span className={`dot ${profile.enabled ? 'good' : 'idle'}`} data-hollow={!profile.enabled || undefined} />
        <strong>{called}</strong>
        <span className="dim">{howOf(profile)}</span>
      </div>
      <ul className="mono bulkpaths" aria-label={`What is in ${called}`}>
        {profile.parameters.map(({ path, excluded }) => (
          <li key={path} className={excluded ? 'dim' : undefined}>
            {excluded && 'not '}
            {path.includes('*') ? (
              path
            ) : (
              <Link to="/devices/$id" params={{ id }} search={{ tab: 'model', path }}>
                {path}
              </Link>
            )}
          </li>
        ))}
        {profile.parameters.length === 0 && <li className="dim">nothing yet</li>}
      </ul>
      {profile.destination && <div className="dim mono bulkpaths">{profile.destination}</div>}
      {may && (
        <div className="bulkmoves">
          <Switch
            size="sm"
            label="on"
            aria-label={`${called} is made`}
            checked={turn.isPending ? turn.variables : profile.enabled}
            disabled={turn.isPending}
            onChange={(event) => turn.mutate(event.currentTarget.checked)}
          />
          {mayNow && (
            <Button
              size="compact-sm"
              variant="default"
              disabled={!profile.enabled}
              loading={now.isPending}
              onClick={() => now.mutate()}
            >
              Make it now
            </Button>
          )}
          <Button size="compact-sm" variant="default" className="bad" onClick={() => setAsked(true)}>
            Remove…
          </Button>
          <CopyEach
            of={called}
            moves={[
              { label: profile.enabled ? 'Off' : 'On', send: () => put(!profile.enabled) },
              ...(mayNow && profile.enabled ? [{ label: 'Make it now', send: make }] : []),
            ]}
          />
        </div>
      )}
      <Modal opened={asked} onClose={() => setAsked(false)} title={`Remove ${called}?`}>
        <p style={{ marginTop: 0 }}>The device makes it no more. What came of it stays.</p>
        <div className="dialogfoot">
          <CopySent send={away} />
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={() => setAsked(false)}>
            Keep it
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            Remove it
          </Button>
        </div>
      </Modal>
    </li>
  );
}

/** Of what is reported and kept, what it was in the last day. */
function Charts({ id, profiles }: { id: string; profiles: BulkProfile[] }) {
  const kept = useQuery(keptSeriesQuery);
  const twin = useQuery(twinQuery(id));
  const here = useMemo(() => {
    const wanted = profiles.flatMap((profile) => profile.parameters.filter((each) => !each.excluded));
    const inReports = (pattern: string) =>
      wanted.some(({ path }) => (path.endsWith('.') ? pattern.startsWith(path) : pattern === path));
    const patterns = (kept.data?.items ?? []).map((item) => item.path).filter(inReports);
    return keptHere(patterns, twin.data?.items ?? []).filter((each) => each.paths.length > 0);
  }, [kept.data, twin.data, profiles]);
  if (here.length === 0) return null;
  return (
    <div className="bulkcharts">
      <Suspense>
        {here.slice(0, CHARTS).map((each) => (
          <KeptChart key={each.pattern} id={id} kept={each} span={A_DAY} onSpan={() => {}} />
        ))}
      </Suspense>
      <Link to="/devices/$id" params={{ id }} search={{ tab: 'history' }}>
        {here.length > CHARTS ? `All ${here.length} that are kept` : 'Look closer'}
      </Link>
    </div>
  );
}
