// SPDX-License-Identifier: Apache-2.0
import { Skeleton, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { refusedQuery } from '../api/queries';
import type { RefusedPeer } from '../api/types';
import { count, exact } from '../format/time';
import { Ago } from '../ui/Ago';
import { later } from '../ui/later';
import { Trouble } from '../ui/Trouble';
import { WireFeed } from './WireFeed';

const CollectorPanel = later(() => import('../bulk/CollectorPanel'), 'CollectorPanel');

/** Who was not let in, and why: those who have no page of their own can be seen here. */
export function RefusedPage() {
  useDocumentTitle('Refused peers · Pharos');
  const refused = useQuery(refusedQuery);
  return (
    <div className="page">
      <Title order={1} size={20} lh="31px">
        Peers that were refused
      </Title>
      <p className="dim" style={{ margin: '4px 0 0', fontSize: 14 }} role="status">
        {refused.data && sentence(refused.data.items)}
      </p>
      {refused.isPending && <Skeleton height={120} radius="lg" mt="md" />}
      {refused.isError && <Trouble error={refused.error} retry={() => refused.refetch()} />}
      {refused.data && refused.data.items.length > 0 && (
        <ul className="surface refusedpeers" aria-label="Refused peers">
          {refused.data.items.map((peer) => (
            <Peer key={`${peer.device} ${peer.transport} ${peer.address}`} peer={peer} />
          ))}
        </ul>
      )}
      <Suspense>
        <CollectorPanel />
      </Suspense>
      <Title order={2} size={16} mt="xl">
        On the wire
      </Title>
      <WireFeed refusedOnly />
    </div>
  );
}

function sentence(items: RefusedPeer[]): string {
  if (items.length === 0) return 'Everyone who came since the server started was let in.';
  const times = items.reduce((sum, peer) => sum + peer.count, 0);
  return `${count(items.length, 'peer')}, refused ${count(times, 'time')} since the server started.`;
}

function Peer({ peer }: { peer: RefusedPeer }) {
  return (
    <li>
      <span style={{ fontWeight: 570, overflowWrap: 'anywhere' }}>
        {peer.device ? (
          <Link to="/devices/$id" params={{ id: peer.device }} search={{ tab: 'wire' }}>
            {peer.device}
          </Link>
        ) : (
          'unknown'
        )}
      </span>
      <span className="bad refusedreason" style={{ overflowWrap: 'anywhere' }}>
        {peer.reason.slice(0, 1).toUpperCase() + peer.reason.slice(1)}
      </span>
      <span className="dim mono" style={{ overflowWrap: 'anywhere' }}>
        {[peer.transport, peer.address].filter(Boolean).join(' ')}
      </span>
      <span title={`first ${exact(peer.firstTime)}`}>{count(peer.count, 'time')}</span>
      <span className="dim">
        <Ago time={peer.lastTime} />
      </span>
    </li>
  );
}
