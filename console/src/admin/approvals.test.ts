// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Approval, ApprovalRules } from '../api/types';
import { outcome, rulesNow } from './approvals';

const RULES: ApprovalRules = { applies: 'auto', devices: 100, hours: 72, approvers: 2, now: true, waiting: 0 };
const ASKED: Approval = {
  id: 1,
  state: 'waiting',
  what: 'the job x',
  devices: 200,
  steps: [],
  examples: [],
  askedBy: 'ann',
  asked: '2026-01-31T01:00:00Z',
  expires: '2026-02-03T01:00:00Z',
  own: false,
};

test('what_holds_now_names_the_devices_and_how_many_could_approve', () => {
  expect(rulesNow(RULES)).toBe(
    'A factory reset, and what changes more than 100 devices, waits for a second person: 2 people could approve.',
  );
  expect(rulesNow({ ...RULES, approvers: 1, now: false })).toBe(
    'One person is enough for anything: 1 person could approve.',
  );
  expect(rulesNow({ ...RULES, applies: 'never', now: false })).toBe('One person is enough for anything.');
});

test('what_became_of_it_says_by_whom_and_why', () => {
  expect(outcome(ASKED)).toBe('waits');
  expect(outcome({ ...ASKED, state: 'done', decidedBy: 'bob' })).toBe('approved by bob');
  expect(outcome({ ...ASKED, state: 'refused', decidedBy: 'bob', reason: 'no' })).toBe('refused by bob: no');
  expect(outcome({ ...ASKED, state: 'refused', decidedBy: 'ann', reason: 'no' })).toBe('taken back: no');
  expect(outcome({ ...ASKED, state: 'expired' })).toBe('nobody approved it in time');
});
