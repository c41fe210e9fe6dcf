// SPDX-License-Identifier: Apache-2.0
import { Button, Modal, Select, Skeleton, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { useMay } from '../api/rights';
import type { Approval, ApprovalRules } from '../api/types';
import { count } from '../format/time';
import { Ago } from '../ui/Ago';
import { CopyEach, CopySent } from '../ui/CopyAs';
import { notifyDone, notifyError } from '../ui/notify';
import { Trouble } from '../ui/Trouble';
import { APPLIES, approvalRulesQuery, approvalsQuery, outcome, rulesNow } from './approvals';

/** What waits for a second person, and what became of what did. */
export function Approvals() {
  const approvals = useQuery(approvalsQuery);
  const [asked, setAsked] = useState<Approval>();
  if (approvals.isPending) return <Skeleton height={160} radius="lg" mt="md" />;
  if (approvals.isError) return <Trouble error={approvals.error} retry={() => approvals.refetch()} />;
  return (
    <>
      <Rules />
      {approvals.data.items.length === 0 && <p className="dim">Nothing waits for a second person.</p>}
      <ul className="surface adminlist" aria-label="Approvals">
        {approvals.data.items.map((approval) => (
          <Line key={approval.id} approval={approval} onLook={() => setAsked(approval)} />
        ))}
      </ul>
      {asked && <Decide approval={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function Line({ approval, onLook }: { approval: Approval; onLook: () => void }) {
  return (
    <li>
      <span>
        <strong>{approval.what}</strong>
      </span>
      <span className="dim">{count(approval.devices, 'device')}</span>
      <span className="dim" style={{ fontSize: 13 }}>
        {outcome(approval)} · asked for by {approval.askedBy} <Ago time={approval.asked} />
        {approval.jobs?.map((job) => (
          <span key={job}>
            {' · '}
            <Link to="/jobs/$id" params={{ id: String(job) }}>
              job {job}
            </Link>
          </span>
        ))}
      </span>
      {approval.state === 'waiting' ? (
        <Button variant="default" size="compact-sm" aria-label={`Look at approval ${approval.id}`} onClick={onLook}>
          Look…
        </Button>
      ) : (
        <span />
      )}
    </li>
  );
}

function Decide({ approval, onClose }: { approval: Approval; onClose: () => void }) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const path = { params: { path: { id: approval.id } } };
  const send = (approve: boolean) =>
    answer(
      approve
        ? api.POST('/api/v1/approvals/{id}/approve', path)
        : api.POST('/api/v1/approvals/{id}/refuse', { ...path, body: { reason } }),
    );
  const decide = useMutation({
    mutationFn: send,
    onSuccess: (decided) => {
      notifyDone(`Approval ${decided.id}: ${outcome(decided)}`);
      onClose();
    },
    onError: notifyError,
    onSettled: () => client.invalidateQueries({ queryKey: approvalsQuery.queryKey }),
  });
  return (
    <Modal opened onClose={onClose} title={`Approval ${approval.id}`} size="lg">
      <p>
        {approval.askedBy} asks for {approval.what}. It would change {count(approval.devices, 'device')}
        {approval.examples.length > 0 && `, among them ${approval.examples.slice(0, 5).join(', ')}`}:
      </p>
      <ul className="mono" aria-label="What would be done">
        {approval.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      <p className="dim">
        {approval.own ? 'You asked for it, so that somebody else approves it.' : 'Once you approve it, it begins.'}
      </p>
      <Textarea
        label={approval.own ? 'Why it is taken back' : 'Why not, where you refuse it'}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <span style={{ display: 'flex', gap: 8, justifyContent: 'flex-end', marginTop: 16 }}>
        {(reason.trim() || !approval.own) && (
          <CopyEach
            of={`approval ${approval.id}`}
            moves={[
              ...(approval.own ? [] : [{ label: 'Approve', send: () => send(true) }]),
              ...(reason.trim() ? [{ label: approval.own ? 'Take back' : 'Refuse', send: () => send(false) }] : []),
            ]}
          />
        )}
        <Button
          variant="default"
          className="bad"
          disabled={!reason.trim()}
          loading={decide.isPending && decide.variables === false}
          onClick={() => decide.mutate(false)}
        >
          {approval.own ? 'Take back' : 'Refuse'}
        </Button>
        {!approval.own && (
          <Button loading={decide.isPending && decide.variables} onClick={() => decide.mutate(true)}>
            Approve
          </Button>
        )}
      </span>
    </Modal>
  );
}

function Rules() {
  const rules = useQuery(approvalRulesQuery);
  if (!rules.data) return null;
  return <RulesForm key={JSON.stringify(rules.data)} rules={rules.data} />;
}

function RulesForm({ rules }: { rules: ApprovalRules }) {
  const client = useQueryClient();
  const may = useMay('people');
  const [applies, setApplies] = useState(rules.applies);
  const [devices, setDevices] = useState(String(rules.devices));
  const send = () => answer(api.PUT('/api/v1/approval-rules', { body: { applies, devices: Number(devices) } }));
  const change = useMutation({
    mutationFn: send,
    onSuccess: (now) => client.setQueryData(approvalRulesQuery.queryKey, now),
    onError: notifyError,
  });
  return (
    <>
      <p className="dim">{rulesNow(rules)}</p>
      {may && (
        <form
          className="adminform"
          onSubmit={(event) => {
            event.preventDefault();
            change.mutate();
          }}
        >
          <Select
            label="A second person is needed"
            allowDeselect={false}
            data={APPLIES}
            value={applies}
            onChange={(next) => setApplies(APPLIES.find(({ value }) => value === next)?.value ?? applies)}
          />
          <TextInput
            label="One person may change, devices"
            type="number"
            min={0}
            max={1_000_000}
            value={devices}
            onChange={(event) => setDevices(event.currentTarget.value)}
          />
          <Button
            type="submit"
            variant="default"
            loading={change.isPending}
            disabled={devices === '' || (applies === rules.applies && devices === String(rules.devices))}
          >
            Change
          </Button>
          {devices !== '' && <CopySent send={send} />}
        </form>
      )}
    </>
  );
}
