// SPDX-License-Identifier: Apache-2.0
import type { AuditSearch } from '../api/queries';
import type { Right } from '../api/types';

export const ADMIN_TABS = [
  'people',
  'tokens',
  'sessions',
  'approvals',
  'webhooks',
  'audit',
  'server',
  'tenants',
] as const;
export type AdminTab = (typeof ADMIN_TABS)[number];

export const TAB_NAMES: Record<AdminTab, string> = {
  people: 'People',
  tokens: 'Tokens',
  sessions: 'Sessions',
  approvals: 'Approvals',
  webhooks: 'Webhooks',
  audit: 'Who did what',
  server: 'Server',
  tenants: 'Tenants',
};

export const TAB_RIGHTS: Record<AdminTab, Right> = {
  people: 'people',
  tokens: 'people',
  sessions: 'people',
  approvals: 'fleet',
  webhooks: 'fleet',
  audit: 'audit',
  server: 'platform',
  tenants: 'platform',
};

export interface AdminSearch extends AuditSearch {
  tab?: AdminTab;
}

const SEARCHED = ['user', 'device', 'action', 'text'] as const;

export function readAdminSearch(search: Record<string, unknown>): AdminSearch {
  const tab = ADMIN_TABS.find((known) => known === search.tab);
  const read: AdminSearch = { ...(tab && { tab }) };
  for (const name of SEARCHED) {
    const value = search[name];
    if (value !== undefined && String(value) !== '') read[name] = String(value);
  }
  return read;
}

/** What the audit log is asked for, without the tab. */
export function auditSearch({ tab: _tab, ...search }: AdminSearch): AuditSearch {
  return search;
}
