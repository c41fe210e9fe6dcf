// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answer, api } from '../api/client';
import { ApiError, errorSentence } from '../api/problem';
import { twinKey, twinQuery } from '../api/queries';
import { liveStream } from '../api/stream';
import type { GetAnswer, ParamSetting, PharosEvent, TwinItem } from '../api/types';
import { notifyError } from '../ui/notify';
import { type Edit, type Outcome, outcomes, refusedOutcomes, setRequest } from './edits';
import { subjectOf } from './subject';
import { countOf, failedPaths, mergeAnswer, withoutBelow } from './twin';

const at = (id: string) => ({ path: { id } });

function read(id: string, paths: string[]): Promise<GetAnswer> {
  return answer(api.POST('/api/v1/devices/{id}/usp/get', { params: at(id), body: { paths, maxDepth: 0 } }));
}

/** Changes what the page knows of the device's values. */
function useTwinUpdate(id: string) {
  const client = useQueryClient();
  return (change: (items: TwinItem[]) => TwinItem[]) =>
    client.setQueryData(twinQuery(id).queryKey, (twin) => twin && { ...twin, items: change(twin.items) });
}

/** The parameters, of those known, that a row's coming or going changes beside it. */
function useCounts(id: string) {
  const client = useQueryClient();
  return (row: string): string[] => {
    const count = countOf(row);
    return client.getQueryData(twinQuery(id).queryKey)?.items.some((item) => item.path === count) ? [count] : [];
  };
}

/**
 * Asks the device itself for the values at these paths.
 *
 * @param loudly whether people are told of what could not be read
 */
export function useRead(id: string, loudly = true) {
  const update = useTwinUpdate(id);
  return useMutation({
    mutationFn: (paths: string[]) => read(id, paths),
    onSuccess: (got) => {
      update((items) => mergeAnswer(items, got, new Date().toISOString()));
      for (const { path, errCode, errMsg } of loudly ? failedPaths(got) : []) {
        notifyError(new ApiError(422, { title: path, detail: errorSentence(errCode, errMsg) }));
      }
    },
    onError: loudly ? notifyError : undefined,
  });
}

export interface Confirmed extends Outcome {
  /** what the device holds after the Set; absent for secrets and where it could not be read */
  now?: string;
}

/** One Set, then one Get of the same parameters: what the device says it did, beside what it has. */
export function useApply(id: string) {
  const update = useTwinUpdate(id);
  return useMutation({
    mutationFn: async ({ edits, allowPartial }: { edits: Edit[]; allowPartial: boolean }): Promise<Confirmed[]> => {
      const results = await sendSet(id, edits, allowPartial);
      const readable = edits.filter((edit) => !edit.secret).map((edit) => edit.path);
      if (readable.length === 0 || results.every((r) => !r.ok)) return results;
      const got = await read(id, readable).catch(() => undefined);
      if (!got) return results;
      update((items) => mergeAnswer(items, got, new Date().toISOString()));
      const values = new Map(mergeAnswer([], got, '').map((item) => [item.path, item.value]));
      return results.map((result) => ({ ...result, now: values.get(result.path) }));
    },
  });
}

async function sendSet(id: string, edits: Edit[], allowPartial: boolean): Promise<Outcome[]> {
  try {
    const body = setRequest(edits, allowPartial);
    return outcomes(edits, await answer(api.POST('/api/v1/devices/{id}/usp/set', { params: at(id), body })));
  } catch (error) {
    // the device refused the whole Set; its reasons belong beside the parameters they are about
    if (error instanceof ApiError && error.status === 422) return refusedOutcomes(edits, error.problem);
    throw error;
  }
}

export function useAddRow(id: string) {
  const update = useTwinUpdate(id);
  const counts = useCounts(id);
  return useMutation({
    mutationFn: async ({ table, settings }: { table: string; settings: ParamSetting[] }): Promise<string> => {
      const body = { allowPartial: false, createObjects: [{ objPath: table, paramSettings: settings }] };
      const added = await answer(api.POST('/api/v1/devices/{id}/usp/add', { params: at(id), body }));
      const status = added.createdObjectResults[0]?.operStatus;
      if (!status?.operSuccess) throw refusal(status?.operFailure);
      const row = status.operSuccess.instantiatedPath;
      const got = await read(id, [row, ...counts(row)]).catch(() => undefined);
      if (got) update((items) => mergeAnswer(items, got, new Date().toISOString()));
      return row;
    },
  });
}

export function useDeleteRow(id: string) {
  const update = useTwinUpdate(id);
  const counts = useCounts(id);
  return useMutation({
    mutationFn: async (row: string): Promise<void> => {
      const body = { allowPartial: false, objPaths: [row] };
      const deleted = await answer(api.POST('/api/v1/devices/{id}/usp/delete', { params: at(id), body }));
      const status = deleted.deletedObjectResults[0]?.operStatus;
      const kept = status?.operSuccess?.unaffectedPathErrs[0];
      if (!status?.operSuccess || kept) throw refusal(kept ?? status?.operFailure);
      update((items) => withoutBelow(items, [row]));
      const count = counts(row);
      if (count.length === 0) return;
      const got = await read(id, count).catch(() => undefined);
      if (got) update((items) => mergeAnswer(items, got, new Date().toISOString()));
    },
  });
}

export function useOperate(id: string) {
  return useMutation({
    mutationFn: async (run: { command: string; commandKey: string; inputArgs: Record<string, string> }) => {
      const body = { ...run, sendResp: true };
      const done = await answer(api.POST('/api/v1/devices/{id}/usp/operate', { params: at(id), body }));
      const result = done.operationResults[0];
      if (!result || result.cmdFailure) throw refusal(result?.cmdFailure);
      return { ...result, nextSession: done.nextSession };
    },
  });
}

function refusal(failure: { errCode: number; errMsg: string } | undefined): ApiError {
  return new ApiError(422, failure ? { ...failure } : { detail: 'The answer of the device does not say what it did.' });
}

/** Lets notifications of the device change the values on the page as they come. */
export function useLiveValues(id: string): void {
  const client = useQueryClient();
  const update = useTwinUpdate(id);
  useEffect(
    () =>
      liveStream.onBatch(({ events }) => {
        const own = events.filter((event) => event.device === id);
        const changed = own.filter((event) => event.kind === 'ValueChange');
        if (changed.length > 0) update((items) => withChanges(items, changed));
        if (own.some((e) => ['ObjectCreation', 'ObjectDeletion', 'onboarded'].includes(e.kind))) {
          void client.invalidateQueries({ queryKey: twinKey(id) });
        }
      }),
    [id, client, update],
  );
}

function withChanges(items: TwinItem[], changed: PharosEvent[]): TwinItem[] {
  const fresh = new Map(changed.map((event) => [subjectOf(event), event]));
  return items.map((item) => {
    const event = fresh.get(item.path);
    return event && !item.secured ? { ...item, value: event.value, time: event.time, source: 'notify' } : item;
  });
}
