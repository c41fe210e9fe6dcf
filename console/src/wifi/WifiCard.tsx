// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { twinQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { Device } from '../api/types';
import type { Edit } from '../datamodel/edits';
import { ReviewDialog } from '../datamodel/ReviewDialog';
import { Card } from '../device/Card';
import { count } from '../format/time';
import { rateText, signalText, titleOf, toneOf } from '../homemap/model';
import { Around } from './Around';
import { type Network, networksOf, placeOf } from './model';
import { NetworkForm } from './NetworkForm';
import './wifi.css';

/** The wireless networks: what they are called, who is on them, and what can be done where they are slow. */
export function WifiCard({ device }: { device: Device }) {
  const twin = useQuery(twinQuery(device.id));
  const networks = useMemo(() => networksOf(twin.data?.items ?? []), [twin.data]);
  const may = useMay('change') && device.online;
  const [form, setForm] = useState(false);
  const [edits, setEdits] = useState<Edit[]>([]);
  if (networks.length === 0) return null;
  return (
    <Card title="Wi-Fi">
      <ul className="networks" aria-label="Wireless networks">
        {networks.map((network) => (
          <NetworkLine key={network.path} network={network} id={device.id} />
        ))}
      </ul>
      {may && (
        <Button size="compact-sm" variant="default" mt={12} onClick={() => setForm(true)}>
          Change name or key…
        </Button>
      )}
      <Around device={device} networks={networks} may={may} onUse={(edit) => setEdits([edit])} />
      {form && (
        <NetworkForm
          networks={networks}
          onClose={() => setForm(false)}
          onReview={(wanted) => {
            setForm(false);
            setEdits(wanted);
          }}
        />
      )}
      {edits.length > 0 && (
        <ReviewDialog id={device.id} edits={edits} onClose={() => setEdits([])} onApplied={() => {}} />
      )}
    </Card>
  );
}

function NetworkLine({ network, id }: { network: Network; id: string }) {
  const { path, name, on, mode, clients } = network;
  return (
    <li>
      <div className="networkhead">
        <span className={`dot ${on ? 'good' : 'idle'}`} data-hollow={!on || undefined} />
        <Link className="cut" to="/devices/$id" params={{ id }} search={{ tab: 'model', path }}>
          {name || 'without a name'}
        </Link>
        <span style={{ flex: 1 }} />
        {clients.length === 0 && <span className="dim">{on ? 'nobody' : 'off'}</span>}
      </div>
      <div className="dim networkplace">{[placeOf(network), mode].filter(Boolean).join(' · ')}</div>
      {clients.length > 0 && (
        <details>
          <summary>{count(clients.length, 'client')}</summary>
          <ul aria-label={`Clients of ${name}, ${placeOf(network)}`}>
            {clients.map((member) => (
              <li key={member.path}>
                <span className={`dot ${toneOf(member)}`} aria-hidden="true" />
                <span className="cut" style={{ flex: 1 }}>
                  {titleOf(member)}
                </span>
                <span className={toneOf(member)}>{signalText(member)}</span>
                <span className="dim">{rateText(member.down)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
