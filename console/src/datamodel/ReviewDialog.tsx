// SPDX-License-Identifier: Apache-2.0
import { Button, Modal, Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { twinQuery } from '../api/queries';
import { setCommand } from '../format/commands';
import { count } from '../format/time';
import { CopyAs } from '../ui/CopyAs';
import { Icon } from '../ui/Icon';
import { Trouble } from '../ui/Trouble';
import { type Confirmed, useApply, useRead } from './actions';
import { type Conflict, conflicts, type Edit } from './edits';

interface Props {
  id: string;
  edits: Edit[];
  onClose: () => void;
  /** the paths that the device has set */
  onApplied: (paths: string[]) => void;
}

/** Old and new side by side; then one Set, and what the device made of it. */
export function ReviewDialog({ id, edits: staged, onClose, onApplied }: Props) {
  // what was reviewed stays on show when the applied changes leave the stage
  const [edits, setEdits] = useState(staged);
  const [allowPartial, setAllowPartial] = useState(false);
  const apply = useApply(id);
  const results = apply.data;
  const others = useOthersChanges(id, edits);
  const keepTheirs = (path: string) => {
    onApplied([path]);
    const left = edits.filter((edit) => edit.path !== path);
    if (left.length === 0) onClose();
    else setEdits(left);
  };
  const settings = edits.map((edit) => ({ path: edit.path, value: edit.to, secret: edit.secret }));
  const send = () =>
    apply.mutate(
      { edits, allowPartial },
      { onSuccess: (done) => onApplied(done.filter((r) => r.ok).map((r) => r.path)) },
    );
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={results ? headline(results) : `${count(edits.length, 'change')} to send`}
    >
      <ul className="changes">
        {edits.map((edit) => (
          <Change key={edit.path} edit={edit} result={results?.find((r) => r.path === edit.path)}>
            {!apply.isPending && !results && (
              <Meanwhile
                conflict={others.find((conflict) => conflict.path === edit.path)}
                keepTheirs={() => keepTheirs(edit.path)}
              />
            )}
          </Change>
        ))}
      </ul>
      {!results && edits.length > 1 && (
        <Radio.Group
          label="If the device refuses one of them"
          value={String(allowPartial)}
          onChange={(value) => setAllowPartial(value === 'true')}
          my="md"
        >
          <Radio mt={8} value="false" label="set nothing: all or none" />
          <Radio mt={8} value="true" label="keep the others" />
        </Radio.Group>
      )}
      {apply.isError && <Trouble error={apply.error} />}
      <div className="dialogfoot">
        <CopyAs command={setCommand(window.location.origin, id, settings, allowPartial)} />
        <span style={{ flex: 1 }} />
        <Button variant="default" onClick={onClose}>
          {results ? 'Close' : 'Back'}
        </Button>
        {!results && (
          <Button loading={apply.isPending} onClick={send} data-autofocus>
            {others.length > 0 ? 'Apply mine all the same' : 'Apply'}
          </Button>
        )}
      </div>
    </Modal>
  );
}

/** The device is asked once more before anything is sent; where it cannot be, what is known of it counts. */
function useOthersChanges(id: string, edits: Edit[]): Conflict[] {
  const { mutate: read } = useRead(id, false);
  const [asked] = useState(() => edits.filter((edit) => !edit.secret).map((edit) => edit.path));
  useEffect(() => {
    if (asked.length > 0) read(asked);
  }, [asked, read]);
  const twin = useQuery(twinQuery(id));
  return conflicts(edits, (path) => twin.data?.items.find((item) => item.path === path)?.value);
}

function Meanwhile({ conflict, keepTheirs }: { conflict: Conflict | undefined; keepTheirs: () => void }) {
  if (!conflict) return null;
  return (
    <div className="warn meanwhile" role="alert">
      <span>
        Changed by somebody else since you typed: the device now has <strong>{conflict.now || 'nothing'}</strong>.
      </span>
      <Button size="compact-xs" variant="default" aria-label={`Keep theirs of ${conflict.path}`} onClick={keepTheirs}>
        Keep theirs
      </Button>
    </div>
  );
}

function headline(results: Confirmed[]): string {
  const failed = results.filter((r) => !r.ok).length;
  if (failed === 0) return `The device has set ${results.length === 1 ? 'it' : `all ${results.length}`}`;
  return failed === results.length ? 'The device has set nothing' : `${failed} of ${results.length} refused`;
}

function Change({ edit, result, children }: { edit: Edit; result: Confirmed | undefined; children: ReactNode }) {
  return (
    <li>
      <div className="mono changepath">{edit.path}</div>
      <div className="changevalues">
        <span className="old">{edit.secret ? 'hidden' : (edit.from ?? 'not read') || 'empty'}</span>
        <Icon name="right" size={14} />
        <span className="new">{edit.secret ? 'new secret' : edit.to || 'empty'}</span>
      </div>
      {children}
      {result && (
        <div
          className={result.ok ? 'good' : 'bad'}
          style={{ display: 'flex', gap: 6, alignItems: 'center' }}
          role="status"
        >
          <Icon name={result.ok ? 'check' : 'close'} size={15} />
          <span>{confirmation(edit, result)}</span>
        </div>
      )}
    </li>
  );
}

function confirmation(edit: Edit, result: Confirmed): string {
  if (!result.ok) return result.sentence;
  if (edit.secret) return 'Set. A secret is not read back.';
  if (result.now === undefined) return 'Set; it could not be read back.';
  return result.now === edit.to
    ? `Set, and read back as ${result.now || 'empty'}.`
    : `Set, but the device now says ${result.now || 'empty'}.`;
}
