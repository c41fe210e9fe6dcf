// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from './queries';
import type { Right } from './types';

/** Whether whoever is signed in may do this. The server decides; the page only does not offer what it would refuse. */
export function useMay(right: Right): boolean {
  const { data: session } = useQuery(sessionQuery);
  return session?.rights.includes(right) ?? false;
}
