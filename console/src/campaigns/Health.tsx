// SPDX-License-Identifier: Apache-2.0
import { Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { campaignHealthQuery } from '../api/queries';
import type { CampaignMeasured, CampaignWaveHealth } from '../api/types';
import { clock, count } from '../format/time';
import { Trouble } from '../ui/Trouble';
import { comparisonOf, figure } from './words';

const VERDICTS: Record<CampaignMeasured['verdict'], { word: string; tone: string }> = {
  healthy: { word: 'well', tone: 'good' },
  worse: { word: 'worse', tone: 'bad' },
  unknown: { word: 'not known', tone: 'warn' },
};

/** Updated devices beside the others, as the health gate compares them; also while the pause goes on. */
export function Health({ id, live }: { id: number; live: boolean }) {
  const health = useQuery(campaignHealthQuery(id, live));
  if (health.isPending) return <Skeleton height={120} mt="md" radius="lg" />;
  if (health.isError) return <Trouble error={health.error} retry={() => health.refetch()} />;
  return (
    <section
      className="surface"
      style={{ padding: '14px 20px', marginTop: 16 }}
      aria-label="Updated devices and others"
    >
      <Title order={2} size={15} mb={10}>
        Updated devices beside the others
      </Title>
      {health.data.items.length === 0 && (
        <p className="dim" style={{ margin: 0, fontSize: 14 }}>
          Compared once the first wave is through.
        </p>
      )}
      {health.data.items.map((wave) => (
        <Wave key={wave.wave} wave={wave} open={live && Date.parse(wave.until) > Date.now() - FRESH_MS} />
      ))}
    </section>
  );
}

/** What was counted until so shortly ago is still being counted. */
const FRESH_MS = 30_000;

/** @param open whether its verdict is still to come */
function Wave({ wave, open }: { wave: CampaignWaveHealth; open: boolean }) {
  return (
    <>
      <p className="dim" style={{ margin: '0 0 6px', fontSize: 13 }}>
        After wave {wave.wave}, {clock(wave.since)} to {clock(wave.until)}
      </p>
      <ul className="compared">
        {wave.measures.map((measured) => (
          <Measured key={measured.measure} measured={measured} open={open} />
        ))}
      </ul>
    </>
  );
}

function Measured({ measured, open }: { measured: CampaignMeasured; open: boolean }) {
  const early = open && measured.verdict === 'unknown';
  const { word, tone } = early ? { word: 'not known yet', tone: 'idle' } : VERDICTS[measured.verdict];
  const compared = comparisonOf(measured);
  const known = measured.updated.devices + measured.others.devices > 0;
  return (
    <li>
      <div className="comparedhead">
        <span className="mono" style={{ overflowWrap: 'anywhere' }}>
          {compared.subject}
        </span>
        <span className="dim">
          {compared.unit}; {compared.allowed}
        </span>
        <span className="tag" data-tone={tone}>
          {word}
        </span>
      </div>
      {known && (
        <div className="comparedbars">
          <Bar
            name={`Updated, ${count(measured.updated.devices, 'device')}`}
            value={compared.updated}
            width={compared.widths.updated}
            tone={tone}
          />
          <Bar
            name={`Others, ${count(measured.others.devices, 'device')}`}
            value={compared.others}
            width={compared.widths.others}
            tone="idle"
          />
        </div>
      )}
      {early && !known && <p className="comparedwhy dim">It is read when the pause is over.</p>}
      {!early && measured.verdict === 'unknown' && <p className="comparedwhy">{measured.why}</p>}
    </li>
  );
}

function Bar({ name, value, width, tone }: { name: string; value: number; width: number; tone: string }) {
  return (
    <>
      <span className="dim">{name}</span>
      <span className="comparedbar" aria-hidden="true">
        <span data-tone={tone} style={{ width: `${width}%` }} />
      </span>
      <strong>{figure(value)}</strong>
    </>
  );
}
