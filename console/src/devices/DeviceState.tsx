// SPDX-License-Identifier: Apache-2.0
import { Tooltip } from '@mantine/core';
import type { Device } from '../api/types';

const TONES = { online: 'good', offline: 'idle', onboarding: 'warn', error: 'bad' } as const;
const WORDS = { online: 'Online', offline: 'Offline', onboarding: 'Onboarding', error: 'Error' } as const;

/** The state as colour, shape and word, its reason beside it where the place allows. */
export function DeviceState({ device, withReason = false }: { device: Device; withReason?: boolean }) {
  const { status, statusReason } = device;
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 8, minWidth: 0, maxWidth: '100%' }}>
      <span className={`dot ${TONES[status]}`} data-hollow={status === 'offline' || undefined} aria-hidden="true" />
      <span className="cut" title={statusReason || undefined}>
        {WORDS[status]}
        {withReason && statusReason && status !== 'online' && (
          <span className="dim" style={{ fontSize: 12.5 }}>
            {' '}
            · {statusReason}
          </span>
        )}
      </span>
    </span>
  );
}

/** What an operator must know before trusting what the device says. */
export function TrustTags({ device }: { device: Device }) {
  return (
    <>
      {!device.approved && (
        <Tooltip label="It may connect, but nothing is sent to it until an operator approves it.">
          <span className="tag" data-tone="bad">
            not approved
          </span>
        </Tooltip>
      )}
      {!device.verified && (
        <Tooltip label="It was let in on a loopback address without credentials: nothing proves that it is who it says.">
          <span className="tag" data-tone="warn">
            unverified
          </span>
        </Tooltip>
      )}
      {!device.schemeListed && (
        <Tooltip label="The authority scheme of its Endpoint ID is not one that TR-369 lists, and strict peers may refuse it. A valid one looks like os::<OUI>-<serial>.">
          <span className="tag" data-tone="warn">
            unlisted scheme
          </span>
        </Tooltip>
      )}
    </>
  );
}
