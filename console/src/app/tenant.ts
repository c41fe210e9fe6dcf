// SPDX-License-Identifier: Apache-2.0

/** Of the address that whoever looks after the server gives to the people of a tenant; undefined for those of `main`. */
export function tenantOf(search: string) {
  return new URLSearchParams(search).get('tenant')?.trim() || undefined;
}
