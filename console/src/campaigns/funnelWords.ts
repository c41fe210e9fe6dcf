// SPDX-License-Identifier: Apache-2.0
// The funnel of a campaign that moves devices to USP, in words and shapes.
import type { CampaignFunnel } from '../api/types';

const STEPS: Record<string, [heading: string, one: string]> = {
  eligible: ['Asked', 'is asked'],
  configured: ['Know the way', 'knows the way'],
  connected: ['Came over USP', 'came over USP'],
  verified: ['Are the same', 'is the same'],
  'stood-by': ['Have to hold', 'has to hold'],
  done: ['Moved', 'moved'],
};

export const stepWords = (step: string): string => STEPS[step]?.[0] ?? step;

const ASIDES: Record<string, [one: string, more: string]> = {
  waiting: ['waits for its turn', 'wait for their turn'],
  returning: ['is on its way back', 'are on their way back'],
  failed: ['went back by itself', 'went back by themselves'],
  returned: ['was called back', 'were called back'],
  already: ['was managed over USP before', 'were managed over USP before'],
  unable: ['cannot be moved', 'cannot be moved'],
  absent: ['was not there', 'were not there'],
};

export function asideWords(step: string, devices: number): string {
  const [one, more] = ASIDES[step] ?? [step, step];
  return devices === 1 ? one : more;
}

/** Where one device is. */
export const placeWords = (step: string): string => STEPS[step]?.[1] ?? asideWords(step, 1);

const REASONS: Record<string, string> = {
  'no-session': 'no session of TR-069 in which it could be set up',
  'not-set-up': 'what USP needs could not be written',
  'no-arrival': 'did not come over USP',
  different: 'said something else of itself over USP',
  unreadable: 'does not let itself be read over USP',
  silent: 'fell silent over USP',
  'called-back': 'somebody wanted it back',
  forsaken: 'its wave was over before it came',
};

/** A word of the server in a sentence; what is a sentence already stays so. */
export const reasonWords = (reason: string): string => REASONS[reason] ?? reason;

export interface FunnelShape {
  step: string;
  reached: number;
  here: number;
  /** width where it begins, in percent of the widest */
  top: number;
  /** where it ends: as wide as the next step begins */
  bottom: number;
}

/** Each step as wide as the devices that reached it; what is there is seen, however few. */
export function funnelShapes({ steps }: CampaignFunnel): FunnelShape[] {
  const most = Math.max(1, ...steps.map(({ reached }) => reached));
  const width = (reached: number) => (reached === 0 ? 0 : Math.max(2, (reached / most) * 100));
  return steps.map((each, index) => ({
    ...each,
    top: width(each.reached),
    bottom: width(steps[index + 1]?.reached ?? each.reached),
  }));
}
