// SPDX-License-Identifier: Apache-2.0
import { Button, SegmentedControl, Select, Skeleton, Tabs, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { alarmRulesQuery, alarmsQuery } from '../api/queries';
import { count } from '../format/time';
import { Trouble } from '../ui/Trouble';
import { AlarmLine } from './AlarmLine';
import { useLiveAlarms } from './actions';
import { Rules } from './Rules';
import { type AlarmsSearch, SEVERITIES } from './search';
import './alarms.css';

/** What is so that somebody wanted to be told of, and what people want to be told of. */
export function AlarmsPage() {
  useDocumentTitle('Alarms · Pharos');
  const { tab } = useSearch({ from: '/alarms' });
  const navigate = useNavigate({ from: '/alarms' });
  return (
    <div className="page">
      <Title order={1} size={20} lh="31px" mb={8}>
        What somebody wanted to be told of
      </Title>
      <Tabs
        value={tab ?? 'alarms'}
        onChange={(next) => navigate({ search: next === 'rules' ? { tab: 'rules' } : {} })}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="alarms">Alarms</Tabs.Tab>
          <Tabs.Tab value="rules">Rules</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="alarms">
          <Alarms />
        </Tabs.Panel>
        <Tabs.Panel value="rules">
          <Rules />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function Alarms() {
  useLiveAlarms();
  const search = useSearch({ from: '/alarms' });
  const navigate = useNavigate({ from: '/alarms' });
  const change = (part: AlarmsSearch) =>
    navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false });
  const { state, severity, rule, device } = search;
  const alarms = useInfiniteQuery({
    ...alarmsQuery({
      ...(state !== 'all' && { state: state ?? 'open' }),
      ...(severity && { severity }),
      ...(rule && { rule }),
      ...(device && { device }),
    }),
    placeholderData: (old) => old,
  });
  const items = alarms.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Filters search={search} change={change} />
      {alarms.isPending && <Skeleton height={180} radius="lg" />}
      {alarms.isError && <Trouble error={alarms.error} retry={() => alarms.refetch()} />}
      {alarms.data && items.length === 0 && <Nothing search={search} />}
      {items.length > 0 && (
        <ul className="surface alarmlist" aria-label="Alarms">
          {items.map((alarm) => (
            <AlarmLine
              key={alarm.id}
              alarm={alarm}
              open={alarm.id === search.alarm}
              onToggle={() => change({ alarm: alarm.id === search.alarm ? undefined : alarm.id })}
            />
          ))}
        </ul>
      )}
      {alarms.hasNextPage && (
        <Button variant="default" mt="md" loading={alarms.isFetchingNextPage} onClick={() => alarms.fetchNextPage()}>
          Older alarms
        </Button>
      )}
    </>
  );
}

interface FilterProps {
  search: AlarmsSearch;
  change: (part: AlarmsSearch) => void;
}

function Filters({ search, change }: FilterProps) {
  const rules = useQuery(alarmRulesQuery);
  const names = (rules.data?.items ?? []).map((each) => each.name);
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 10, margin: '14px 0' }}>
      <SegmentedControl
        aria-label="Which alarms"
        value={search.state ?? 'open'}
        onChange={(state) => change({ state: state === 'open' ? undefined : (state as AlarmsSearch['state']) })}
        data={[
          { value: 'open', label: 'Open' },
          { value: 'cleared', label: 'Cleared' },
          { value: 'all', label: 'All' },
        ]}
      />
      <Select
        aria-label="How severe, at least"
        placeholder="Any severity"
        clearable
        style={{ width: 180 }}
        data={SEVERITIES.map((severity) => ({
          value: severity,
          label: severity === 'critical' ? severity : `${severity} or worse`,
        }))}
        value={search.severity ?? null}
        onChange={(severity) => change({ severity: SEVERITIES.find((known) => known === severity) })}
      />
      <Select
        aria-label="Of which rule"
        placeholder="Any rule"
        clearable
        searchable
        style={{ width: 200 }}
        data={search.rule && !names.includes(search.rule) ? [...names, search.rule] : names}
        value={search.rule ?? null}
        onChange={(rule) => change({ rule: rule ?? undefined })}
      />
      {search.device && (
        <Button variant="default" onClick={() => change({ device: undefined })}>
          Only of {search.device} ✕
        </Button>
      )}
    </div>
  );
}

function Nothing({ search }: { search: AlarmsSearch }) {
  const rules = useQuery(alarmRulesQuery);
  const navigate = useNavigate({ from: '/alarms' });
  const filtered = search.severity || search.rule || search.device || search.state;
  if (!rules.data) return null;
  return (
    <div className="surface" style={{ padding: 40, textAlign: 'center' }}>
      {filtered ? (
        <p style={{ margin: 0 }}>No alarm fits this filter.</p>
      ) : rules.data.items.length > 0 ? (
        <p style={{ margin: 0 }}>
          <span className="good">No alarm is open.</span> {count(rules.data.items.length, 'rule')}{' '}
          {rules.data.items.length === 1 ? 'is' : 'are'} looked at every 15 seconds.
        </p>
      ) : (
        <>
          <p style={{ margin: '0 0 6px' }}>Nobody wants to be told of anything yet.</p>
          <p className="dim" style={{ margin: '0 auto 18px', maxWidth: 540 }}>
            A rule says what to look for: what a device is, for a while, or events that come in numbers, on one device
            or a share of them. An alarm is that it is so, and ends by itself where it is over.
          </p>
          <Button onClick={() => navigate({ to: '/alarms', search: { tab: 'rules' } })}>To the rules</Button>
        </>
      )}
    </div>
  );
}
