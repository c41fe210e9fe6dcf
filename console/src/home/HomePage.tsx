// SPDX-License-Identifier: Apache-2.0
import { Button, Skeleton, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { alarmRulesQuery, attentionQuery } from '../api/queries';
import type { AlarmRule, Attention } from '../api/types';
import { count } from '../format/time';
import { Ago } from '../ui/Ago';
import { Icon, Lighthouse } from '../ui/Icon';
import { later } from '../ui/later';
import { Trouble } from '../ui/Trouble';
import { type Finding, findingsOf, rebootsLink, rebootsWords } from './findings';
import './home.css';

const FleetCharts = later(() => import('../fleet/FleetCharts'), 'FleetCharts');

/** What is wrong now, and the way to it; where nothing is, how that is known. */
export function HomePage() {
  useDocumentTitle('Pharos');
  const attention = useQuery(attentionQuery);
  const rules = useQuery(alarmRulesQuery);
  return (
    <div className="page">
      <Title order={1} size={20} lh="31px" mb={4}>
        What needs a look
      </Title>
      {attention.isPending && <Skeleton height={180} radius="lg" mt="md" />}
      {attention.isError && <Trouble error={attention.error} retry={() => attention.refetch()} />}
      {attention.data && (
        <>
          <p className="dim" role="status" style={{ margin: '0 0 14px', fontSize: 14 }}>
            {count(attention.data.devices, 'device')}, {attention.data.online.toLocaleString('en')} online; as of{' '}
            <Ago time={attention.data.asOf} />
          </p>
          {attention.data.devices === 0 && <NoDevice />}
          <Findings attention={attention.data} rules={rules.data?.items ?? []} />
          <Starts attention={attention.data} />
          {attention.data.devices > 0 && (
            <Suspense>
              <FleetCharts />
            </Suspense>
          )}
        </>
      )}
    </div>
  );
}

function NoDevice() {
  return (
    <section className="surface allwell" aria-label="No device yet">
      <span style={{ display: 'inline-grid', padding: 12, borderRadius: 14, background: 'var(--ph-bar)' }}>
        <Lighthouse size={40} />
      </span>
      <div>
        <p style={{ margin: '0 0 10px', fontSize: 17, fontWeight: 620 }}>The light is on. No ship yet.</p>
        <Button renderRoot={(props) => <Link to="/onboard" {...props} />} leftSection={<Icon name="plus" size={16} />}>
          Connect the first device
        </Button>
      </div>
    </section>
  );
}

function Findings({ attention, rules }: { attention: Attention; rules: AlarmRule[] }) {
  const findings = findingsOf(attention, rules);
  if (findings.length > 0) {
    return (
      <ul className="surface findings" aria-label="What is wrong">
        {findings.map((finding) => (
          <Line key={finding.key} finding={finding} />
        ))}
      </ul>
    );
  }
  if (attention.devices === 0) return null;
  return (
    <section className="surface allwell" aria-label="All is well">
      <span className="good">
        <Icon name="check" size={34} />
      </span>
      <div>
        <p style={{ margin: 0, fontSize: 17, fontWeight: 620 }}>All is well.</p>
        <p className="dim" style={{ margin: '4px 0 0', fontSize: 14 }}>
          In the last day no device was lost and no job failed on one; in the last hour nobody was refused; nobody waits
          to be let in{rules.length > 0 && '; no alarm is open'}. That is what the server’s own record of connections,
          events and jobs says, counted <Ago time={attention.asOf} />.
        </p>
      </div>
    </section>
  );
}

function Line({ finding: { tone, words, detail, link } }: { finding: Finding }) {
  return (
    <li>
      <span className={`dot ${tone}`} />
      <Link className="cover" {...link}>
        {words}
      </Link>
      <span className="dim">{detail}</span>
      <Icon name="right" size={16} />
    </li>
  );
}

/** Which models start again and again, by version: the mark of a version that crashes. */
function Starts({ attention: { reboots } }: { attention: Attention }) {
  if (reboots.length === 0) return null;
  const most = Math.max(...reboots.map((each) => each.starts));
  return (
    <section className="surface" style={{ padding: '16px 20px', marginTop: 16 }} aria-label="Starts in the last day">
      <Title order={2} size={15} mb="sm">
        Started in the last day
      </Title>
      <ul className="starts">
        {reboots.map((each) => (
          <li key={`${each.model} ${each.software}`}>
            <Link {...rebootsLink(each)}>
              {each.model || 'no model'} {each.software}
            </Link>
            <span className="startbar" aria-hidden="true">
              <span
                className={each.starts > each.devices ? 'warn' : 'idle'}
                style={{ width: `${(each.starts / most) * 100}%` }}
              />
            </span>
            <span className="dim">{rebootsWords(each)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
