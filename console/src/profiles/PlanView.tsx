// SPDX-License-Identifier: Apache-2.0
import { Link } from '@tanstack/react-router';
import type { ProfilePlan, ProfilePlanGroup } from '../api/types';
import { count } from '../format/time';

const STATES: Record<ProfilePlanGroup['state'], { word: string; tone: string | undefined }> = {
  differs: { word: 'would change', tone: 'warn' },
  missing: { word: 'would be added', tone: 'warn' },
  unknown: { word: 'read first', tone: undefined },
  lacking: { word: 'has no such', tone: 'bad' },
  contradiction: { word: 'contradiction', tone: 'bad' },
  unsaid: { word: 'no value', tone: 'bad' },
};

/** What profiles would change, difference by difference; nothing was done. */
export function PlanView({ plan }: { plan: ProfilePlan }) {
  return (
    <section aria-label="What it would change">
      <p role="status" className={plan.nothing ? 'good' : undefined} style={{ fontWeight: 600, margin: '18px 0 10px' }}>
        {plan.detail}
      </p>
      {plan.groups.length > 0 && (
        <ul className="surface planlist" aria-label="Differences">
          {plan.groups.map((group) => (
            <Difference key={`${group.state} ${group.profile} ${group.place} ${group.why}`} group={group} />
          ))}
        </ul>
      )}
      {plan.moreGroups > 0 && <p className="dim">And {count(plan.moreGroups, 'more difference')}.</p>}
    </section>
  );
}

function Difference({ group }: { group: ProfilePlanGroup }) {
  const { word, tone } = STATES[group.state];
  return (
    <li>
      <span>
        <span className="tag" data-tone={tone}>
          {word}
        </span>
      </span>
      <span style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <span className="mono">{group.place}</span>
        <span className="dim" style={{ display: 'block', fontSize: 13 }}>
          {group.why}
        </span>
      </span>
      <span className="mono" style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        {group.before.map((before) => (
          <span key={before.value} style={{ display: 'block' }}>
            <del>{before.value === '' ? 'empty' : before.value}</del>
            {group.before.length > 1 && <span className="dim"> × {before.places.toLocaleString('en')}</span>}
          </span>
        ))}
        {group.otherBefores > 0 && <span className="dim">and {count(group.otherBefores, 'other value')}</span>}
        {group.wanted && <ins>{group.wanted}</ins>}
      </span>
      <details className="planexamples">
        <summary>{count(group.devices, 'device')}</summary>
        {group.examples.map((example) => (
          <div key={`${example.device} ${example.path}`}>
            <Link to="/devices/$id" params={{ id: example.device }} search={{ tab: 'model', path: example.path }}>
              {example.device}
            </Link>
            {example.after !== undefined && <span className="mono"> → {example.after}</span>}
          </div>
        ))}
      </details>
    </li>
  );
}
