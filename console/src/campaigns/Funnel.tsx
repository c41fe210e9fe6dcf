// SPDX-License-Identifier: Apache-2.0
import { Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { campaignFunnelQuery } from '../api/queries';
import type { CampaignFunnel } from '../api/types';
import { count } from '../format/time';
import { Trouble } from '../ui/Trouble';
import { asideWords, funnelShapes, reasonWords, stepWords } from './funnelWords';

interface Props {
  id: number;
  live: boolean;
}

/** How many devices came how far on their way from TR-069 to USP; each step leads to the devices that are there. */
export function Funnel({ id, live }: Props) {
  const funnel = useQuery(campaignFunnelQuery(id, live));
  if (funnel.isPending) return <Skeleton height={200} mt="md" radius="lg" />;
  if (funnel.isError) return <Trouble error={funnel.error} retry={() => funnel.refetch()} />;
  return (
    <section className="surface" style={{ padding: '14px 20px', marginTop: 16 }} aria-label="From TR-069 to USP">
      <Title order={2} size={15} mb={10}>
        From TR-069 to USP
      </Title>
      <ol className="funnel">
        {funnelShapes(funnel.data).map(({ step, reached, here, top, bottom }) => (
          <li key={step}>
            <Place id={id} step={step}>
              {stepWords(step)}
            </Place>
            <svg viewBox="0 0 100 34" preserveAspectRatio="none" aria-hidden="true">
              <polygon
                points={`${50 - top / 2},0 ${50 + top / 2},0 ${50 + bottom / 2},34 ${50 - bottom / 2},34`}
                data-tone={step === 'done' ? 'good' : 'busy'}
              />
            </svg>
            <span>
              {reached.toLocaleString('en')}
              {here > 0 && step !== 'done' && <span className="dim"> · {here.toLocaleString('en')} here now</span>}
            </span>
          </li>
        ))}
      </ol>
      <Asides id={id} funnel={funnel.data} />
    </section>
  );
}

function Place({ id, step, children }: { id: number; step: string; children: string }) {
  return (
    <Link to="/campaigns/$id" params={{ id: String(id) }} search={{ step }} hash="report">
      {children}
    </Link>
  );
}

function Asides({ id, funnel }: { id: number; funnel: CampaignFunnel }) {
  const some = funnel.others.filter(({ here }) => here > 0);
  if (some.length === 0) return null;
  return (
    <ul className="funnelasides" aria-label="Devices that are not on their way">
      {some.map(({ step, here }) => (
        <li key={step}>
          <Place id={id} step={step}>{`${count(here, 'device')} ${asideWords(step, here)}`}</Place>
          {funnel.reasons
            .filter((each) => each.step === step)
            .map(({ reason, devices }) => (
              <span key={reason} className="dim" style={{ display: 'block', overflowWrap: 'anywhere' }}>
                {devices.toLocaleString('en')}: {reasonWords(reason)}
              </span>
            ))}
        </li>
      ))}
    </ul>
  );
}
