// SPDX-License-Identifier: Apache-2.0
// A rule for alarms while it is being typed, and what it becomes: a body for the server, and a command for a terminal.
import type { AlarmRule, AlarmRuleBody, EventKind } from '../api/types';
import { type CommandText, curlOf, shellQuote } from '../format/commands';
import { secondsOf, spanText } from '../format/time';
import { numberOf } from '../jobs/draft';
import type { Severity } from './search';

export interface RuleDraft {
  name: string;
  severity: Severity;
  /** which devices it is about; empty for all */
  query: string;
  /** what a device is, or events that come in numbers */
  sort: 'holds' | 'happens';
  when: string;
  lasting: string;
  kinds: EventKind[];
  path: string;
  atLeast: string;
  within: string;
  /** whether one alarm is for all of the devices */
  shared: boolean;
  percent: string;
}

export const EMPTY_RULE: RuleDraft = {
  name: '',
  severity: 'major',
  query: '',
  sort: 'holds',
  when: '',
  lasting: '0s',
  kinds: [],
  path: '',
  atLeast: '1',
  within: '1h',
  shared: false,
  percent: '20',
};

/** A rule that is there, to be changed. */
export function draftOf(rule: AlarmRule): RuleDraft {
  return {
    ...EMPTY_RULE,
    name: rule.name,
    severity: rule.severity as Severity,
    query: rule.query,
    sort: rule.when === undefined ? 'happens' : 'holds',
    when: rule.when ?? '',
    lasting: spanText(rule.forSeconds ?? 0),
    kinds: (rule.kinds ?? []) as EventKind[],
    path: rule.path ?? '',
    atLeast: String(rule.atLeast ?? 1),
    within: spanText(rule.withinSeconds ?? 3_600),
    shared: rule.percent !== undefined,
    percent: String(rule.percent ?? EMPTY_RULE.percent),
  };
}

/** What is wrong, by field; none where it is whole. */
export function wrongRule(draft: RuleDraft): Partial<Record<keyof RuleDraft, string>> {
  const time = (text: string) => (secondsOf(text) === undefined ? 'A time such as 90s, 15m, 1h or 1d' : undefined);
  const percent = numberOf(draft.percent);
  const holds = draft.sort === 'holds';
  const wrong: Partial<Record<keyof RuleDraft, string | undefined>> = {
    name: /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$/.test(draft.name.trim())
      ? undefined
      : '1 to 60 letters, digits, blanks, dots, dashes and underscores, a letter or digit first',
    when: holds && draft.when.trim() === '' ? 'What a device must be, such as online:false' : undefined,
    lasting: holds ? time(draft.lasting) : undefined,
    atLeast: !holds && (numberOf(draft.atLeast) ?? 0) < 1 ? 'A whole number, at least 1' : undefined,
    within: holds ? undefined : time(draft.within),
    percent: draft.shared && (percent === undefined || percent < 1 || percent > 100) ? '1 to 100' : undefined,
  };
  return Object.fromEntries(Object.entries(wrong).filter(([, words]) => words !== undefined));
}

/** What the server is sent; undefined while it is not whole, whatever it is called. */
export function bodyOf(draft: RuleDraft): AlarmRuleBody | undefined {
  const { name: _, ...wrong } = wrongRule(draft);
  if (Object.keys(wrong).length > 0) return undefined;
  const common = {
    severity: draft.severity,
    ...(draft.query.trim() && { query: draft.query.trim() }),
    ...(draft.shared && { percent: Number(draft.percent) }),
  };
  if (draft.sort === 'holds') {
    const seconds = secondsOf(draft.lasting) ?? 0;
    return { ...common, when: draft.when.trim(), ...(seconds > 0 && { forSeconds: seconds }) };
  }
  return {
    ...common,
    atLeast: Number(draft.atLeast),
    withinSeconds: secondsOf(draft.within),
    ...(draft.kinds.length > 0 && { kinds: draft.kinds }),
    ...(draft.path.trim() && { path: draft.path.trim() }),
  };
}

/** The same rule for a terminal; undefined while it is not whole. */
export function ruleCommand(origin: string, draft: RuleDraft): CommandText | undefined {
  const body = bodyOf(draft);
  const name = draft.name.trim();
  if (!body || Object.keys(wrongRule(draft)).length > 0) return undefined;
  const options = [
    `--severity ${body.severity}`,
    body.query && `--query ${shellQuote(body.query)}`,
    body.when && `--when ${shellQuote(body.when)}`,
    body.forSeconds && `--for ${spanText(body.forSeconds)}`,
    body.atLeast !== undefined && `--events ${body.atLeast}`,
    body.kinds && `--kind ${body.kinds.join(',')}`,
    body.path && `--path ${shellQuote(body.path)}`,
    body.withinSeconds !== undefined && `--within ${spanText(body.withinSeconds)}`,
    body.percent !== undefined && `--percent ${body.percent}`,
  ].filter(Boolean);
  return {
    pharos: `./pharos alarms rule ${shellQuote(name)} ${options.join(' ')}`,
    curl: curlOf(origin, 'PUT', `/api/v1/alarm-rules/${encodeURIComponent(name)}`, { json: body }),
  };
}
