// SPDX-License-Identifier: Apache-2.0
import { errorSentence } from '../api/problem';
import type { Problem, SetAnswer, SetRequest } from '../api/types';
import { splitParam } from '../format/commands';
import { groupBy } from '../format/group';

/** A change that waits for review; nothing is sent before. */
export interface Edit {
  path: string;
  from: string | undefined;
  to: string;
  secret: boolean;
}
export type Edits = ReadonlyMap<string, Edit>;

/** Stages a change; going back to what the device has drops it. A secret is never compared: its old value is unknown. */
export function stage(edits: Edits, edit: Edit): Edits {
  const next = new Map(edits);
  if (!edit.secret && edit.from === edit.to) next.delete(edit.path);
  else next.set(edit.path, edit);
  return next;
}

export function unstage(edits: Edits, path: string): Edits {
  const next = new Map(edits);
  next.delete(path);
  return next;
}

/** A change of something that somebody else, or the device itself, has changed since it was typed. */
export interface Conflict {
  path: string;
  /** what the device has now */
  now: string;
}

/** Of the staged changes, those whose parameter is no longer what it was when they were typed. */
export function conflicts(edits: Iterable<Edit>, now: (path: string) => string | undefined): Conflict[] {
  return [...edits].flatMap(({ path, from, to, secret }) => {
    const value = now(path);
    const same = value === undefined || from === undefined || value === from || value === to;
    return secret || same ? [] : [{ path, now: value }];
  });
}

/**
 * One Set for all staged changes, one update per object. All or nothing: every parameter is required; otherwise the
 * device keeps what works and reports the rest.
 */
export function setRequest(edits: Iterable<Edit>, allowPartial: boolean): SetRequest {
  const objects = groupBy(edits, (edit) => splitParam(edit.path)[0]);
  return {
    allowPartial,
    updateObjects: [...objects].map(([objPath, own]) => ({
      objPath,
      paramSettings: own.map((edit) => ({ param: splitParam(edit.path)[1], value: edit.to, required: !allowPartial })),
    })),
  };
}

export interface Outcome {
  path: string;
  ok: boolean;
  sentence: string;
}

/** What became of each change, in plain sentences, from the answer's per-object and per-parameter parts. */
export function outcomes(edits: Iterable<Edit>, answer: SetAnswer): Outcome[] {
  return [...edits].map(({ path }) => {
    const [object, param] = splitParam(path);
    const result = answer.updatedObjectResults.find((r) => r.requestedPath === object);
    const { operFailure, operSuccess } = result?.operStatus ?? {};
    const parts = operSuccess?.updatedInstanceResults ?? operFailure?.updatedInstanceFailures ?? [];
    const own = parts.flatMap((part) => part.paramErrs).find((e) => e.param === param || e.param === path);
    if (own) return { path, ok: false, sentence: errorSentence(own.errCode, own.errMsg) };
    if (operFailure) return { path, ok: false, sentence: errorSentence(operFailure.errCode, operFailure.errMsg) };
    if (operSuccess) return { path, ok: true, sentence: 'Set' };
    return { path, ok: false, sentence: 'The answer of the device does not mention it' };
  });
}

/** The device refused the Set as a whole: its reasons beside the parameters they name, the general one beside the rest. */
export function refusedOutcomes(edits: Iterable<Edit>, problem: Partial<Problem>): Outcome[] {
  const general = problem.errCode
    ? errorSentence(problem.errCode, problem.errMsg ?? '')
    : (problem.detail ?? 'The device refused the request.');
  return [...edits].map(({ path }) => {
    const own = problem.paramErrs?.find((e) => e.paramPath === path);
    const blamed = (problem.paramErrs?.length ?? 0) > 0;
    const sentence = own
      ? errorSentence(own.errCode, own.errMsg)
      : blamed
        ? 'Not set, because another change was refused'
        : general;
    return { path, ok: false, sentence };
  });
}
