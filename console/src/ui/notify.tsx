// SPDX-License-Identifier: Apache-2.0
import { notifications } from '@mantine/notifications';
import { explain } from '../api/problem';

/** Long enough to read two sentences. */
const ERROR_MS = 12_000;

export function notifyError(error: unknown): void {
  const { title, detail } = explain(error);
  notifications.show({
    title,
    message: <span style={{ whiteSpace: 'pre-line' }}>{detail}</span>,
    color: 'red',
    autoClose: ERROR_MS,
    withBorder: true,
    role: 'alert',
  });
}

export function notifyDone(message: string): void {
  notifications.show({ message, color: 'teal', autoClose: 3_000, withBorder: true });
}
