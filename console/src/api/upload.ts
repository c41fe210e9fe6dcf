// SPDX-License-Identifier: Apache-2.0
// Bytes with a progress that can be shown: fetch tells of none while it sends.
import { csrfHeaders } from './client';
import { ApiError } from './problem';
import type { Problem } from './types';

/** The connection broke while bytes were sent; nothing says whether the server, or the way to it, is at fault. */
export class BrokenUploadError extends Error {
  constructor() {
    super('The connection broke while it was sent. Nothing of it is kept; send it again.');
    this.name = 'BrokenUploadError';
  }
}

interface Sending {
  /** 0 to 1, of what has left this browser */
  onProgress: (part: number) => void;
  signal: AbortSignal;
}

/**
 * Sends the bytes of a file as they are.
 *
 * @throws ApiError what the server says against it; BrokenUploadError; the signal's reason where it was stopped
 */
export function sendBytes<T>(address: string, bytes: Blob, { onProgress, signal }: Sending): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    for (const [name, value] of Object.entries(csrfHeaders())) request.setRequestHeader(name, value);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status < 300) resolve(request.response as T);
      else reject(new ApiError(request.status, (request.response as Partial<Problem> | null) ?? {}));
    };
    request.onerror = () => reject(new BrokenUploadError());
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(bytes);
  });
}
