// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import { useMay } from '../api/rights';
import type { Diagnostic } from '../api/types';
import { filesAddress } from '../files/words';
import { sizeWord } from '../format/size';
import { count } from '../format/time';
import { subjectOf } from './draft';
import { Hops } from './Hops';
import { answersOf, echoesOf, hopsOf, millis, packetsOf, rateWord, transferOf } from './result';

/** What the device found, in figures and as a picture. */
export function Result({ run }: { run: Diagnostic }) {
  if (run.state !== 'complete') return null;
  return (
    <>
      <Found run={run} />
      <details className="diagall">
        <summary>Everything that the device told</summary>
        <dl className="facts code">
          {Object.entries(run.outputs).map(([name, value]) => [
            <dt key={name}>{name}</dt>,
            <dd key={`${name}=`}>{value || '–'}</dd>,
          ])}
        </dl>
      </details>
    </>
  );
}

function Found({ run }: { run: Diagnostic }): ReactNode {
  switch (run.kind) {
    case 'ping':
    case 'udp-echo':
      return <Echoed run={run} />;
    case 'trace':
      return <Hops hops={hopsOf(run)} target={subjectOf(run)} arrived={run.outputs.Status === 'Complete'} />;
    case 'download':
    case 'upload':
      return <Transferred run={run} />;
    case 'lookup':
      return <LookedUp run={run} />;
    case 'servers':
      return <Fastest run={run} />;
    case 'capture':
      return <Captured run={run} />;
    default:
      return null;
  }
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Echoed({ run }: { run: Diagnostic }) {
  const { sent, received, times } = echoesOf(run);
  if (sent === 0) return null;
  return (
    <dl className="figures">
      <Figure name="Answered">
        {received} of {sent}
      </Figure>
      <Figure name="Lost">{Math.round(((sent - received) / sent) * 100)} %</Figure>
      {times && (
        <>
          <Figure name="Fastest">{millis(times.least)}</Figure>
          <Figure name="In the mean">{millis(times.mean)}</Figure>
          <Figure name="Slowest">{millis(times.most)}</Figure>
        </>
      )}
      <Figure name="Address">{run.outputs.IPAddressUsed || '–'}</Figure>
    </dl>
  );
}

function Transferred({ run }: { run: Diagnostic }) {
  const { bytes, seconds, rate, course } = transferOf(run);
  if (seconds === 0) return null;
  const fastest = Math.max(1, ...course);
  return (
    <>
      <dl className="figures">
        <Figure name="Rate">{rate === undefined ? '–' : rateWord(rate)}</Figure>
        <Figure name="Moved">
          {sizeWord(bytes)} in {seconds.toFixed(1)} s
        </Figure>
        <Figure name="Address">{run.outputs.IPAddressUsed || '–'}</Figure>
      </dl>
      {course.length > 1 && (
        <ol className="course" aria-label="Its rate, one span after the other">
          {course.map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: spans never change their order
            <li key={index} title={`${index + 1}: ${rateWord(each)}`}>
              <span style={{ height: `${Math.max(3, (each / fastest) * 100)}%` }} />
              <span className="unseen">{rateWord(each)}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

function LookedUp({ run }: { run: Diagnostic }) {
  return (
    <ul className="plain">
      {answersOf(run).map((answer, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: answers never change their order
        <li key={index} style={{ flexWrap: 'wrap' }}>
          {answer.found ? (
            <span className="mono" style={{ overflowWrap: 'anywhere' }}>
              {answer.addresses.join('  ')}
            </span>
          ) : (
            <span className="bad">{answer.words}</span>
          )}
          <span className="dim">
            {answer.server && `told by ${answer.server} `}in {answer.time.toLocaleString('en')} ms
            {answer.found && (answer.authoritative ? ', which is the authority of it' : ', from what it remembers')}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Captured({ run }: { run: Diagnostic }) {
  const may = useMay('fleet');
  const time = (name: string) => Date.parse(run.outputs[`PacketCaptureResult.1.${name}Time`] ?? '');
  const seconds = (time('End') - time('Start')) / 1000;
  return (
    <dl className="figures">
      <Figure name="Packets">{packetsOf(run).toLocaleString('en')}</Figure>
      {seconds >= 0 && <Figure name="In">{seconds.toFixed(1)} s</Figure>}
      {run.file !== undefined && may && (
        <Figure name="File">
          <a href={`${filesAddress(run.device)}/${run.file}`} download>
            Save it for Wireshark
          </a>
        </Figure>
      )}
    </dl>
  );
}

function Fastest({ run }: { run: Diagnostic }) {
  if (!run.outputs.FastestHost) return null;
  const time = (name: string) => millis(Number(run.outputs[`${name}ResponseTime`] ?? 0));
  return (
    <dl className="figures">
      <Figure name={`Fastest of ${count(subjectOf(run).split(',').length, 'host')}`}>{run.outputs.FastestHost}</Figure>
      <Figure name="Its fastest">{time('Minimum')}</Figure>
      <Figure name="In the mean">{time('Average')}</Figure>
      <Figure name="Its slowest">{time('Maximum')}</Figure>
    </dl>
  );
}
