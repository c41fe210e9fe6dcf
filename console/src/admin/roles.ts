// SPDX-License-Identifier: Apache-2.0
import type { Role } from '../api/types';

/** From the least to the most that may be done. */
export const ROLES: readonly { value: Role; label: string; may: string }[] = [
  { value: 'viewer', label: 'Viewer', may: 'looks, and changes nothing' },
  { value: 'auditor', label: 'Auditor', may: 'looks, and reads who did what' },
  { value: 'support', label: 'Support', may: 'changes one device at a time, but not who manages it' },
  { value: 'engineer', label: 'Engineer', may: 'manages the fleet: jobs, groups, letting devices in' },
  { value: 'admin', label: 'Administrator', may: 'does everything, and says who else may' },
];

export const mayOf = (role: Role): string => ROLES.find((each) => each.value === role)?.may ?? '';
