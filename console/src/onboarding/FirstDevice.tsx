// SPDX-License-Identifier: Apache-2.0
import { Button, Title } from '@mantine/core';
import { useState } from 'react';
import { Guide } from './Guide';
import type { OnboardSearch } from './search';

/** What a list of devices shows that has none: the way to the first. It stays until its reader sends it away. */
export function FirstDevice({ arrived, onClose }: { arrived: boolean; onClose: () => void }) {
  const [draft, setDraft] = useState<OnboardSearch>({});
  return (
    <div style={{ marginBottom: 18 }}>
      <div style={{ display: 'flex', gap: 12, alignItems: 'center', flexWrap: 'wrap', margin: '6px 0 12px' }}>
        <Title order={2} size={18}>
          {arrived ? 'A device is here.' : 'The light is on. No ship yet.'}
        </Title>
        {arrived && (
          <Button size="compact-sm" variant="default" onClick={onClose}>
            Close the guide
          </Button>
        )}
      </div>
      <Guide draft={draft} onDraft={setDraft} />
    </div>
  );
}
