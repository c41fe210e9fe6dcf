// SPDX-License-Identifier: Apache-2.0
import { Skeleton } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Suspense } from 'react';
import { imageQuery, modulesQuery } from '../api/images';
import { campaignQuery, isAtWork } from '../api/queries';
import type { Campaign } from '../api/types';
import { Card } from '../device/Card';
import { clock, count, exact, span } from '../format/time';
import { later } from '../ui/later';
import { useNow } from '../ui/now';
import { RoomHead } from '../ui/RoomHead';
import { Trouble } from '../ui/Trouble';
import { Within } from '../ui/Within';
import { CampaignWord } from './CampaignWord';
import { Funnel } from './Funnel';
import { Health } from './Health';
import { Moves } from './Moves';
import { Report } from './Report';
import { Waves } from './Waves';
import { campaignSentence } from './words';
import './campaigns.css';

const Candidates = later(() => import('./Candidates'), 'Candidates');

export function CampaignPage() {
  const id = Number(useParams({ from: '/campaigns/$id' }).id);
  useDocumentTitle(`Campaign ${id} · Pharos`);
  const campaign = useQuery({ ...campaignQuery(id), enabled: Number.isSafeInteger(id) });
  return (
    <Within room="Campaigns" back={{ to: '/campaigns' }}>
      {!Number.isSafeInteger(id) && <p>There is no such campaign.</p>}
      {campaign.isLoading && <Skeleton height={160} mt="sm" radius="md" />}
      {campaign.isError && <Trouble error={campaign.error} retry={() => campaign.refetch()} />}
      {campaign.data && <Room campaign={campaign.data} />}
    </Within>
  );
}

function Room({ campaign }: { campaign: Campaign }) {
  const now = Math.max(useNow(), Date.now());
  const live = isAtWork(campaign);
  const started = campaign.progress !== undefined;
  const { step } = useSearch({ from: '/campaigns/$id' });
  return (
    <>
      <RoomHead
        name={campaign.name}
        word={<CampaignWord state={campaign.state} />}
        moves={<Moves campaign={campaign} />}
        sentence={campaignSentence(campaign, now)}
      />
      <Waves campaign={campaign} />
      {campaign.migration && started && <Funnel id={campaign.id} live={live} />}
      {campaign.migration && campaign.query !== undefined && campaign.state !== 'done' && (
        <Suspense fallback={<Skeleton height={140} mt="md" radius="lg" />}>
          <Candidates query={campaign.query} to={campaign.migration.to ?? 'ws'} />
        </Suspense>
      )}
      {campaign.gate && started && <Health id={campaign.id} live={live} />}
      <div className="cards">
        <Card title="What it does">
          <Facts campaign={campaign} />
        </Card>
        <Card title="What happened">
          <Story campaign={campaign} />
        </Card>
      </div>
      {started && <Report key={step} id={campaign.id} live={live} step={step} />}
    </>
  );
}

function Facts({ campaign }: { campaign: Campaign }) {
  const { window, gate } = campaign;
  return (
    <dl className="facts">
      {campaign.firmware !== undefined && <Image id={campaign.firmware} />}
      {campaign.module && <Module rollout={campaign.module} />}
      {campaign.migration && (
        <>
          <dt>Moves</dt>
          <dd>
            from TR-069 to USP over {campaign.migration.to === 'mqtt' ? 'MQTT' : 'WebSocket'}, which has to hold for{' '}
            {span(campaign.migration.settle ?? 0)}; TR-069 is{' '}
            {campaign.migration.keepCwmp ? 'the reserve then' : 'switched off then'}
          </dd>
        </>
      )}
      <dt>Devices</dt>
      <dd>
        {campaign.query === undefined ? (
          `${count(campaign.named ?? 0, 'device')}, named`
        ) : (
          <Link to="/devices" search={campaign.query ? { q: campaign.query } : {}} className="mono">
            {campaign.query || 'all'}
          </Link>
        )}
      </dd>
      <dt>Stops</dt>
      <dd>
        at {campaign.stopAt} failures of a wave, or where it succeeds with less than {campaign.successPercent} %
      </dd>
      <dt>Pause</dt>
      <dd>{campaign.soakSeconds === 0 ? 'none' : `${span(campaign.soakSeconds)} after each wave but the last`}</dd>
      <dt>Waits</dt>
      <dd>{span(campaign.patienceSeconds)} for devices that are away</dd>
      {gate && (
        <>
          <dt>Compares</dt>
          <dd>
            {gate.measures.map((measure) => (
              <div key={measure} className="mono">
                {measure}
              </div>
            ))}
          </dd>
        </>
      )}
      {window && (
        <>
          <dt>Hours</dt>
          <dd>
            {window.from} to {window.to}
            {window.days && window.days.length < 7 && ` on ${window.days.join(', ')}`}, by each device’s clock
          </dd>
        </>
      )}
      <dt>Pace</dt>
      <dd>
        {count(campaign.concurrency, 'device')} at once
        {campaign.perMinute !== undefined && `, ${campaign.perMinute.toLocaleString('en')} a minute at most`}
      </dd>
      <dt>Made</dt>
      <dd>
        {exact(campaign.created)} by {campaign.createdBy}
      </dd>
      <dt>Approved</dt>
      <dd>{campaign.approvedBy ? `by ${campaign.approvedBy}` : campaign.approval ? 'not yet' : 'nobody had to'}</dd>
    </dl>
  );
}

function Image({ id }: { id: number }) {
  const image = useQuery(imageQuery(id));
  return (
    <>
      <dt>Image</dt>
      <dd>
        <Link to="/firmware">{image.data ? `${image.data.name} ${image.data.version}` : `#${id}`}</Link>
      </dd>
    </>
  );
}

function Module({ rollout }: { rollout: NonNullable<Campaign['module']> }) {
  const modules = useQuery(modulesQuery());
  const module = modules.data?.items.find((each) => each.id === rollout.id);
  return (
    <>
      <dt>Module</dt>
      <dd>
        {rollout.action} <Link to="/firmware">{module ? `${module.name} ${module.version}` : `#${rollout.id}`}</Link>
        {rollout.keepData ? '; its data stays' : '; its data goes'}
      </dd>
    </>
  );
}

/** The newest first: what happens now is what is looked for. */
function Story({ campaign }: { campaign: Campaign }) {
  if (campaign.story.length === 0) return <p className="dim">Nothing yet.</p>;
  const notes = campaign.story.map((note, index) => ({ ...note, key: index })).reverse();
  return (
    <ol className="plain" aria-label="What happened, the newest first">
      {notes.map((note) => (
        <li key={note.key} style={{ alignItems: 'baseline' }}>
          <time className="mono dim" dateTime={note.time} title={exact(note.time)}>
            {clock(note.time)}
          </time>
          <span style={{ overflowWrap: 'anywhere', minWidth: 0 }}>{note.text}</span>
        </li>
      ))}
    </ol>
  );
}
