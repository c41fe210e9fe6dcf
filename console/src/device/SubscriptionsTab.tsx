// SPDX-License-Identifier: Apache-2.0
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { subscriptionsQuery } from '../api/queries';
import type { Subscription } from '../api/types';
import { Trouble } from '../ui/Trouble';

/** What the controller wants to be told beside what the device has. */
export function SubscriptionsTab({ id }: { id: string }) {
  const subscriptions = useQuery(subscriptionsQuery(id));
  if (subscriptions.isPending) return <Skeleton height={160} radius="lg" mt="md" />;
  if (subscriptions.isError) return <Trouble error={subscriptions.error} retry={() => subscriptions.refetch()} />;
  const items = subscriptions.data.items;
  return (
    <>
      <p className="dim" style={{ margin: '16px 0 12px' }} role="status">
        {verdict(items)}
      </p>
      {items.length > 0 && (
        <ul className="surface subscriptions" aria-label="Subscriptions">
          {items.map((subscription) => (
            <Line
              key={`${subscription.path} ${subscription.id} ${subscription.referenceList}`}
              subscription={subscription}
            />
          ))}
        </ul>
      )}
    </>
  );
}

function verdict(items: Subscription[]): string {
  if (items.length === 0) return 'The device has no subscription, and none is wanted.';
  const missing = items.filter((s) => s.wanted && !s.present).length;
  const foreign = items.filter((s) => !s.wanted).length;
  const parts = [
    missing > 0 &&
      `${missing} that ${missing === 1 ? 'is' : 'are'} wanted ${missing === 1 ? 'is' : 'are'} missing on the device`,
    foreign > 0 && `${foreign} ${foreign === 1 ? 'is' : 'are'} not ours`,
  ].filter(Boolean);
  return parts.length > 0 ? `${parts.join('; ')}.` : 'The device has exactly what is wanted.';
}

function Line({ subscription }: { subscription: Subscription }) {
  const { id, notifType, enabled, persistent, path, referenceList, told, refusal } = subscription;
  return (
    <li>
      <span>
        <Match subscription={subscription} />
      </span>
      <span style={{ fontWeight: 570 }}>
        {notifType} {!enabled && !told && <span className="tag">switched off</span>}
      </span>
      <span className="mono" style={{ overflowWrap: 'anywhere' }}>
        {referenceList.split(',').map((reference) => (
          <div key={reference}>{reference.trim()}</div>
        ))}
      </span>
      <span className="dim" style={{ overflowWrap: 'anywhere', fontSize: 13 }}>
        {id}
        {!persistent && ' · until reboot'}
        {told && `told ${told}`.replace('told not', 'not told')}
        {refusal && <div>The device refuses what is wanted: {refusal}</div>}
        {path && <div className="mono">{path}</div>}
      </span>
    </li>
  );
}

function Match({ subscription: { wanted, present, told } }: { subscription: Subscription }) {
  if (wanted && present) {
    return (
      <span className="tag" data-tone="good">
        as wanted
      </span>
    );
  }
  if (wanted) {
    return (
      <span className="tag" data-tone="warn">
        {told ? 'otherwise than wanted' : 'missing on the device'}
      </span>
    );
  }
  return (
    <span className="tag" title="The device has it, but Pharos did not ask for it">
      not ours
    </span>
  );
}
