// SPDX-License-Identifier: Apache-2.0
import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { answer, api } from '../api/client';
import { campaignPreviewQuery, campaignQuery, sessionQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { Campaign } from '../api/types';
import { count } from '../format/time';
import { CopyAs, CopySent } from '../ui/CopyAs';
import { Icon, type IconName } from '../ui/Icon';
import { notifyDone, notifyError } from '../ui/notify';
import { type Move, moveCommand } from './draft';
import { Preview } from './Reach';

/** What people can have it do, as it stands. */
export function Moves({ campaign }: { campaign: Campaign }) {
  const may = useMay('fleet');
  const { data: session } = useQuery(sessionQuery);
  const [asked, setAsked] = useState<Move | 'delete'>();
  const move = useMove(campaign, () => setAsked(undefined));
  if (!may) return null;
  const { state } = campaign;
  const plain = (what: Move, words: string, icon?: IconName) => (
    <Button
      variant="default"
      leftSection={icon && <Icon name={icon} size={16} />}
      loading={move.isPending && move.variables === what}
      onClick={() => move.mutate(what)}
    >
      {words}
    </Button>
  );
  const grave = (what: Move | 'delete', words: string) => (
    <Button variant="default" className="bad" onClick={() => setAsked(what)}>
      {words}
    </Button>
  );
  return (
    <span style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
      {state === 'unapproved' && session?.user !== campaign.createdBy && plain('approve', 'Approve', 'check')}
      {state === 'ready' && (
        <Button leftSection={<Icon name="play" size={16} />} onClick={() => setAsked('start')}>
          Start…
        </Button>
      )}
      {state === 'running' && plain('pause', 'Pause', 'pause')}
      {state === 'paused' && plain('resume', 'Resume', 'play')}
      {state === 'held' && plain('resume', 'Begin the next wave', 'play')}
      {['running', 'paused', 'held'].includes(state) && (
        <Button color="red.9" onClick={() => setAsked('stop')}>
          Stop…
        </Button>
      )}
      {['stopped', 'done'].includes(state) && grave('rollback', 'Roll back…')}
      {['unapproved', 'ready', 'stopped', 'done', 'rolled-back'].includes(state) && grave('delete', 'Delete…')}
      {asked && asked !== 'delete' && (
        <Ask
          campaign={campaign}
          what={asked}
          busy={move.isPending}
          onNo={() => setAsked(undefined)}
          onYes={move.mutate}
        />
      )}
      {asked === 'delete' && <AskDelete campaign={campaign} onNo={() => setAsked(undefined)} />}
    </span>
  );
}

function useMove(campaign: Campaign, settled: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (what: Move) =>
      answer(api.POST(`/api/v1/campaigns/{id}/${what}`, { params: { path: { id: campaign.id } } })),
    onSuccess: (moved) => client.setQueryData(campaignQuery(campaign.id).queryKey, moved),
    onError: notifyError,
    onSettled: () => {
      settled();
      void client.invalidateQueries({ queryKey: ['campaign', campaign.id] });
    },
  });
}

const ASKED: Partial<Record<Move, { title: string; yes: string; red: boolean }>> = {
  start: { title: 'Start this campaign?', yes: 'Start it', red: false },
  stop: { title: 'Stop this campaign for good?', yes: 'Stop it', red: true },
  rollback: { title: 'Take the devices back?', yes: 'Roll back', red: true },
};

interface AskProps {
  campaign: Campaign;
  what: Move;
  busy: boolean;
  onNo: () => void;
  onYes: (what: Move) => void;
}

function Ask({ campaign, what, busy, onNo, onYes }: AskProps) {
  const { title = '', yes = '', red = false } = ASKED[what] ?? {};
  return (
    <Modal opened onClose={onNo} title={title}>
      {what === 'start' ? (
        <WhatStarts campaign={campaign} />
      ) : (
        <p style={{ marginTop: 0 }}>{consequence(campaign, what)}</p>
      )}
      <div className="dialogfoot">
        <CopyAs command={moveCommand(window.location.origin, campaign.id, what)} />
        <span style={{ flex: 1 }} />
        <Button variant="default" onClick={onNo}>
          Not now
        </Button>
        <Button color={red ? 'red.9' : undefined} loading={busy} onClick={() => onYes(what)}>
          {yes}
        </Button>
      </div>
    </Modal>
  );
}

function WhatStarts({ campaign }: { campaign: Campaign }): ReactNode {
  const preview = useQuery(campaignPreviewQuery(campaign.id));
  return (
    <>
      <p style={{ marginTop: 0 }}>
        Which devices it concerns is fixed now, in a random order. Its first wave begins at once.
      </p>
      {preview.data && <Preview preview={preview.data} />}
    </>
  );
}

function consequence({ progress, migration }: Campaign, what: Move): string {
  const begun = progress ? progress.done + progress.failed : 0;
  if (what === 'stop') {
    return 'What a device is at is finished, and none begins any more. What was done stays so, unless it is rolled back. A campaign that was stopped does not go on.';
  }
  const former = begun === 1 ? 'what it ran before, restarting' : 'what they ran before, restarting';
  return `${count(begun, 'device')} that it had begun with ${begun === 1 ? 'goes' : 'go'} back to ${migration ? 'TR-069' : `${former} once more`}. It needs nobody’s approval, and cannot be undone from here.`;
}

function AskDelete({ campaign, onNo }: { campaign: Campaign; onNo: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const send = () => api.DELETE('/api/v1/campaigns/{id}', { params: { path: { id: campaign.id } } });
  const remove = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      notifyDone(`${campaign.name} is deleted`);
      await navigate({ to: '/campaigns' });
      client.removeQueries({ queryKey: ['campaign', campaign.id] });
      void client.invalidateQueries({ queryKey: ['campaigns'] });
    },
    onError: (error) => {
      notifyError(error);
      onNo();
    },
  });
  return (
    <Modal opened onClose={onNo} title={`Delete ${campaign.name}?`}>
      <p style={{ marginTop: 0 }}>
        It is forgotten with its jobs, its story and its report. What devices run is not touched; they cannot be rolled
        back by it any more.
      </p>
      <div className="dialogfoot">
        <CopySent send={send} />
        <span style={{ flex: 1 }} />
        <Button variant="default" onClick={onNo}>
          Keep it
        </Button>
        <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate()}>
          Delete it
        </Button>
      </div>
    </Modal>
  );
}
