// SPDX-License-Identifier: Apache-2.0
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { explain } from '../api/problem';
import { alarmRulePreviewQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { AlarmRuleBody } from '../api/types';
import { count } from '../format/time';

/** Whom the rule would concern now, asked of the server while it is typed. */
export function RuleReach({ body }: { body: AlarmRuleBody | undefined }) {
  const may = useMay('fleet');
  const [asked] = useDebouncedValue(body && JSON.stringify(body), 300);
  const preview = useQuery({
    ...alarmRulePreviewQuery(asked ? (JSON.parse(asked) as AlarmRuleBody) : {}),
    enabled: may && asked !== undefined,
    placeholderData: (old) => old,
  });
  if (!may) return null;
  if (asked === undefined) {
    return (
      <p className="dim" role="status" style={{ margin: 0, fontSize: 14 }}>
        Whom it concerns now is shown here as soon as it is whole.
      </p>
    );
  }
  if (preview.isError) {
    return (
      <p className="bad" role="status" style={{ margin: 0, fontSize: 14 }}>
        {explain(preview.error).detail}
      </p>
    );
  }
  if (!preview.data) return <p style={{ margin: 0, height: 22 }} />;
  const { devices, concerned, alarms, first } = preview.data;
  const lasting = body?.forSeconds ? ', once it has lasted' : '';
  return (
    <p role="status" style={{ margin: 0, fontSize: 14, overflowWrap: 'anywhere' }}>
      It is so on <strong>{count(concerned, 'device')}</strong> of {devices.toLocaleString('en')} now:{' '}
      <span className={alarms > 0 ? 'warn' : 'good'}>
        {alarms === 0 ? 'no alarm' : `${count(alarms, 'alarm')}${lasting}`}
      </span>
      {first.length > 0 && (
        <span className="dim">
          {' '}
          · {first.join(', ')}
          {concerned > first.length && ' …'}
        </span>
      )}
    </p>
  );
}
