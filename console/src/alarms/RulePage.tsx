// SPDX-License-Identifier: Apache-2.0
import { Button, Modal, Skeleton, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { alarmRulesQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { AlarmRule } from '../api/types';
import { count } from '../format/time';
import { CopyAs, CopySent } from '../ui/CopyAs';
import { notifyDone, notifyError } from '../ui/notify';
import { Trouble } from '../ui/Trouble';
import { Within } from '../ui/Within';
import { bodyOf, draftOf, EMPTY_RULE, type RuleDraft, ruleCommand, wrongRule } from './draft';
import { RuleForm } from './RuleForm';
import { RuleReach } from './RuleReach';
import '../jobs/jobs.css';
import './alarms.css';

/** What stands in the address for a rule that is not there yet; no rule can be called so. */
const NEW = '+';

export function RulePage() {
  const { name } = useParams({ from: '/alarms/rules/$name' });
  useDocumentTitle(`${name === NEW ? 'New rule' : name} · Pharos`);
  const rules = useQuery(alarmRulesQuery);
  const known = rules.data?.items.find((rule) => rule.name === name);
  return (
    <Within room="Rules" back={{ to: '/alarms', search: { tab: 'rules' } }}>
      <header style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 12, margin: '4px 0 14px' }}>
        <Title order={1} size={22} style={{ overflowWrap: 'anywhere', flex: 1 }}>
          {name === NEW ? 'A new rule' : name}
        </Title>
        {known && <DeleteRule rule={known} />}
      </header>
      {rules.isPending && <Skeleton height={260} radius="md" />}
      {rules.isError && <Trouble error={rules.error} retry={() => rules.refetch()} />}
      {rules.data && name !== NEW && !known && <p>There is no such rule, or no longer.</p>}
      {rules.data && (name === NEW || known) && (
        <Editor key={name} start={known ? draftOf(known) : EMPTY_RULE} names={rules.data.items.map((r) => r.name)} />
      )}
    </Within>
  );
}

function Editor({ start, names }: { start: RuleDraft; names: string[] }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const may = useMay('fleet');
  const [draft, setDraft] = useState(start);
  const [tried, setTried] = useState(false);
  const wrong = wrongRule(draft);
  const body = bodyOf(draft);
  const save = useMutation({
    mutationFn: () =>
      answer(
        api.PUT('/api/v1/alarm-rules/{name}', { params: { path: { name: draft.name.trim() } }, body: body ?? {} }),
      ),
    onSuccess: (rule) => {
      void client.invalidateQueries({ queryKey: ['alarm-rules'] });
      notifyDone(`The rule ${rule.name} is looked at from now on`);
      void navigate({ to: '/alarms', search: { tab: 'rules' } });
    },
  });
  const command = ruleCommand(window.location.origin, draft);
  const fresh = start.name === '';
  const replaces = fresh && names.includes(draft.name.trim());
  return (
    <form
      className="jobform"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (body && Object.keys(wrong).length === 0 && !replaces) save.mutate();
      }}
    >
      <RuleForm
        draft={draft}
        named={!fresh}
        readOnly={!may}
        wrong={tried ? (replaces ? { ...wrong, name: 'There is a rule of this name' } : wrong) : {}}
        change={(part) => setDraft((old) => ({ ...old, ...part }))}
      />
      <RuleReach body={body} />
      {save.isError && <Trouble error={save.error} />}
      {may && (
        <>
          {!fresh && (
            <p className="dim" style={{ margin: 0, fontSize: 13 }}>
              A rule that is saved begins anew: open alarms that it no longer means are cleared.
            </p>
          )}
          <div className="dialogfoot">
            {command && <CopyAs command={command} />}
            <span style={{ flex: 1 }} />
            <Button
              renderRoot={(props) => <Link to="/alarms" search={{ tab: 'rules' }} {...props} />}
              variant="default"
            >
              Back
            </Button>
            <Button type="submit" loading={save.isPending}>
              Save the rule
            </Button>
          </div>
        </>
      )}
    </form>
  );
}

function DeleteRule({ rule }: { rule: AlarmRule }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const may = useMay('fleet');
  const [asked, setAsked] = useState(false);
  const send = () => api.DELETE('/api/v1/alarm-rules/{name}', { params: { path: { name: rule.name } } });
  const remove = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      notifyDone(`The rule ${rule.name} is deleted`);
      await navigate({ to: '/alarms', search: { tab: 'rules' } });
      void client.invalidateQueries({ queryKey: ['alarm-rules'] });
      void client.invalidateQueries({ queryKey: ['alarms'] });
    },
    onError: notifyError,
    onSettled: () => setAsked(false),
  });
  if (!may) return null;
  return (
    <>
      <Button variant="default" className="bad" onClick={() => setAsked(true)}>
        Delete…
      </Button>
      <Modal opened={asked} onClose={() => setAsked(false)} title={`Delete the rule ${rule.name}?`}>
        <p style={{ marginTop: 0 }}>
          Nobody is told of it any more
          {rule.open > 0 && `, and its ${count(rule.open, 'open alarm')} ${rule.open === 1 ? 'is' : 'are'} cleared`}.
        </p>
        <div className="dialogfoot">
          <CopySent send={send} />
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={() => setAsked(false)}>
            Keep it
          </Button>
          <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate()}>
            Delete it
          </Button>
        </div>
      </Modal>
    </>
  );
}
