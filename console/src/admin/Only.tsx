// SPDX-License-Identifier: Apache-2.0
import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { usersQuery } from '../api/queries';
import type { User } from '../api/types';
import { QueryInput } from '../devices/QueryInput';
import { Trouble } from '../ui/Trouble';

/** That somebody sees the devices of a query and no other. */
export function Only({ scope }: { scope: string }) {
  return (
    <span className="dim mono" style={{ display: 'block', fontSize: 12, overflowWrap: 'anywhere' }}>
      only {scope}
    </span>
  );
}

/** Limits a person to the devices of a query, or lets them see every device again. */
export function LimitTo({ user, onClose }: { user: User; onClose: () => void }) {
  const client = useQueryClient();
  const [scope, setScope] = useState(user.scope ?? '');
  const change = useMutation({
    mutationFn: () =>
      answer(
        api.PUT('/api/v1/users/{name}', {
          params: { path: { name: user.name } },
          body: { role: user.role, disabled: user.disabled, scope },
        }),
      ),
    onSuccess: () => {
      onClose();
      return client.invalidateQueries({ queryKey: usersQuery.queryKey });
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Which devices does ${user.name} see?`}>
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
        {change.isError && <Trouble error={change.error} />}
        <div className="dialogfoot">
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button type="submit" loading={change.isPending}>
            {scope.trim() ? 'Limit' : 'Let see every device'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
