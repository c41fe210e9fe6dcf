// SPDX-License-Identifier: Apache-2.0
import { Button, Skeleton, Title } from '@mantine/core';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answer, api } from '../api/client';
import type { MigrationCandidate } from '../api/types';
import { count } from '../format/time';
import { Trouble } from '../ui/Trouble';

const WORDS: Record<MigrationCandidate['state'], { word: string; tone: string }> = {
  able: { word: 'can move', tone: 'good' },
  unable: { word: 'cannot move', tone: 'bad' },
  moving: { word: 'on its way', tone: 'busy' },
  moved: { word: 'moved', tone: 'good' },
};

const candidatesQuery = (q: string, to: 'ws' | 'mqtt' | 'stomp') =>
  infiniteQueryOptions({
    queryKey: ['migrations', 'candidates', q, to],
    staleTime: 5_000,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/migrations/candidates', {
          params: { query: { q, to, limit: 20, cursor: pageParam || undefined } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** Which devices of a query can be moved to USP, and of the others why not. */
export function Candidates({ query, to }: { query: string; to: 'ws' | 'mqtt' | 'stomp' }) {
  const found = useInfiniteQuery(candidatesQuery(query, to));
  if (found.isPending) return <Skeleton height={140} mt="md" radius="lg" />;
  if (found.isError) return <Trouble error={found.error} retry={() => found.refetch()} />;
  const total = found.data.pages[0]?.total ?? 0;
  return (
    <section className="surface" style={{ padding: '14px 20px', marginTop: 16 }} aria-label="Who can move">
      <Title order={2} size={15} mb={10}>
        Who can move
        <span className="dim"> · {count(total, 'device')}</span>
      </Title>
      <ul className="funnelasides" style={{ marginTop: 0, borderTop: 0, paddingTop: 0 }}>
        {found.data.pages
          .flatMap((page) => page.items)
          .map(({ device, state, text }) => (
            <li key={device} style={{ overflowWrap: 'anywhere' }}>
              <span className="tag" data-tone={WORDS[state].tone}>
                {WORDS[state].word}
              </span>{' '}
              <Link to="/devices/$id" params={{ id: device }}>
                {device}
              </Link>{' '}
              <span className="dim">{text}</span>
            </li>
          ))}
      </ul>
      {found.hasNextPage && (
        <Button variant="default" mt="md" loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
          More devices
        </Button>
      )}
    </section>
  );
}
