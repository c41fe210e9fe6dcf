// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Diagnostic } from '../api/types';
import { exact, span } from '../format/time';
import { Ago } from '../ui/Ago';
import { CopyAs, CopyEach } from '../ui/CopyAs';
import { Icon } from '../ui/Icon';
import { sendCancel, useCancel } from './actions';
import { diagnoseCommand, draftOf, isMasked, requestOf, subjectOf } from './draft';
import { kindOf } from './kinds';
import { Result } from './Result';
import { verdictOf } from './result';
import { Working } from './Working';

interface Props {
  run: Diagnostic;
  open: boolean;
  onToggle: () => void;
  /** absent where it may not be asked for now */
  onAgain: (() => void) | undefined;
  mayCancel: boolean;
}

/** A measurement in one line, and all of it where the line is opened. */
export function RunLine({ run, open, onToggle, onAgain, mayCancel }: Props) {
  const verdict = verdictOf(run);
  const subject = subjectOf(run);
  const line = useRef<HTMLLIElement>(null);
  // one that an address leads to is seen, wherever in the history it stands
  useEffect(() => {
    if (open) line.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return (
    <li ref={line}>
      <button type="button" className="runhead" aria-expanded={open} onClick={onToggle}>
        <Icon name="right" size={14} />
        <span className="runkind">{kindOf(run.kind)?.label ?? run.kind}</span>
        <span className="cut dim runsubject" title={subject}>
          {subject || 'this server'}
        </span>
        <span className={`${verdict.tone} runverdict`}>{verdict.words}</span>
        <span className="dim runage">
          <Ago time={run.begun} />
        </span>
      </button>
      {run.state === 'running' && !run.awaitedSession && <Working run={run} />}
      {run.awaitedSession && run.fault && <p className="dim runbody">{run.fault}</p>}
      {(open || run.state === 'running') && (
        <div className="runbody">
          <Result run={run} />
          <div className="runfoot">
            {open && (
              <span className="dim" title={exact(run.begun)}>
                Asked by {run.by}
                {run.ended && `, took ${span((Date.parse(run.ended) - Date.parse(run.begun)) / 1000)}`}
              </span>
            )}
            <span style={{ flex: 1 }} />
            {open && <CopyRun run={run} />}
            {open && onAgain && run.state !== 'running' && !isMasked(run) && (
              <Button size="compact-sm" variant="default" onClick={onAgain}>
                Once more
              </Button>
            )}
            {run.state === 'running' && mayCancel && <Cancel run={run} />}
          </div>
        </div>
      )}
    </li>
  );
}

function CopyRun({ run }: { run: Diagnostic }) {
  const kind = kindOf(run.kind);
  const request = kind && requestOf(draftOf(run), kind);
  return request ? <CopyAs command={diagnoseCommand(window.location.origin, run.device, request)} /> : null;
}

function Cancel({ run }: { run: Diagnostic }) {
  const cancel = useCancel(run.device);
  return (
    <>
      <CopyEach of={`run ${run.id}`} moves={[{ label: 'Cancel', send: () => sendCancel(run.device, run.id) }]} />
      <Button size="compact-sm" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(run.id)}>
        Cancel
      </Button>
    </>
  );
}
