// SPDX-License-Identifier: Apache-2.0
import { Button, CloseButton, Select, Textarea, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { answer, api } from '../api/client';
import { schemaQuery, twinQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { WireEntry } from '../api/types';
import { CopyAs } from '../ui/CopyAs';
import { Trouble } from '../ui/Trouble';
import {
  again,
  commandOf,
  completionsAt,
  type Draft,
  draftOf,
  KINDS,
  OPERATIONS,
  type Operation,
  pathsOf,
  read,
} from './model';
import './compose.css';

type Body = Record<string, unknown>;

/** Each by the operation of the REST interface that everybody uses: with its rights, its audit entry, its approval. */
const SEND: Record<Operation, (id: string, body: Body) => Promise<unknown>> = {
  get: (id, body) => answer(api.POST('/api/v1/devices/{id}/usp/get', { params: at(id), body: body as never })),
  set: (id, body) => answer(api.POST('/api/v1/devices/{id}/usp/set', { params: at(id), body: body as never })),
  add: (id, body) => answer(api.POST('/api/v1/devices/{id}/usp/add', { params: at(id), body: body as never })),
  delete: (id, body) => answer(api.POST('/api/v1/devices/{id}/usp/delete', { params: at(id), body: body as never })),
  operate: (id, body) => answer(api.POST('/api/v1/devices/{id}/usp/operate', { params: at(id), body: body as never })),
  instances: (id, body) =>
    answer(api.POST('/api/v1/devices/{id}/usp/instances', { params: at(id), body: body as never })),
  schema: (id, body) => answer(api.POST('/api/v1/devices/{id}/usp/schema', { params: at(id), body: body as never })),
  protocols: (id) => answer(api.POST('/api/v1/devices/{id}/usp/protocols', { params: at(id) })),
};

const at = (id: string) => ({ path: { id } });

interface Props {
  id: string;
  /** the message that is to be sent once more; undefined to begin with an empty one */
  entry: WireEntry | undefined;
  onClose: () => void;
}

/** A message to a device, written by hand: one that is new, or one of the wire again. */
export function Composer({ id, entry, onClose }: Props) {
  const [draft, setDraft] = useState<Draft>(() => draftOf('get'));
  const [asked, setAsked] = useState(false);
  const [caret, setCaret] = useState(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const mayChange = useMay('change');
  const send = useMutation({
    mutationFn: async ({ operation, body }: { operation: Operation; body: Body }) => {
      const begun = performance.now();
      const got = await SEND[operation](id, body);
      return { got, took: Math.round(performance.now() - begun) };
    },
    onSettled: () => setAsked(false),
  });
  const change = (next: Draft) => {
    setDraft(next);
    setAsked(false);
    send.reset();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where another message is taken up
  useEffect(() => {
    const taken = entry && again(entry);
    if (!taken) return;
    change(taken);
    field.current?.scrollIntoView({ block: 'center' });
    field.current?.focus();
  }, [entry]);
  const { operation, text } = draft;
  const kind = KINDS[operation];
  const got = read(text);
  const body = 'body' in got ? got.body : undefined;
  const refused = kind.changes && !mayChange;
  return (
    <section className="surface composer" aria-label="Compose a message">
      <header>
        <Title order={2} size={15}>
          {draft.from ? `${kind.message} again` : 'Compose a message'}
        </Title>
        <CloseButton size="sm" aria-label="Close the composer" onClick={onClose} />
      </header>
      {draft.from && (
        <p className="dim">
          As it was sent under the id <span className="mono">{draft.from.msgId}</span>; it gets an id of its own.
        </p>
      )}
      <Select
        aria-label="Message"
        data={OPERATIONS.map((each) => ({ value: each, label: KINDS[each].message }))}
        value={operation}
        allowDeselect={false}
        onChange={(next) => next && change(draftOf(next as Operation))}
        style={{ maxWidth: 240 }}
      />
      {operation === 'protocols' ? (
        <p className="dim">This message has no content: it names the versions of USP that this server speaks.</p>
      ) : (
        <Content
          id={id}
          draft={draft}
          caret={caret}
          field={field}
          wrong={'wrong' in got ? got.wrong : undefined}
          onCaret={setCaret}
          onText={(next) => change({ ...draft, text: next })}
        />
      )}
      <div className="dialogfoot">
        {body && <CopyAs command={commandOf(window.location.origin, id, operation, body)} />}
        <span style={{ flex: 1 }} />
        {refused && <span className="dim">Your role does not let you change a device.</span>}
        {asked && (
          <>
            <span>{kind.message} may change the device.</span>
            <Button variant="default" onClick={() => setAsked(false)}>
              Not yet
            </Button>
          </>
        )}
        <Button
          disabled={!body || refused}
          loading={send.isPending}
          onClick={() => (kind.changes && !asked ? setAsked(true) : body && send.mutate({ operation, body }))}
        >
          {asked ? `Send ${kind.message} now` : kind.changes ? `Send ${kind.message}…` : `Send ${kind.message}`}
        </Button>
      </div>
      <div role="status">
        {send.isError && <Trouble error={send.error} />}
        {send.data && (
          <>
            <p className="dim">Answered after {send.data.took} ms:</p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <pre className="code" tabIndex={0}>
              {JSON.stringify(send.data.got, null, 2)}
            </pre>
          </>
        )}
      </div>
    </section>
  );
}

interface ContentProps {
  id: string;
  draft: Draft;
  caret: number;
  field: React.RefObject<HTMLTextAreaElement | null>;
  wrong: string | undefined;
  onCaret: (caret: number) => void;
  onText: (text: string) => void;
}

/** The text, and what may stand where its caret is. */
function Content({ id, draft, caret, field, wrong, onCaret, onText }: ContentProps) {
  const twin = useQuery(twinQuery(id));
  const schema = useQuery(schemaQuery(id));
  const paths = useMemo(
    () => pathsOf(twin.data?.items ?? [], schema.data?.supportedObjs ?? []),
    [twin.data, schema.data],
  );
  const offered = completionsAt(draft.text, caret, paths);
  const take = (next: (typeof offered)[number]) => {
    onText(next.text);
    onCaret(next.caret);
    // once the text is there
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  return (
    <>
      <Textarea
        ref={field}
        label="Content"
        description="As the REST interface takes it. Within a path, what comes next is offered beneath."
        autosize
        minRows={5}
        maxRows={20}
        spellCheck={false}
        autoCapitalize="none"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        value={draft.text}
        error={wrong}
        onChange={(event) => {
          onText(event.currentTarget.value);
          onCaret(event.currentTarget.selectionStart);
        }}
        onSelect={(event) => onCaret(event.currentTarget.selectionStart)}
      />
      {offered.length > 0 && (
        <ul className="offered" aria-label="What may stand there">
          {offered.map((each) => (
            <li key={each.path}>
              <Button
                variant="default"
                size="compact-xs"
                className="mono"
                style={{ fontSize: 12 }}
                onClick={() => take(each)}
              >
                {each.path}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
