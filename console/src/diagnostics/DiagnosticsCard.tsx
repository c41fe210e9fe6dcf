// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMay } from '../api/rights';
import type { Device } from '../api/types';
import { Card } from '../device/Card';
import { Ago } from '../ui/Ago';
import { useDiagnose, useDiagnostics, useKinds } from './actions';
import { requestOf, subjectOf, usualOptions, usualTarget } from './draft';
import { kindOf } from './kinds';
import { verdictOf } from './result';

const AT_ONCE = ['ping', 'trace', 'download'];
const SHOWN = 4;

/** The measurements that need no form, and what came of the last ones. */
export function DiagnosticsCard({ device }: { device: Device }) {
  const runs = useDiagnostics(device.id).data?.items ?? [];
  const kinds = useKinds(device)?.filter((kind) => AT_ONCE.includes(kind.name)) ?? [];
  const may = useMay('change');
  const diagnose = useDiagnose(device.id);
  if (kinds.length === 0 && runs.length === 0) return null;
  return (
    <Card title="Diagnostics">
      {may && device.online && (
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginBottom: 12 }}>
          {kinds.map((kind) => {
            const target = usualTarget(kind, runs, window.location.hostname.replace(/^\[|\]$/g, ''));
            const request = requestOf({ kind: kind.name, target, options: usualOptions(kind) }, kind);
            return (
              <Button
                key={kind.name}
                size="compact-sm"
                variant="default"
                title={target ? `${kind.what}: ${target}` : kind.what}
                disabled={!request}
                loading={diagnose.isPending && diagnose.variables.kind === kind.name}
                onClick={() => request && diagnose.mutate(request)}
              >
                {kind.label}
              </Button>
            );
          })}
        </div>
      )}
      <ul className="plain" aria-label="Last measured" style={{ marginBottom: 10 }}>
        {runs.slice(0, SHOWN).map((run) => {
          const verdict = verdictOf(run);
          return (
            <li key={run.id}>
              <Link
                to="/devices/$id"
                params={{ id: device.id }}
                search={{ tab: 'diagnostics', run: run.id }}
                title={subjectOf(run) || 'this server'}
              >
                {kindOf(run.kind)?.label ?? run.kind}
              </Link>
              <span className={`cut ${verdict.tone}`} style={{ flex: 1 }} title={verdict.words}>
                {verdict.words}
              </span>
              <span className="dim">
                <Ago time={run.begun} />
              </span>
            </li>
          );
        })}
      </ul>
      <Link to="/devices/$id" params={{ id: device.id }} search={{ tab: 'diagnostics' }} style={{ fontSize: 13 }}>
        {runs.length === 0 ? 'What else it can measure' : 'All that was measured, and what else it can measure'}
      </Link>
    </Card>
  );
}
