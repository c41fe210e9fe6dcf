// SPDX-License-Identifier: Apache-2.0
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { usersQuery } from '../api/queries';
import type { User } from '../api/types';
import { QueryInput } from '../devices/QueryInput';
import { CopySent } from '../ui/CopyAs';
import { Trouble } from '../ui/Trouble';

/** That somebody sees the devices of a query and no other, and changes some paths and no other. */
export function Only({ of: { scope, changes } }: { of: Pick<User, 'scope' | 'changes'> }) {
  return (
    <span className="dim mono" style={{ display: 'block', fontSize: 12, overflowWrap: 'anywhere' }}>
      {scope && <>only {scope} </>}
      {changes && <>changes only {changes.join(', ')}</>}
    </span>
  );
}

/** Limits a person to the devices of a query and to paths, or lets them do again what their role may. */
export function LimitTo({ user, onClose }: { user: User; onClose: () => void }) {
  const client = useQueryClient();
  const [scope, setScope] = useState(user.scope ?? '');
  const [paths, setPaths] = useState(user.changes?.join(', ') ?? '');
  const changes = paths.split(/[\s,]+/).filter(Boolean);
  const send = () =>
    answer(
      api.PUT('/api/v1/users/{name}', {
        params: { path: { name: user.name } },
        body: { role: user.role, disabled: user.disabled, scope, changes },
      }),
    );
  const change = useMutation({
    mutationFn: send,
    onSuccess: () => {
      onClose();
      return client.invalidateQueries({ queryKey: usersQuery.queryKey });
    },
  });
  return (
    <Modal opened onClose={onClose} title={`What is ${user.name} limited to?`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <QueryInput
          label="Sees only"
          description="A query. No other device is there for them, in any list, count or stream."
          placeholder="every device"
          data-autofocus
          value={scope}
          onChange={(query) => {
            setScope(query);
            change.reset();
          }}
        />
        <TextInput
          mt="md"
          label="Changes only"
          description="Objects, parameters or commands, with commas between them."
          placeholder="what the role may"
          spellCheck={false}
          value={paths}
          onChange={(event) => {
            setPaths(event.currentTarget.value);
            change.reset();
          }}
        />
        {change.isError && <Trouble error={change.error} />}
        <div className="dialogfoot">
          <CopySent send={send} />
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button type="submit" loading={change.isPending}>
            {scope.trim() || changes.length > 0 ? 'Limit' : 'Lift the limits'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
