// SPDX-License-Identifier: Apache-2.0
import { Checkbox, Chip, TextInput } from '@mantine/core';
import { DAYS, type HoursDraft } from './draft';

/** At which hours devices begin. */
export function Hours({ hours, change }: { hours: HoursDraft; change: (part: Partial<HoursDraft>) => void }) {
  return (
    <>
      <Checkbox
        label="Only at certain hours, by each device’s own clock"
        checked={hours.windowed}
        onChange={(event) => change({ windowed: event.currentTarget.checked })}
      />
      {hours.windowed && (
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12, alignItems: 'end' }}>
          <TextInput
            label="From"
            type="time"
            required
            value={hours.from}
            onChange={(event) => change({ from: event.currentTarget.value })}
          />
          <TextInput
            label="To"
            type="time"
            required
            value={hours.to}
            onChange={(event) => change({ to: event.currentTarget.value })}
          />
          <Chip.Group multiple value={hours.days} onChange={(days) => change({ days })}>
            <span style={{ display: 'flex', flexWrap: 'wrap', gap: 6 }} role="group" aria-label="Days; all where none">
              {DAYS.map((day) => (
                <Chip key={day} value={day} size="xs" variant="outline">
                  {day}
                </Chip>
              ))}
            </span>
          </Chip.Group>
        </div>
      )}
    </>
  );
}
