// SPDX-License-Identifier: Apache-2.0
import type { GetAnswer, TwinItem } from '../api/types';

/**
 * Joins what the device just answered into what was known. Below an object that was read whole, what the answer no
 * longer holds is gone from the device.
 */
export function mergeAnswer(items: TwinItem[], answer: GetAnswer, time: string): TwinItem[] {
  const merged = new Map(items.map((item) => [item.path, item]));
  for (const requested of answer.requestedPathResults) {
    if (requested.errCode !== 0) continue;
    const fresh = requested.resolvedPathResults.flatMap(({ resolvedPath, resultParams }) =>
      Object.entries(resultParams).map(([name, value]) => ({ path: resolvedPath + name, value })),
    );
    if (requested.requestedPath.endsWith('.')) {
      for (const path of merged.keys()) if (path.startsWith(requested.requestedPath)) keepSecured(merged, path);
    }
    for (const { path, value } of fresh) {
      const secured = merged.get(path)?.secured;
      merged.set(
        path,
        secured ? { path, value: '', time, source: 'get', secured } : { path, value, time, source: 'get' },
      );
    }
  }
  return [...merged.values()];
}

/** A secured value stays listed as such until the answer says otherwise. */
function keepSecured(merged: Map<string, TwinItem>, path: string): void {
  if (!merged.get(path)?.secured) merged.delete(path);
}

/** The parameter that counts the rows of a row's table. */
export const countOf = (row: string): string => row.replace(/\.[^.]+\.$/, 'NumberOfEntries');

export function withoutBelow(items: TwinItem[], paths: string[]): TwinItem[] {
  return items.filter((item) => !paths.some((path) => item.path.startsWith(path)));
}

/** Requests that failed inside a Get's answer, as the sentence parts to show. */
export function failedPaths(answer: GetAnswer): { path: string; errCode: number; errMsg: string }[] {
  return answer.requestedPathResults
    .filter((r) => r.errCode !== 0)
    .map(({ requestedPath, errCode, errMsg }) => ({ path: requestedPath, errCode, errMsg }));
}
