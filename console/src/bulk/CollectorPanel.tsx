// SPDX-License-Identifier: Apache-2.0
import { Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { count } from '../format/time';
import { Ago } from '../ui/Ago';
import { Trouble } from '../ui/Trouble';
import { isRefused, outcomeWords, takenWords, troubleOf } from './model';
import { collectorQuery } from './queries';
import { Refusals } from './Refusals';
import './bulk.css';

/** What the collector of bulk data has refused, of devices and of strangers, and in one line what it has taken. */
export function CollectorPanel() {
  const collector = useQuery(collectorQuery);
  if (collector.isPending) return <Skeleton height={90} radius="lg" mt="md" />;
  if (collector.isError) return <Trouble error={collector.error} retry={() => collector.refetch()} />;
  const { devices, received, outcomes = [], refusals } = collector.data;
  const refused = outcomes.filter(isRefused);
  const trouble = troubleOf(received);
  if (received.deliveries === 0 && refused.length === 0 && refusals.length === 0) return null;
  return (
    <section aria-labelledby="reports">
      <Title order={2} size={16} mt="xl" id="reports">
        Reports
      </Title>
      <div className="surface bulkcollector">
        {refused.length > 0 && (
          <dl aria-label="Refused by reason">
            {refused
              .sort((a, b) => b.number - a.number)
              .map(({ outcome, number, last }) => (
                <div key={outcome}>
                  <dt className="bad">{number.toLocaleString('en')}</dt>
                  <dd>
                    {outcomeWords(outcome)}{' '}
                    <span className="dim">
                      the last <Ago time={last} />
                    </span>
                  </dd>
                </div>
              ))}
          </dl>
        )}
        <Refusals refusals={refusals} named />
        {trouble.length > 0 && <p className="bad bulknote">{trouble.join('; ')}.</p>}
        <p className="bulknote dim">
          {takenWords(received)} {received.deliveries > 0 && `Of ${count(devices, 'device')}.`}
        </p>
      </div>
    </section>
  );
}
