// SPDX-License-Identifier: Apache-2.0
import { Button, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { alarmsQuery, diagnosticsQuery, healthQuery, twinQuery } from '../api/queries';
import type { Device } from '../api/types';
import { useRead } from '../datamodel/actions';
import { Ago } from '../ui/Ago';
import { copyText } from '../ui/clipboard';
import { Icon } from '../ui/Icon';
import { healthOf, type Step, sourcesIn, ticketOf } from './model';
import './health.css';

/** How the device is, in a sentence; beneath it what that stands on, up to the first step that fails. */
export function HealthCard({ device }: { device: Device }) {
  const twin = useQuery(twinQuery(device.id));
  const runs = useQuery(diagnosticsQuery(device.id));
  const alarms = useInfiniteQuery(alarmsQuery({ state: 'open', device: device.id }));
  const read = useRead(device.id);
  if (!twin.data) return null;
  const { items } = twin.data;
  const open = alarms.data?.pages[0]?.items.length ?? 0;
  const health = healthOf(device, items, runs.data?.items ?? [], open);
  return (
    <section className="surface health" aria-label="How it is">
      <header>
        <Title order={2} size={15}>
          How it is
        </Title>
        <span style={{ flex: 1 }} />
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<Icon name="copy" size={14} />}
          onClick={() => copyText(ticketOf(device, health), 'Verdict')}
        >
          Copy for a ticket
        </Button>
        {device.online && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Icon name="refresh" size={14} />}
            loading={read.isPending}
            onClick={() => read.mutate(sourcesIn(items))}
          >
            Look again
          </Button>
        )}
      </header>
      <p className="healthsentence" role="status">
        {health.sentence}
      </p>
      <ol className="waysteps" aria-label="The way to the internet">
        {health.steps.map((step, at) => (
          <StepLine
            key={step.name}
            id={device.id}
            step={step}
            first={at === health.broken}
            behind={health.broken >= 0 && at > health.broken}
          />
        ))}
      </ol>
      <Score device={device} />
      {health.wifi && (
        <ul className="waysteps" aria-label="In the home">
          <StepLine id={device.id} step={health.wifi} first={false} behind={false} />
        </ul>
      )}
    </section>
  );
}

/** What is left of a hundred, and what took the rest. */
function Score({ device }: { device: Device }) {
  const { data } = useQuery(healthQuery(device.id));
  if (data?.score == null) return null;
  const { score, reasons } = data;
  return (
    <details className="score">
      <summary>
        <meter min={0} max={100} low={60} high={90} optimum={100} value={score} aria-label="Health" /> {score} of 100
        {reasons.length > 0 && (
          <span className="dim"> ({reasons.length === 1 ? '1 reason' : `${reasons.length} reasons`})</span>
        )}
      </summary>
      {reasons.length === 0 ? (
        <p className="dim">Nothing that is known of it takes anything away.</p>
      ) : (
        <ul>
          {reasons.map(({ points, text, path, asOf }) => (
            <li key={`${path} ${text}`}>
              <span className="points">−{points}</span>
              <span className="waywords">
                {path ? (
                  <Link to="/devices/$id" params={{ id: device.id }} search={{ tab: 'model', path }}>
                    {text}
                  </Link>
                ) : (
                  text
                )}
              </span>
              {asOf && (
                <span className="dim wayage">
                  <Ago time={asOf} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

interface LineProps {
  id: string;
  step: Step;
  /** the first that fails */
  first: boolean;
  /** it comes after the one that fails, which may be why */
  behind: boolean;
}

function StepLine({ id, step: { name, tone, words, path, asOf }, first, behind }: LineProps) {
  const search =
    name === 'Beyond' ? ({ tab: 'diagnostics' } as const) : path ? ({ tab: 'model', path } as const) : undefined;
  return (
    <li data-first={first || undefined} data-behind={behind || undefined}>
      <span className={`dot ${behind ? 'idle' : tone}`} data-hollow={behind || tone === 'idle' || undefined} />
      <span className="wayname">{name}</span>
      <span className="waywords">
        {search ? (
          <Link to="/devices/$id" params={{ id }} search={search}>
            {words}
          </Link>
        ) : (
          words
        )}
        {first && (
          <span className="tag" data-tone="bad">
            the first that fails
          </span>
        )}
        {behind && tone !== 'idle' && <span className="dim"> (behind what fails)</span>}
      </span>
      {asOf && (
        <span className="dim wayage">
          <Ago time={asOf} />
        </span>
      )}
    </li>
  );
}
