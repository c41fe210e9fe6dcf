// SPDX-License-Identifier: Apache-2.0
import { Alert, Button, CopyButton } from '@mantine/core';
import type { ReactNode } from 'react';

/** A secret that the server tells only now. */
export function ShownOnce({ title, secret, children }: { title: string; secret: string; children: ReactNode }) {
  return (
    <Alert color="yellow" variant="light" title={title} role="status" my="md">
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 10, alignItems: 'center' }}>
        <code className="code" style={{ padding: '6px 10px' }}>
          {secret}
        </code>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </div>
      <p style={{ margin: '8px 0 0' }}>{children}</p>
    </Alert>
  );
}
