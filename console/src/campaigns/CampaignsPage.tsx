// SPDX-License-Identifier: Apache-2.0
import { Button, Skeleton, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { campaignsQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { Campaign } from '../api/types';
import { Ago } from '../ui/Ago';
import { Icon } from '../ui/Icon';
import { useNow } from '../ui/now';
import { PartsBar } from '../ui/PartsBar';
import { Trouble } from '../ui/Trouble';
import { CampaignWord } from './CampaignWord';
import { countsWords, partsOf, settledOf, stageWords } from './words';
import './campaigns.css';

export function CampaignsPage() {
  useDocumentTitle('Campaigns · Pharos');
  const campaigns = useInfiniteQuery(campaignsQuery);
  const items = campaigns.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page">
      <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 12, marginBottom: 14 }}>
        <Title order={1} size={20} lh="31px" style={{ flex: 1 }}>
          Firmware and migration in waves
        </Title>
        <NewCampaign />
      </div>
      {campaigns.isPending && <Skeleton height={180} radius="lg" />}
      {campaigns.isError && <Trouble error={campaigns.error} retry={() => campaigns.refetch()} />}
      {campaigns.data && items.length === 0 && (
        <div className="surface" style={{ padding: 40, textAlign: 'center' }}>
          <p style={{ margin: '0 0 6px' }}>There is no campaign yet.</p>
          <p className="dim" style={{ margin: '0 auto 18px', maxWidth: 540 }}>
            A campaign brings an image to many devices, or moves them from TR-069 to USP, a few first and the rest when
            those are well. It stops by itself where too many fail or updated devices get worse than the others, and it
            can be rolled back. Its image is one of the <Link to="/firmware">firmware room</Link>.
          </p>
          <NewCampaign />
        </div>
      )}
      {items.length > 0 && (
        <ul className="surface campaignlist" aria-label="Campaigns">
          {items.map((campaign) => (
            <Line key={campaign.id} campaign={campaign} />
          ))}
        </ul>
      )}
      {campaigns.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={campaigns.isFetchingNextPage}
          onClick={() => campaigns.fetchNextPage()}
        >
          Older campaigns
        </Button>
      )}
    </div>
  );
}

function NewCampaign() {
  const may = useMay('fleet');
  if (!may) return null;
  return (
    <Button
      renderRoot={(props) => <Link to="/campaigns/new" {...props} />}
      leftSection={<Icon name="plus" size={16} />}
    >
      New campaign
    </Button>
  );
}

function Line({ campaign }: { campaign: Campaign }) {
  const now = Math.max(useNow(), Date.now());
  const { progress } = campaign;
  return (
    <li>
      <span className="mono dim">#{campaign.id}</span>
      <Link className="cut cover" to="/campaigns/$id" params={{ id: String(campaign.id) }}>
        {campaign.name}
      </Link>
      <span>
        <CampaignWord state={campaign.state} />
      </span>
      <span className="campaignwide">
        {progress && <PartsBar parts={partsOf(progress)} devices={progress.devices} settled={settledOf(progress)} />}
      </span>
      <span className="dim campaignwide" style={{ fontSize: 13 }}>
        {progress ? countsWords(progress) : 'not started'}
        {campaign.state === 'running' && ` · ${stageWords(campaign, now)}`} · <Ago time={campaign.created} />
      </span>
    </li>
  );
}
