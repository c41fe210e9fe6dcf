// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, SegmentedControl, Skeleton, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { twinQuery } from '../api/queries';
import { OtherDevice } from '../device/OtherDevice';
import { clock, count } from '../format/time';
import { fieldOf, momentOf, shownZone } from '../format/zone';
import { Icon } from '../ui/Icon';
import { Trouble } from '../ui/Trouble';
import { alwaysDiffers, type Difference, differences, narrowedBy, sinceThen } from './model';
import { toldSinceQuery } from './queries';
import './compare.css';

/** More of them nobody reads; words narrow them down. */
const SHOWN_AT_MOST = 400;

/** A device beside another one, or beside itself at another moment: only what differs. */
export function CompareTab({ id }: { id: string }) {
  const { with: other, at } = useSearch({ from: '/devices/$id' });
  const navigate = useNavigate({ from: '/devices/$id' });
  const [way, setWay] = useState(at === undefined ? 'device' : 'moment');
  const show = (search: { with?: string; at?: number }) =>
    navigate({ search: { tab: 'compare', ...search }, resetScroll: false });
  return (
    <>
      <div className="comparebar">
        <SegmentedControl
          aria-label="With what"
          value={way}
          onChange={setWay}
          data={[
            { value: 'device', label: 'Another device' },
            { value: 'moment', label: 'Another moment' },
          ]}
        />
        {way === 'device' ? (
          <OtherDevice id={id} other={other ?? ''} onOther={(chosen) => show({ with: chosen })} label="Compare with" />
        ) : (
          <Moment at={at} onAt={(chosen) => show({ at: chosen })} />
        )}
      </div>
      {way === 'device' && other && <WithDevice id={id} other={other} />}
      {way === 'moment' && at !== undefined && <WithMoment id={id} at={at} />}
      {((way === 'device' && !other) || (way === 'moment' && at === undefined)) && (
        <p className="surface dim" style={{ padding: 30, textAlign: 'center', margin: 0 }}>
          {way === 'device'
            ? 'Choose another device: what the two have otherwise is shown, from what is known of them.'
            : 'Choose a moment: what has changed since is shown, as far as the device told of it.'}
        </p>
      )}
    </>
  );
}

const AGO = [
  { label: '1 h ago', seconds: 3_600 },
  { label: '1 day ago', seconds: 86_400 },
  { label: '7 days ago', seconds: 604_800 },
];

function Moment({ at, onAt }: { at: number | undefined; onAt: (seconds: number) => void }) {
  return (
    <>
      <TextInput
        type="datetime-local"
        step={1}
        aria-label={`Compare with the moment, in ${shownZone()}`}
        value={at === undefined ? '' : fieldOf(new Date(at * 1000))}
        onChange={({ currentTarget: { value } }) => {
          const chosen = momentOf(value);
          if (chosen) onAt(Math.round(chosen.getTime() / 1000));
        }}
      />
      {AGO.map(({ label, seconds }) => (
        <Button
          key={seconds}
          variant="default"
          size="compact-sm"
          onClick={() => onAt(Math.round(Date.now() / 1000) - seconds)}
        >
          {label}
        </Button>
      ))}
    </>
  );
}

function WithDevice({ id, other }: { id: string; other: string }) {
  const [ours, theirs] = [useQuery(twinQuery(id)), useQuery(twinQuery(other))];
  const all = useMemo(
    () => ours.data && theirs.data && differences(ours.data.items, theirs.data.items),
    [ours.data, theirs.data],
  );
  const failed = ours.error ?? theirs.error;
  if (failed) return <Trouble error={failed} retry={() => Promise.all([ours.refetch(), theirs.refetch()])} />;
  if (!all) return <Skeleton height={240} radius="lg" />;
  return <Differences id={id} all={all} here="This device" there={other} mayLeaveOut />;
}

function WithMoment({ id, at }: { id: string; at: number }) {
  const [ours, told] = [useQuery(twinQuery(id)), useQuery(toldSinceQuery(id, at * 1000))];
  const all = useMemo(
    () => ours.data && told.data && sinceThen(ours.data.items, told.data.events, at * 1000),
    [ours.data, told.data, at],
  );
  const failed = ours.error ?? told.error;
  if (failed) return <Trouble error={failed} retry={() => Promise.all([ours.refetch(), told.refetch()])} />;
  if (!all || !told.data) return <Skeleton height={240} radius="lg" />;
  const when = clock(new Date(at * 1000).toISOString());
  return (
    <>
      <p className="dim comparenote">
        From what the device told of its changes. What nobody subscribed to may have changed as well.
        {!told.data.whole && ' It told so much that the oldest part is not counted here.'}
      </p>
      <Differences id={id} all={all} here="Now" there={when} mayLeaveOut={false} />
    </>
  );
}

interface DifferencesProps {
  id: string;
  all: Difference[];
  here: string;
  there: string;
  /** whether what always differs can be left out */
  mayLeaveOut: boolean;
}

function Differences({ id, all, here, there, mayLeaveOut }: DifferencesProps) {
  const [text, setText] = useState('');
  const [everything, setEverything] = useState(!mayLeaveOut);
  const counted = everything ? all : all.filter(({ path }) => !alwaysDiffers(path));
  const found = narrowedBy(counted, text);
  return (
    <>
      <div className="comparebar">
        <TextInput
          style={{ flex: '1 1 260px', maxWidth: 460 }}
          aria-label="Search the differences"
          placeholder="Search names and values…"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          leftSection={<Icon name="search" size={16} />}
        />
        {mayLeaveOut && (
          <Checkbox
            label="also what always differs"
            checked={everything}
            onChange={(event) => setEverything(event.currentTarget.checked)}
          />
        )}
        <span className="dim" role="status">
          {found.length === 0 ? 'Nothing differs.' : count(found.length, 'difference')}
          {!everything &&
            all.length > counted.length &&
            ` (${all.length - counted.length} that always differ left out)`}
        </span>
      </div>
      {found.length > 0 && (
        // a wide table is pushed sideways on a phone, also by keyboard
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className="surface comparetable" aria-label="Differences" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Parameter</th>
                <th scope="col">{there}</th>
                <th scope="col">{here}</th>
              </tr>
            </thead>
            <tbody>
              {found.slice(0, SHOWN_AT_MOST).map((each) => (
                <tr key={each.path}>
                  <th scope="row" className="mono">
                    <Link to="/devices/$id" params={{ id }} search={{ tab: 'model', path: each.path }}>
                      {each.path}
                    </Link>
                  </th>
                  <td>{each.untold ? <span className="dim">nobody told</span> : <Value value={each.there} />}</td>
                  <td>
                    <Value value={each.here} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {found.length > SHOWN_AT_MOST && (
        <p className="dim comparenote">{`${(found.length - SHOWN_AT_MOST).toLocaleString('en')} more: search to see them.`}</p>
      )}
    </>
  );
}

function Value({ value }: { value: string | undefined }) {
  if (value === undefined) return <span className="dim">not there</span>;
  return value === '' ? <span className="dim">empty</span> : value;
}
