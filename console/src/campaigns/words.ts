// SPDX-License-Identifier: Apache-2.0
// How a campaign stands, in words, colours and bars.
import type { Campaign, CampaignCounts, CampaignMeasured } from '../api/types';
import { count, span } from '../format/time';
import type { BarPart } from '../ui/PartsBar';
import type { Tone } from '../ui/shares';

export const STATES: Record<Campaign['state'], { word: string; tone: Tone | undefined }> = {
  unapproved: { word: 'to be approved', tone: 'warn' },
  ready: { word: 'ready', tone: undefined },
  running: { word: 'running', tone: 'busy' },
  paused: { word: 'paused', tone: 'warn' },
  held: { word: 'waits for a person', tone: 'warn' },
  stopped: { word: 'stopped', tone: 'bad' },
  done: { word: 'done', tone: 'good' },
  'rolling-back': { word: 'going back', tone: 'busy' },
  'rolled-back': { word: 'rolled back', tone: undefined },
};

/** What it is at, in a few words; empty where it does nothing. */
export function stageWords({ stage, wave, until }: Campaign, now: number): string {
  if (!stage || wave === undefined) return '';
  switch (stage) {
    case 'due':
      return `wave ${wave} is about to begin`;
    case 'reading':
      return `reads before wave ${wave} what is compared after it`;
    case 'updating':
      return `wave ${wave} is under way`;
    case 'soaking': {
      const left = until ? Math.max(0, (Date.parse(until) - now) / 1000) : 0;
      return left > 0 ? `a pause after wave ${wave}, ${span(left)} more` : `the pause after wave ${wave} is over`;
    }
    case 'checking':
      return `reads after wave ${wave} what is compared`;
  }
}

/** The campaign in a sentence. */
export function campaignSentence(campaign: Campaign, now: number): string {
  const { state, detail, createdBy } = campaign;
  const stage = stageWords(campaign, now);
  switch (state) {
    case 'unapproved':
      return `Somebody other than ${createdBy}, who made it, has to approve it.`;
    case 'ready':
      return 'It begins when somebody starts it.';
    case 'running':
      return stage ? `It runs: ${stage}.` : 'It runs.';
    case 'paused':
      return `It is paused${stage && `: ${stage}`}. ${sentence(detail)}`.trim();
    case 'held':
      return `It waits for a person to say whether it goes on: ${sentence(detail)}`;
    case 'stopped':
      return `It was stopped: ${sentence(detail)}`;
    case 'done':
      return `It is done: ${sentence(detail)}`;
    case 'rolling-back':
      return 'Devices go back to what was before.';
    case 'rolled-back':
      return `It is rolled back: ${sentence(detail)}`;
  }
}

const sentence = (text: string): string => (text === '' || text.endsWith('.') ? text : `${text}.`);

/** The parts of its bar, what is settled first. */
export function partsOf(counts: CampaignCounts): BarPart[] {
  return [
    { name: 'Done', tone: 'good', devices: counts.done },
    { name: 'Failed', tone: 'bad', devices: counts.failed },
    { name: 'Were not there', tone: 'warn', devices: counts.absent },
    { name: 'Open', tone: 'idle', devices: counts.open },
  ];
}

export const settledOf = (counts: CampaignCounts): number => counts.done + counts.failed + counts.absent;

/** "12 of 40 devices done, 1 failed". */
export function countsWords(counts: CampaignCounts): string {
  return [
    `${counts.done.toLocaleString('en')} of ${count(counts.devices, 'device')} done`,
    counts.failed > 0 && `${counts.failed.toLocaleString('en')} failed`,
    counts.absent > 0 && `${counts.absent.toLocaleString('en')} not there`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** A figure with as many digits as tell something. */
export function figure(value: number): string {
  const size = Math.abs(value);
  return value.toLocaleString('en', { maximumFractionDigits: size >= 100 ? 0 : size >= 1 ? 2 : 3 });
}

export interface Comparison {
  /** what is measured, without by how much it may get worse */
  subject: string;
  /** "at most 0.5 more", in words */
  allowed: string;
  /** what the bars show: the change of a parameter, or how often an event comes */
  updated: number;
  others: number;
  /** of a bar, in percent of the longer one */
  widths: { updated: number; others: number };
  unit: string;
}

/** A measure as the picture has it: the change of both sides, as the gate compares it. */
export function comparisonOf({ measure, updated, others }: CampaignMeasured): Comparison {
  const [, subject = measure, direction = 'rises', margin = ''] =
    /^(.+?)\s+(rises|falls)\s+([0-9.]+\s*%?)$/.exec(measure) ?? [];
  const isEvent = updated.before === undefined && others.before === undefined && !subject.includes('.');
  const change = (side: { before?: number; now: number }) =>
    side.before === undefined ? side.now : side.now - side.before;
  const mine = change(updated);
  const theirs = change(others);
  const longest = Math.max(Math.abs(mine), Math.abs(theirs));
  const width = (value: number) => (longest === 0 ? 0 : (Math.abs(value) / longest) * 100);
  return {
    subject,
    allowed: `may be ${margin} ${direction === 'rises' ? 'more' : 'less'} than on the others`,
    updated: mine,
    others: theirs,
    widths: { updated: width(mine), others: width(theirs) },
    unit: isEvent || subject.endsWith('!') ? 'for each device and hour' : 'change in the mean',
  };
}
