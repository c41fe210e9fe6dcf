// SPDX-License-Identifier: Apache-2.0
import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client';
import type { Tenant } from '../api/types';
import { count } from '../format/time';

/** Who always exists. */
export const FIRST = 'main';

export const tenantsQuery = queryOptions({
  queryKey: ['tenants'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/tenants', { signal })),
});

/** Where the people of a tenant sign in. */
export function signInAddress(origin: string, tenant: string) {
  return tenant === FIRST ? `${origin}/` : `${origin}/?tenant=${encodeURIComponent(tenant)}`;
}

/** Why a tenant cannot be removed now; empty where it can. */
export function keptBecause(tenant: Tenant) {
  if (tenant.name === FIRST) return 'It always exists.';
  if (tenant.devices > 0) {
    return `It has ${count(tenant.devices, 'device')}: remove them, or give them to another tenant, first.`;
  }
  return tenant.state === 'active' ? 'Suspend it first: then it can be taken back.' : '';
}
