// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { campaignPreviewQuery } from '../api/queries';
import type { Campaign, CampaignCounts, CampaignWave } from '../api/types';
import { count } from '../format/time';
import { useNow } from '../ui/now';
import { PartsBar } from '../ui/PartsBar';
import { Preview } from './Reach';
import { countsWords, partsOf, settledOf, stageWords } from './words';

const OVER: readonly Campaign['state'][] = ['stopped', 'done', 'rolling-back', 'rolled-back'];

/** Its waves one beneath the other: what is over, what is under way, what comes. */
export function Waves({ campaign }: { campaign: Campaign }) {
  const now = Math.max(useNow(), Date.now());
  const started = campaign.progress !== undefined;
  const stage = stageWords(campaign, now);
  return (
    <section className="surface" style={{ padding: '14px 20px' }} aria-label="Waves">
      {!started && <WhatIf id={campaign.id} />}
      {started && (
        <ol className="waves">
          {campaign.waves.map((wave, index) => (
            <Line
              // biome-ignore lint/suspicious/noArrayIndexKey: a wave is its place
              key={index}
              wave={wave}
              number={index + 1}
              over={OVER.includes(campaign.state)}
              now={campaign.wave === index + 1 ? stage || undefined : undefined}
            />
          ))}
          {campaign.rollBack && (
            <li>
              <span className="wavename">Way back</span>
              <Counts counts={campaign.rollBack.progress} label="Way back" />
              <Link to="/jobs/$id" params={{ id: String(campaign.rollBack.job) }}>
                job {campaign.rollBack.job}
              </Link>
            </li>
          )}
        </ol>
      )}
    </section>
  );
}

function WhatIf({ id }: { id: number }) {
  const preview = useQuery(campaignPreviewQuery(id));
  return (
    <>
      <p className="dim" style={{ margin: '0 0 6px', fontSize: 13 }}>
        If it started now:
      </p>
      {preview.data && <Preview preview={preview.data} />}
    </>
  );
}

interface LineProps {
  wave: CampaignWave;
  number: number;
  /** what it is at; undefined where it is not this one's turn */
  now: string | undefined;
  /** whether no wave begins any more */
  over: boolean;
}

function Line({ wave, number, now, over }: LineProps) {
  return (
    <li aria-current={now ? 'step' : undefined}>
      <span className="wavename">
        Wave {number}{' '}
        <span className="dim">
          {wave.devices === undefined ? wave.size : `${count(wave.devices, 'device')} (${wave.size})`}
        </span>
      </span>
      {wave.progress ? (
        <Counts counts={wave.progress} label={`Wave ${number}`} />
      ) : (
        <span className="dim">{over ? 'did not begin' : 'comes later'}</span>
      )}
      {wave.job !== undefined && (
        <Link to="/jobs/$id" params={{ id: String(wave.job) }}>
          job {wave.job}
        </Link>
      )}
      {now && <span className="wavenow">{now}</span>}
    </li>
  );
}

function Counts({ counts, label }: { counts: CampaignCounts; label: string }) {
  return (
    <span className="wavecounts">
      <PartsBar parts={partsOf(counts)} devices={counts.devices} settled={settledOf(counts)} label={label} />
      <span className="dim">{countsWords(counts)}</span>
    </span>
  );
}
