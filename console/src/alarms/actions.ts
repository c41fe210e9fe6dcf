// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answer, api } from '../api/client';
import { alarmQuery } from '../api/queries';
import { liveStream } from '../api/stream';
import type { Alarm } from '../api/types';
import { notifyError } from '../ui/notify';

/** What a person does with an alarm. */
export type AlarmMove =
  | { what: 'assign'; to: string }
  | { what: 'mute'; minutes: number }
  | { what: 'clear' }
  | { what: 'note'; text: string };

/** Asks the server for it. */
export function sendAlarmMove(id: number, move: AlarmMove): Promise<Alarm> {
  const params = { path: { id } };
  switch (move.what) {
    case 'assign':
      return answer(api.POST('/api/v1/alarms/{id}/assign', { params, body: { to: move.to } }));
    case 'mute':
      return answer(api.POST('/api/v1/alarms/{id}/mute', { params, body: { minutes: move.minutes } }));
    case 'clear':
      return answer(api.POST('/api/v1/alarms/{id}/clear', { params }));
    case 'note':
      return answer(api.POST('/api/v1/alarms/{id}/note', { params, body: { text: move.text } }));
  }
}

export function useAlarmMove(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (move: AlarmMove) => sendAlarmMove(id, move),
    onSuccess: (alarm) => client.setQueryData(alarmQuery(id).queryKey, alarm),
    onError: notifyError,
    onSettled: () => client.invalidateQueries({ queryKey: ['alarms'] }),
  });
}

/** Alarms that are raised, cleared or looked after by others are seen at once. */
export function useLiveAlarms(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      liveStream.onBatch(({ events }) => {
        if (events.some((event) => event.kind === 'alarm')) void client.invalidateQueries({ queryKey: ['alarms'] });
      }),
    [client],
  );
}
