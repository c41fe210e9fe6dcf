// SPDX-License-Identifier: Apache-2.0
import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Lighthouse } from '../ui/Icon';

/** What is seen before the rooms. */
export function Door({ children }: { children: ReactNode }) {
  return (
    <main
      style={{
        minHeight: '100dvh',
        display: 'grid',
        placeItems: 'center',
        padding: 16,
        background: 'var(--ph-canvas)',
      }}
    >
      <div className="surface" style={{ width: 'min(430px, 100%)', overflow: 'hidden' }}>
        <div style={{ background: 'var(--ph-bar)', color: '#fff', padding: '30px 28px 26px' }}>
          <Lighthouse size={46} />
          <Title order={1} size={26} mt={10}>
            Pharos
          </Title>
          <Text c="#b3c1d6" size="sm" mt={4}>
            The light over your devices: see them, understand them, change them.
          </Text>
        </div>
        {children}
      </div>
    </main>
  );
}
