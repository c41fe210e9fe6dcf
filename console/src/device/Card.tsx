// SPDX-License-Identifier: Apache-2.0
import { Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A part of the overview under a heading of its own. */
export function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="surface" style={{ padding: '16px 20px 20px', minWidth: 0 }}>
      <Title order={2} size={15} mb={14}>
        {title}
      </Title>
      {children}
    </section>
  );
}
