// SPDX-License-Identifier: Apache-2.0
import { Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** What a page is about, how it stands in a word and a sentence, and what can be done with it. */
export function RoomHead({
  name,
  word,
  moves,
  sentence,
}: {
  name: string;
  word: ReactNode;
  moves: ReactNode;
  sentence: string;
}) {
  return (
    <header style={{ marginTop: 4 }}>
      <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '6px 14px' }}>
        <Title order={1} size={22} style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Title>
        {word}
        <span style={{ flex: 1 }} />
        {moves}
      </div>
      <p style={{ margin: '6px 0 14px', fontSize: 14.5, overflowWrap: 'anywhere' }} role="status">
        {sentence}
      </p>
    </header>
  );
}
