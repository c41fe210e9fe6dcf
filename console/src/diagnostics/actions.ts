// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answer, api } from '../api/client';
import { diagnosticsKey, diagnosticsQuery, schemaQuery, twinQuery } from '../api/queries';
import { liveStream } from '../api/stream';
import type { Device, DiagnosticRequest } from '../api/types';
import { notifyError } from '../ui/notify';
import { shownKinds, supportedKinds } from './draft';

/** What the device measured; a result is there as soon as the device tells it. */
export function useDiagnostics(id: string) {
  const client = useQueryClient();
  useEffect(
    () =>
      liveStream.onBatch(({ events }) => {
        if (events.some((event) => event.kind === 'OperationComplete' && event.device === id)) {
          void client.invalidateQueries({ queryKey: diagnosticsKey(id) });
        }
      }),
    [client, id],
  );
  return useQuery(diagnosticsQuery(id));
}

/** What the device can measure; undefined while that is not known. */
export function useKinds(device: Device) {
  const overCwmp = device.transport === 'cwmp';
  const supported = useQuery({
    ...schemaQuery(device.id),
    enabled: !overCwmp,
    select: (schema) => supportedKinds(schema.supportedObjs),
  });
  const shown = useQuery({
    ...twinQuery(device.id),
    enabled: overCwmp,
    select: ({ items }) => shownKinds(items),
  });
  return overCwmp ? shown.data : supported.data;
}

export function useDiagnose(id: string, begun: (run: number) => void = () => {}) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: DiagnosticRequest) =>
      answer(api.POST('/api/v1/devices/{id}/diagnostics', { params: { path: { id } }, body })),
    onSuccess: async (run) => {
      await client.invalidateQueries({ queryKey: diagnosticsKey(id) });
      begun(run.id);
    },
    onError: notifyError,
  });
}

export const sendCancel = (id: string, run: number) =>
  answer(api.DELETE('/api/v1/devices/{id}/diagnostics/{run}', { params: { path: { id, run } } }));

export function useCancel(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (run: number) => sendCancel(id, run),
    onError: notifyError,
    onSettled: () => client.invalidateQueries({ queryKey: diagnosticsKey(id) }),
  });
}
