// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, Modal, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Edit } from '../datamodel/edits';
import { editsOf, keyProblem, type Network, nameProblem, placeOf } from './model';

interface Props {
  networks: Network[];
  onClose: () => void;
  /** what has to be sent, for a last look at it */
  onReview: (edits: Edit[]) => void;
}

/** One form for the networks of all bands. Their keys are only ever set. */
export function NetworkForm({ networks, onClose, onReview }: Props) {
  const [chosen, setChosen] = useState(() => networks.filter(({ on }) => on).map(({ path }) => path));
  const those = networks.filter(({ path }) => chosen.includes(path));
  const names = new Set(those.map(({ name }) => name));
  const [typed, setTyped] = useState<string>();
  const [key, setKey] = useState('');
  const name = typed ?? (names.size === 1 ? [...names][0] : undefined);
  const wrongName = name === undefined ? undefined : nameProblem(name);
  const wrongKey = key === '' ? undefined : keyProblem(key);
  const edits = editsOf(those, name, key);
  const keyless = key !== '' && those.some(({ keys }) => keys.length === 0);
  return (
    <Modal opened onClose={onClose} title="Name and key of the Wi-Fi">
      <form
        style={{ display: 'grid', gap: 14 }}
        onSubmit={(event) => {
          event.preventDefault();
          if (edits.length > 0 && !wrongName && !wrongKey) onReview(edits);
        }}
      >
        <Checkbox.Group label="Which networks" value={chosen} onChange={setChosen}>
          <div style={{ display: 'grid', gap: 8, marginTop: 8 }}>
            {networks.map((network) => (
              <Checkbox
                key={network.path}
                value={network.path}
                label={[network.name || 'without a name', placeOf(network), !network.on && 'off']
                  .filter(Boolean)
                  .join(' · ')}
              />
            ))}
          </div>
        </Checkbox.Group>
        <TextInput
          label="Name"
          description={names.size > 1 ? 'They have different names now. Empty leaves them as they are.' : undefined}
          value={name ?? ''}
          error={wrongName}
          onChange={({ currentTarget: { value } }) => setTyped(value === '' && names.size > 1 ? undefined : value)}
          autoComplete="off"
          spellCheck={false}
        />
        <PasswordInput
          label="New key"
          description="Nobody sees the one of now. Empty leaves it as it is."
          value={key}
          error={wrongKey}
          onChange={(event) => setKey(event.currentTarget.value)}
          autoComplete="new-password"
        />
        {keyless && <p className="warn formnote">One of these networks has no key that could be set.</p>}
        <p className="dim formnote">
          Whoever is on a network that is changed loses the connection, and signs in to it anew.
        </p>
        <div className="dialogfoot">
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={onClose}>
            Not now
          </Button>
          <Button type="submit" disabled={edits.length === 0 || Boolean(wrongName) || Boolean(wrongKey)}>
            Review…
          </Button>
        </div>
      </form>
    </Modal>
  );
}
