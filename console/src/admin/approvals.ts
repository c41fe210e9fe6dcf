// SPDX-License-Identifier: Apache-2.0
import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client';
import type { Approval, ApprovalRules } from '../api/types';
import { count } from '../format/time';

/** Somebody may ask, or decide, at any moment. */
const LOOK_AGAIN_MS = 10_000;

export const approvalsQuery = queryOptions({
  queryKey: ['approvals'],
  refetchInterval: LOOK_AGAIN_MS,
  queryFn: ({ signal }) => answer(api.GET('/api/v1/approvals', { params: { query: { limit: 50 } }, signal })),
});

export const approvalRulesQuery = queryOptions({
  queryKey: ['approval-rules'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/approval-rules', { signal })),
});

export const APPLIES: { value: ApprovalRules['applies']; label: string }[] = [
  { value: 'auto', label: 'as soon as two people could approve' },
  { value: 'always', label: 'always' },
  { value: 'never', label: 'never' },
];

/** What holds now, as a sentence. */
export function rulesNow({ now, applies, devices, approvers }: ApprovalRules): string {
  const could = `${count(approvers, 'person', 'people')} could approve`;
  if (!now) {
    return applies === 'never' ? 'One person is enough for anything.' : `One person is enough for anything: ${could}.`;
  }
  return `A factory reset, and what changes more than ${count(devices, 'device')}, waits for a second person: ${could}.`;
}

/** What became of it, as the end of a line. */
export function outcome(approval: Approval): string {
  switch (approval.state) {
    case 'waiting':
      return 'waits';
    case 'done':
      return `approved by ${approval.decidedBy}`;
    case 'refused':
      return `${approval.decidedBy === approval.askedBy ? 'taken back' : `refused by ${approval.decidedBy}`}: ${approval.reason}`;
    case 'expired':
      return 'nobody approved it in time';
  }
}
