// SPDX-License-Identifier: Apache-2.0
import { Button, Menu, Modal, Skeleton, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { alarmQuery, sessionQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { Alarm } from '../api/types';
import { clock, exact } from '../format/time';
import { Ago } from '../ui/Ago';
import { CopyEach, CopySent } from '../ui/CopyAs';
import { Icon } from '../ui/Icon';
import { useNow } from '../ui/now';
import { Trouble } from '../ui/Trouble';
import { type AlarmMove, sendAlarmMove, useAlarmMove } from './actions';
import { MUTES, SEVERITY_TONES, stateWords } from './words';

interface Props {
  alarm: Alarm;
  open: boolean;
  onToggle: () => void;
}

/** An alarm in one line; opened, what people said of it and can do with it. */
export function AlarmLine({ alarm, open, onToggle }: Props) {
  const now = Math.max(useNow(), Date.now());
  return (
    <li data-cleared={alarm.state === 'cleared' || undefined}>
      <button type="button" className="alarmhead" aria-expanded={open} onClick={onToggle}>
        <Icon name="right" size={14} />
        <span>
          <span className="tag" data-tone={alarm.state === 'cleared' ? undefined : SEVERITY_TONES[alarm.severity]}>
            {alarm.severity}
          </span>
        </span>
        <span className="alarmrule">
          {alarm.rule} <span className="dim">#{alarm.id}</span>
        </span>
        <span className="cut" title={alarm.device}>
          {alarm.device ?? 'all of its devices'}
        </span>
        <span className="dim alarmstate">{stateWords(alarm, now)}</span>
        <span className="dim alarmage">
          <Ago time={alarm.cleared ?? alarm.raised} />
        </span>
      </button>
      {open && <Body alarm={alarm} />}
    </li>
  );
}

function Body({ alarm }: { alarm: Alarm }) {
  const whole = useQuery(alarmQuery(alarm.id));
  const may = useMay('change');
  return (
    <div className="alarmbody">
      <p className="mono" style={{ margin: 0, overflowWrap: 'anywhere' }}>
        {alarm.text}
      </p>
      <p className="dim" style={{ margin: 0, fontSize: 13 }}>
        Raised {exact(alarm.raised)}
        {alarm.cleared && `, over ${exact(alarm.cleared)}`}
        {alarm.device && (
          <>
            {' · '}
            <Link to="/devices/$id" params={{ id: alarm.device }}>
              the device
            </Link>
            {' · '}
            <Link to="/devices/$id" params={{ id: alarm.device }} search={{ tab: 'events' }}>
              what happened there
            </Link>
          </>
        )}
      </p>
      {may && alarm.state !== 'cleared' && <Moves alarm={alarm} />}
      {whole.isPending && <Skeleton height={30} />}
      {whole.isError && <Trouble error={whole.error} retry={() => whole.refetch()} />}
      {whole.data?.notes && whole.data.notes.length > 0 && (
        <ul className="alarmnotes" aria-label="What people said of it">
          {whole.data.notes.map((note) => (
            <li key={`${note.time} ${note.text}`}>
              <span className="dim">
                <time dateTime={note.time} title={exact(note.time)}>
                  {clock(note.time)}
                </time>{' '}
                {note.by}
              </span>{' '}
              <span style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>{note.text}</span>
            </li>
          ))}
        </ul>
      )}
      {may && <NoteForm id={alarm.id} />}
    </div>
  );
}

function NoteForm({ id }: { id: number }) {
  const [text, setText] = useState('');
  const move = useAlarmMove(id);
  return (
    <form
      style={{ display: 'flex', gap: 8, maxWidth: 620 }}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) move.mutate({ what: 'note', text: text.trim() }, { onSuccess: () => setText('') });
      }}
    >
      <TextInput
        style={{ flex: 1 }}
        aria-label="Something to say of it"
        placeholder="Something to say of it"
        maxLength={2_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={!text.trim()} loading={move.isPending}>
        Add
      </Button>
      {text.trim() && <CopySent send={() => sendAlarmMove(id, { what: 'note', text: text.trim() })} />}
    </form>
  );
}

function Moves({ alarm }: { alarm: Alarm }) {
  const { data: session } = useQuery(sessionQuery);
  const move = useAlarmMove(alarm.id);
  const [asked, setAsked] = useState<'clear' | 'assign'>();
  const me = session?.user ?? '';
  const sent = (label: string, what: AlarmMove) => ({ label, send: () => sendAlarmMove(alarm.id, what) });
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
      {alarm.assignee !== me && (
        <Button size="compact-sm" variant="default" onClick={() => move.mutate({ what: 'assign', to: me })}>
          I look after it
        </Button>
      )}
      <Button size="compact-sm" variant="default" onClick={() => setAsked('assign')}>
        Assign…
      </Button>
      <Menu withinPortal>
        <Menu.Target>
          <Button size="compact-sm" variant="default" rightSection={<Icon name="down" size={12} />}>
            Mute for
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {MUTES.map(({ minutes, words }) => (
            <Menu.Item key={minutes} onClick={() => move.mutate({ what: 'mute', minutes })}>
              {words}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {alarm.state === 'muted' && (
        <Button size="compact-sm" variant="default" onClick={() => move.mutate({ what: 'mute', minutes: 0 })}>
          Hear of it again
        </Button>
      )}
      <Button size="compact-sm" variant="default" onClick={() => setAsked('clear')}>
        Clear…
      </Button>
      <CopyEach
        of={`alarm ${alarm.id}`}
        moves={[
          ...(alarm.assignee === me ? [] : [sent('I look after it', { what: 'assign', to: me })]),
          ...MUTES.map(({ minutes, words }) => sent(`Mute for ${words}`, { what: 'mute', minutes })),
          ...(alarm.state === 'muted' ? [sent('Hear of it again', { what: 'mute', minutes: 0 })] : []),
        ]}
      />
      {asked === 'assign' && (
        <Assign
          id={alarm.id}
          current={alarm.assignee || me}
          onNo={() => setAsked(undefined)}
          onYes={(to) => move.mutate({ what: 'assign', to }, { onSettled: () => setAsked(undefined) })}
        />
      )}
      <Modal opened={asked === 'clear'} onClose={() => setAsked(undefined)} title={`Clear alarm ${alarm.id}?`}>
        <p style={{ marginTop: 0 }}>
          It counts as over, though what it is about may still be so. It comes again when that has ended and begins
          anew, not before. It cannot be opened again by hand.
        </p>
        <div className="dialogfoot">
          <CopySent send={() => sendAlarmMove(alarm.id, { what: 'clear' })} />
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={() => setAsked(undefined)}>
            Keep it
          </Button>
          <Button
            loading={move.isPending}
            onClick={() => move.mutate({ what: 'clear' }, { onSettled: () => setAsked(undefined) })}
          >
            Clear it
          </Button>
        </div>
      </Modal>
    </div>
  );
}

interface AssignProps {
  id: number;
  current: string;
  onNo: () => void;
  onYes: (to: string) => void;
}

function Assign({ id, current, onNo, onYes }: AssignProps) {
  const [to, setTo] = useState(current);
  return (
    <Modal opened onClose={onNo} title="Who looks after it?">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onYes(to.trim());
        }}
      >
        <TextInput
          label="Name"
          description="Empty for nobody"
          maxLength={60}
          data-autofocus
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <div className="dialogfoot">
          <CopySent send={() => sendAlarmMove(id, { what: 'assign', to: to.trim() })} />
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={onNo}>
            Not now
          </Button>
          <Button type="submit">{to.trim() ? 'Assign' : 'Nobody'}</Button>
        </div>
      </form>
    </Modal>
  );
}
