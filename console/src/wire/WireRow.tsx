// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { WireEntry } from '../api/types';
import { again } from '../compose/model';
import { clock, count, exact } from '../format/time';
import { copyText } from '../ui/clipboard';
import { Icon } from '../ui/Icon';
import { asDocument, type Gap, hexDump, pretty, sessionOf, whatOf } from './model';

/** The hour, minute, second and thousandth: what happens on a wire is closer together than a second. */
function moment(time: string): string {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? '' : `${clock(time)}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const WORDS: Record<string, string> = {
  opened: 'Connected',
  closed: 'Disconnected',
  called: 'Called',
  refused: 'Refused',
  unreadable: 'Unreadable',
  WebSocketConnect: 'Connect',
  MqttConnect: 'Connect',
  StompConnect: 'Connect',
  UdsConnect: 'Connect',
};

interface Props {
  entry: WireEntry;
  withDevice: boolean;
  open: boolean;
  onToggle: (seq: number | undefined) => void;
  /** takes a request up to send it once more; undefined where nothing is sent from here */
  onAgain?: (entry: WireEntry) => void;
}

export const WireRow = memo(function WireRow({ entry, withDevice, open, onToggle, onAgain }: Props) {
  const what = whatOf(entry);
  const refused = entry.refused !== null;
  const inbound = entry.direction === 'in';
  return (
    <li className="wirerow" data-refused={refused || undefined} data-open={open || undefined}>
      <button
        type="button"
        className="wireline"
        data-device={withDevice || undefined}
        aria-expanded={open}
        onClick={() => onToggle(open ? undefined : entry.seq)}
      >
        <time className="dim mono wiretime" dateTime={entry.time} title={exact(entry.time)}>
          {moment(entry.time)}
        </time>
        <span className="wireway" data-way={entry.direction} title={inbound ? 'from the device' : 'to the device'}>
          {inbound ? '←' : '→'}
          <span className="unseen">{inbound ? 'from the device' : 'to the device'}</span>
        </span>
        <span className="cut wirewhat" title={WORDS[what] ?? what}>
          <span className="tag" data-tone={refused ? 'bad' : undefined}>
            {WORDS[what] ?? what}
          </span>
        </span>
        {withDevice && (
          <span className="cut wirewho" title={entry.device}>
            {entry.device || entry.address || 'unknown'}
          </span>
        )}
        <span className="cut wiresummary">{refused ? capitalized(entry.refused ?? '') : entry.summary}</span>
        <span className="dim wirehow">
          {[entry.transport, sessionOf(entry), entry.bytes > 0 && `${entry.bytes.toLocaleString('en')} B`]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </button>
      {open && <Details entry={entry} onAgain={onAgain} />}
    </li>
  );
});

function Details({ entry, onAgain }: Pick<Props, 'entry' | 'onAgain'>) {
  const facts: [string, string][] = [
    ['Refused', entry.refused ?? ''],
    ['Summary', entry.refused === entry.summary ? '' : entry.summary],
    ['Address', entry.address],
    ['Session', entry.session],
    ['Record', entry.record],
    ['Message id', entry.msgId],
  ];
  return (
    <div className="wiredetails">
      <dl className="facts">
        {entry.device && (
          <>
            <dt>Device</dt>
            <dd>
              <Link to="/devices/$id" params={{ id: entry.device }} search={{ tab: 'wire' }}>
                {entry.device}
              </Link>
            </dd>
          </>
        )}
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <Fact key={name} name={name} value={value} />
          ))}
      </dl>
      {entry.note && (
        <p className="dim" style={{ margin: 0, fontSize: 13 }}>
          {entry.note.trim()}
        </p>
      )}
      {entry.text && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <pre className="code wirecode" tabIndex={0}>
          {pretty(entry.text)}
        </pre>
      )}
      {entry.hex && (
        <section className="code wirecode wirehex" aria-label="Bytes">
          {hexDump(entry.hex)}
        </section>
      )}
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Icon name="copy" size={15} />}
          onClick={() => copyText(JSON.stringify(asDocument(entry), null, 2), 'Entry')}
        >
          Copy as JSON
        </Button>
        {onAgain && again(entry) && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<Icon name="refresh" size={15} />}
            onClick={() => onAgain(entry)}
          >
            Send again…
          </Button>
        )}
      </div>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

export function GapRow({ gap }: { gap: Gap }) {
  return (
    <li className="wiregap warn" role="note">
      {count(gap.missed, 'record')} not shown: this page was slower than the wire.
    </li>
  );
}
