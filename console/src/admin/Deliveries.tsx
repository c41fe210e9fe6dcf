// SPDX-License-Identifier: Apache-2.0
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { clock, exact } from '../format/time';
import { Trouble } from '../ui/Trouble';
import { deliveriesQuery } from './webhooks';

const TONES = { delivered: 'good', waiting: 'busy', dead: 'bad' } as const;

/** The last deliveries of a webhook, with what the other side answered. */
export function Deliveries({ name }: { name: string }) {
  const deliveries = useQuery(deliveriesQuery(name));
  if (deliveries.isPending) return <Skeleton height={80} mt="sm" />;
  if (deliveries.isError) return <Trouble error={deliveries.error} retry={() => deliveries.refetch()} />;
  if (deliveries.data.items.length === 0) {
    return (
      <p className="dim" style={{ margin: '8px 0 0' }}>
        Nothing was sent in the last days.
      </p>
    );
  }
  return (
    <ul className="plain" aria-label={`Deliveries of ${name}`} style={{ marginTop: 8 }}>
      {deliveries.data.items.map((delivery) => (
        <li key={delivery.id} style={{ alignItems: 'baseline', flexWrap: 'wrap' }}>
          <time className="mono dim" dateTime={delivery.eventTime} title={exact(delivery.eventTime)}>
            {clock(delivery.eventTime)}
          </time>
          <span className="tag" data-tone={TONES[delivery.state]}>
            {delivery.state}
          </span>
          <span className="dim">
            {delivery.tries === 0 ? 'not tried yet' : delivery.tries === 1 ? 'at once' : `${delivery.tries} tries`}
            {delivery.nextTry && delivery.state === 'waiting' && `, next ${clock(delivery.nextTry)}`}
          </span>
          <span style={{ overflowWrap: 'anywhere', minWidth: 0 }}>
            {delivery.status !== undefined && `${delivery.status} `}
            {delivery.answer}
          </span>
          <details style={{ flexBasis: '100%' }}>
            <summary className="dim" style={{ fontSize: 13, cursor: 'pointer' }}>
              What was sent
            </summary>
            <pre className="code">{delivery.body}</pre>
          </details>
        </li>
      ))}
    </ul>
  );
}
