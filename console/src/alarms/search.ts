// SPDX-License-Identifier: Apache-2.0

/** From the mildest to the worst, as in X.733. */
export const SEVERITIES = ['warning', 'minor', 'major', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface AlarmsSearch {
  tab?: 'rules';
  /** those that are open where it is left out */
  state?: 'cleared' | 'all';
  /** this or worse */
  severity?: Severity;
  rule?: string;
  device?: string;
  /** the alarm that is open */
  alarm?: number;
}

export function readAlarmsSearch(search: Record<string, unknown>): AlarmsSearch {
  const severity = SEVERITIES.find((known) => known === search.severity);
  const alarm = Number(search.alarm);
  const text = (name: 'rule' | 'device') => (search[name] === undefined ? '' : String(search[name]));
  return {
    ...(search.tab === 'rules' && { tab: 'rules' as const }),
    ...((search.state === 'cleared' || search.state === 'all') && { state: search.state }),
    ...(severity && { severity }),
    ...(text('rule') && { rule: text('rule') }),
    ...(text('device') && { device: text('device') }),
    ...(Number.isSafeInteger(alarm) && alarm > 0 && { alarm }),
  };
}
