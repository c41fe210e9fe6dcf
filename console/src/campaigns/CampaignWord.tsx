// SPDX-License-Identifier: Apache-2.0
import type { Campaign } from '../api/types';
import { STATES } from './words';

export function CampaignWord({ state }: { state: Campaign['state'] }) {
  const { word, tone } = STATES[state];
  return (
    <span className="tag" data-tone={tone}>
      {word}
    </span>
  );
}
