// SPDX-License-Identifier: Apache-2.0
import { Alert, Button } from '@mantine/core';
import { explain } from '../api/problem';

/** A part of the page that could not be loaded: what happened, and the way to try again. */
export function Trouble({ error, retry }: { error: unknown; retry?: () => void }) {
  const { title, detail } = explain(error);
  return (
    <Alert color="red" variant="light" title={title} role="alert" my="sm">
      <div style={{ whiteSpace: 'pre-line' }}>{detail}</div>
      {retry && (
        <Button mt="sm" size="compact-sm" variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}
