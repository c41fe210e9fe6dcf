// SPDX-License-Identifier: Apache-2.0
import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { alarmRulesQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { AlarmRule } from '../api/types';
import { count } from '../format/time';
import { Ago } from '../ui/Ago';
import { Icon } from '../ui/Icon';
import { Trouble } from '../ui/Trouble';
import { SEVERITY_TONES } from './words';

/** What people want to be told of. */
export function Rules() {
  const rules = useQuery(alarmRulesQuery);
  if (rules.isPending) return <Skeleton height={160} radius="lg" mt="md" />;
  if (rules.isError) return <Trouble error={rules.error} retry={() => rules.refetch()} />;
  return (
    <>
      <div style={{ display: 'flex', justifyContent: 'flex-end', margin: '14px 0' }}>
        <NewRule />
      </div>
      {rules.data.items.length === 0 ? (
        <div className="surface" style={{ padding: 40, textAlign: 'center' }}>
          <p style={{ margin: '0 0 6px' }}>There is no rule yet.</p>
          <p className="dim" style={{ margin: '0 auto', maxWidth: 540 }}>
            Such as: a device that is away for 15 minutes, one that starts 5 times in an hour, or a fifth of the devices
            of a place that are away at once.
          </p>
        </div>
      ) : (
        <ul className="surface rulelist" aria-label="Rules">
          {rules.data.items.map((rule) => (
            <Line key={rule.name} rule={rule} />
          ))}
        </ul>
      )}
    </>
  );
}

function NewRule() {
  const may = useMay('fleet');
  if (!may) return null;
  return (
    <Button
      renderRoot={(props) => <Link to="/alarms/rules/$name" params={{ name: '+' }} {...props} />}
      leftSection={<Icon name="plus" size={16} />}
    >
      New rule
    </Button>
  );
}

function Line({ rule }: { rule: AlarmRule }) {
  return (
    <li>
      <span>
        <span className="tag" data-tone={SEVERITY_TONES[rule.severity as keyof typeof SEVERITY_TONES]}>
          {rule.severity}
        </span>
      </span>
      <Link className="cut" to="/alarms/rules/$name" params={{ name: rule.name }}>
        {rule.name}
      </Link>
      <span className="rulewide" style={{ overflowWrap: 'anywhere' }}>
        {rule.text}
        {rule.note && <div className="warn">{rule.note}</div>}
      </span>
      <span>
        {rule.open > 0 ? (
          <Link to="/alarms" search={{ rule: rule.name }}>
            {rule.open.toLocaleString('en')} open
          </Link>
        ) : (
          <span className="dim">none open</span>
        )}
      </span>
      <span className="dim rulewide" style={{ fontSize: 13 }} title={count(rule.open, 'open alarm')}>
        <Ago time={rule.changed} /> by {rule.changedBy}
      </span>
    </li>
  );
}
