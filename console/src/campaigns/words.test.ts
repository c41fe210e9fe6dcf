// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Campaign, CampaignMeasured } from '../api/types';
import { campaignSentence, comparisonOf, countsWords, figure, partsOf, settledOf } from './words';

const NOW = Date.parse('2026-11-26T20:00:00Z');

const campaign = (part: Partial<Campaign>): Campaign => ({
  id: 1,
  name: 'spring',
  query: '',
  firmware: 1,
  waves: [{ size: '5' }, { size: 'rest' }],
  successPercent: 95,
  stopAt: '5%',
  soakSeconds: 60,
  patienceSeconds: 86_400,
  approval: true,
  concurrency: 50,
  state: 'running',
  detail: '',
  created: '2026-11-26T19:00:00Z',
  createdBy: 'anna',
  story: [],
  ...part,
});

describe('how a campaign stands', () => {
  it('is a sentence for each state', () => {
    expect(campaignSentence(campaign({ state: 'unapproved' }), NOW)).toBe(
      'Somebody other than anna, who made it, has to approve it.',
    );
    expect(campaignSentence(campaign({ state: 'ready' }), NOW)).toBe('It begins when somebody starts it.');
    expect(campaignSentence(campaign({ stage: 'updating', wave: 1 }), NOW)).toBe('It runs: wave 1 is under way.');
    expect(campaignSentence(campaign({ state: 'stopped', detail: 'not healthy after wave 1: X fell' }), NOW)).toBe(
      'It was stopped: not healthy after wave 1: X fell.',
    );
    expect(campaignSentence(campaign({ state: 'paused', stage: 'due', wave: 2, detail: 'by anna' }), NOW)).toBe(
      'It is paused: wave 2 is about to begin. by anna.',
    );
  });

  it('says how long a pause still is', () => {
    const soaking = campaign({ stage: 'soaking', wave: 1, until: '2026-11-26T20:00:45Z' });
    expect(campaignSentence(soaking, NOW)).toBe('It runs: a pause after wave 1, 45 s more.');
    expect(campaignSentence(soaking, NOW + 60_000)).toBe('It runs: the pause after wave 1 is over.');
  });

  it('counts those that were not there beside those that failed', () => {
    const counts = { devices: 40, done: 30, failed: 2, absent: 3, open: 5 };
    expect(countsWords(counts)).toBe('30 of 40 devices done, 2 failed, 3 not there');
    expect(settledOf(counts)).toBe(35);
    expect(partsOf(counts).map((part) => part.devices)).toEqual([30, 2, 3, 5]);
  });
});

describe('updated devices beside the others', () => {
  const measured = (part: Partial<CampaignMeasured>): CampaignMeasured => ({
    measure: 'Boot! rises 0.5',
    verdict: 'worse',
    why: '',
    updated: { devices: 5, now: 210 },
    others: { devices: 35, now: 21 },
    ...part,
  });

  it('are compared by how often an event comes', () => {
    expect(comparisonOf(measured({}))).toEqual({
      subject: 'Boot!',
      allowed: 'may be 0.5 more than on the others',
      updated: 210,
      others: 21,
      widths: { updated: 100, others: 10 },
      unit: 'for each device and hour',
    });
  });

  it('are compared by how much a parameter changed', () => {
    const memory = measured({
      measure: 'Device.DeviceInfo.MemoryStatus.Free falls 10%',
      updated: { devices: 5, before: 1000, now: 500 },
      others: { devices: 5, before: 1000, now: 950 },
    });
    expect(comparisonOf(memory)).toMatchObject({
      subject: 'Device.DeviceInfo.MemoryStatus.Free',
      allowed: 'may be 10% less than on the others',
      updated: -500,
      others: -50,
      widths: { updated: 100, others: 10 },
      unit: 'change in the mean',
    });
  });

  it('have bars of no length where nothing came on either side', () => {
    const quiet = measured({ updated: { devices: 5, now: 0 }, others: { devices: 5, now: 0 } });
    expect(comparisonOf(quiet).widths).toEqual({ updated: 0, others: 0 });
  });

  it('have figures with as many digits as tell something', () => {
    expect([figure(210.4167), figure(1.126), figure(0.12345), figure(-124_780.6)]).toEqual([
      '210',
      '1.13',
      '0.123',
      '-124,781',
    ]);
  });
});
