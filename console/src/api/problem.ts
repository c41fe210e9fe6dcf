// SPDX-License-Identifier: Apache-2.0
import type { Problem } from './types';

/** What the server, or the device through it, answered instead of doing what was asked. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Partial<Problem>;

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail || problem.title || sentenceOfStatus(status));
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
  }
}

export function sentenceOfStatus(status: number): string {
  switch (status) {
    case 401:
      return 'You are signed out. Sign in again.';
    case 403:
      return 'You are not allowed to do this.';
    case 404:
      return 'This does not exist, or no longer.';
    case 409:
      return 'The device is offline.';
    case 422:
      return 'The device refused the request.';
    case 504:
      return 'The device did not answer in time.';
    default:
      return status >= 500 ? `The server had a problem (${status}).` : `The server refused the request (${status}).`;
  }
}

/** A heading and a sentence for people; the code stays one glance away. */
export function explain(error: unknown): { title: string; detail: string } {
  if (error instanceof ApiError) {
    const code = error.problem.errCode;
    const title = error.problem.title || sentenceOfStatus(error.status);
    const reasons = (error.problem.paramErrs ?? []).map((e) => `${e.paramPath}: ${errorSentence(e.errCode, e.errMsg)}`);
    const detail = code ? errorSentence(code, error.problem.errMsg || error.problem.detail || '') : error.message;
    return {
      title: title === detail ? sentenceOfStatus(error.status) : title,
      detail: [detail, ...reasons].join('\n'),
    };
  }
  if (error instanceof TypeError) {
    return { title: 'The server cannot be reached', detail: 'Is it still running? The page tries again when you do.' };
  }
  return { title: 'Something went wrong', detail: error instanceof Error ? error.message : String(error) };
}

/** Plain sentences for the error codes people meet most; the device's own words and the code follow. */
const SENTENCES: Record<number, string> = {
  7000: 'The device could not do it',
  7001: 'The device does not support this kind of message',
  7002: 'The device denied the request',
  7003: 'The device had an internal error',
  7004: 'The device found something wrong in the request',
  7005: 'The device has no resources left for this',
  7006: 'The device does not permit us to do this',
  7007: 'The device is not configured for this',
  7008: 'The path is not well-formed',
  7009: 'The device could not act on the parameter',
  7010: 'The device does not know this parameter',
  7011: 'The value has the wrong type',
  7012: 'The value is not one the device accepts',
  7013: 'The parameter cannot be written',
  7014: 'The value conflicts with another one',
  7015: 'The operation went wrong on the device',
  7016: 'Nothing exists at this path',
  7017: 'The row could not be created',
  7018: 'This object is not a table',
  7019: 'Rows cannot be created here',
  7020: 'The object could not be changed',
  7021: 'A parameter that had to be set was refused',
  7022: 'The command failed',
  7023: 'The command was cancelled',
  7024: 'It could not be deleted',
  7025: 'A row with the same key exists already',
  7026: 'The path does not exist in the data model of the device',
  7027: 'A command argument is not valid',
  7028: 'The path could not be registered',
  7029: 'It is in use already',
  7030: 'The path could not be deregistered',
  7031: 'The path is registered already',
};

export function errorSentence(code: number, message: string): string {
  const known = SENTENCES[code];
  const words = message.trim();
  if (!known) return `${words || 'The device refused'} (${code})`;
  return `${known + (words ? `: ${words}` : '')} (${code})`;
}
