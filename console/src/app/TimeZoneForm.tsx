// SPDX-License-Identifier: Apache-2.0
import { Button, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { clock } from '../format/time';
import { browserZone, chosenZone, shownZone } from '../format/zone';
import { notifyError } from '../ui/notify';

const OWN = '';

/** All that this browser knows. */
function zones(): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  const shown = chosenZone();
  return [...new Set(['UTC', ...known, ...(shown ? [shown] : [])])];
}

/** In which time zone the page shows and takes times. */
export function TimeZoneForm({ onChosen }: { onChosen: (zone: string | undefined) => void }) {
  const [zone, setZone] = useState(chosenZone() ?? OWN);
  const choose = useMutation({
    mutationFn: () => answer(api.PUT('/api/v1/session/time-zone', { body: { timeZone: zone || null } })),
    onSuccess: ({ timeZone }) => onChosen(timeZone ?? undefined),
    onError: notifyError,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        choose.mutate();
      }}
    >
      <Select
        label="Times are shown, and meant, in"
        searchable
        allowDeselect={false}
        limit={100}
        nothingFoundMessage="No time zone is called so."
        value={zone}
        onChange={(value) => setZone(value ?? OWN)}
        data={[{ value: OWN, label: `As this browser has it (${browserZone()})` }, ...zones()]}
      />
      <p className="dim" style={{ fontSize: 14 }}>
        Now it is {clock(new Date().toISOString())} in {shownZone()}. It is kept with you, for each browser that you
        sign in with. The page is drawn anew: what you typed and did not send is given up.
      </p>
      <Button type="submit" loading={choose.isPending}>
        Use this time zone
      </Button>
    </form>
  );
}
