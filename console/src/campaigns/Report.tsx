// SPDX-License-Identifier: Apache-2.0
import { Button, Skeleton, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { campaignReportQuery } from '../api/queries';
import type { CampaignDevice } from '../api/types';
import { Ago } from '../ui/Ago';
import { Trouble } from '../ui/Trouble';
import { placeWords } from './funnelWords';

const TONES: Record<string, string> = {
  done: 'good',
  failed: 'bad',
  uncertain: 'bad',
  running: 'busy',
  cancelled: 'warn',
};

/** Each device: its wave, what it ran before, how it stands and why. */
export function Report({ id, live, step }: { id: number; live: boolean; step: string | undefined }) {
  const report = useInfiniteQuery({ ...campaignReportQuery(id, live, step), placeholderData: (old) => old });
  if (report.isPending) return <Skeleton height={140} radius="lg" mt="md" />;
  if (report.isError) return <Trouble error={report.error} retry={() => report.refetch()} />;
  const items = report.data.pages.flatMap((page) => page.items);
  return (
    <section id="report" aria-label="Report" style={{ marginTop: 18 }}>
      <div style={{ display: 'flex', gap: 14, alignItems: 'baseline' }}>
        <Title order={2} size={15} mb={8}>
          {step ? `Its devices that are ${step}` : 'Its devices'}
        </Title>
        {step && (
          <Link to="/campaigns/$id" params={{ id: String(id) }} style={{ fontSize: 13 }}>
            All of them
          </Link>
        )}
        <a href={`/api/v1/campaigns/${id}/report.csv`} download style={{ fontSize: 13 }}>
          Report as CSV
        </a>
      </div>
      <ul className="surface reportlist" aria-label="Devices of this campaign">
        {items.map((device) => (
          <Line key={device.device} device={device} />
        ))}
      </ul>
      {report.hasNextPage && (
        <Button variant="default" mt="md" loading={report.isFetchingNextPage} onClick={() => report.fetchNextPage()}>
          More devices
        </Button>
      )}
    </section>
  );
}

function Line({ device }: { device: CampaignDevice }) {
  return (
    <li>
      <Link className="cut" to="/devices/$id" params={{ id: device.device }} title={device.device}>
        {device.device}
      </Link>
      <span className="dim">wave {device.wave}</span>
      <span>
        <span className="tag" data-tone={TONES[device.state]}>
          {device.state}
        </span>
        {device.step && device.step !== device.state && <span className="dim"> {placeWords(device.step)}</span>}
        {device.rollBack && (
          <>
            {' '}
            <span className="tag" data-tone={TONES[device.rollBack]}>
              back: {device.rollBack}
            </span>
          </>
        )}
      </span>
      <span className="reportwide" style={{ overflowWrap: 'anywhere' }}>
        <span className="dim">ran {device.version || 'what it did not tell'}</span>
        {device.detail && ` · ${device.detail}`}
        {device.rollBackDetail && ` · ${device.rollBackDetail}`}
      </span>
      <span className="dim" style={{ fontSize: 13 }}>
        {device.changed && <Ago time={device.changed} />}
      </span>
    </li>
  );
}
