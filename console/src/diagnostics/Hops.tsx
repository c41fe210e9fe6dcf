// SPDX-License-Identifier: Apache-2.0
import type { Hop } from './result';

/** The way of packets as a picture: from the device down to whom it was for, each hop as far as it took. */
export function Hops({ hops, target, arrived }: { hops: Hop[]; target: string; arrived: boolean }) {
  const slowest = Math.max(1, ...hops.flatMap((hop) => hop.times.map((time) => time ?? 0)));
  return (
    <ol className="hops" aria-label={`The way to ${target}`}>
      <li className="hopend">
        <span className="hopmark good" />
        <span>This device</span>
      </li>
      {hops.map((hop, index) => (
        <HopLine
          key={hop.number}
          hop={hop}
          slowest={slowest}
          last={arrived && index === hops.length - 1 ? target : undefined}
        />
      ))}
      {!arrived && (
        <li className="hopend" data-silent>
          <span className="hopmark bad" data-hollow />
          <span>
            <span className="mono">{target}</span> <span className="bad">was not reached</span>
          </span>
        </li>
      )}
    </ol>
  );
}

interface LineProps {
  hop: Hop;
  slowest: number;
  /** whom it was for, where this is the last hop */
  last: string | undefined;
}

function HopLine({ hop, slowest, last }: LineProps) {
  const told = hop.times.filter((time) => time !== undefined);
  const silent = told.length === 0;
  const worst = Math.max(0, ...told);
  return (
    <li data-silent={silent || undefined}>
      <span className={`hopmark ${last ? 'good' : silent ? 'idle' : 'busy'}`} data-hollow={silent || undefined}>
        <span className="unseen">Hop</span> {hop.number}
      </span>
      <span className="hopname">
        <span className={silent ? 'dim' : 'mono'}>{silent ? 'nobody answers' : hop.address}</span>
        {last && last !== hop.address && <span className="dim"> {last}</span>}
        {hop.code > 0 && <span className="bad"> refused it (ICMP code {hop.code})</span>}
      </span>
      <span className="hopbar" aria-hidden="true">
        {!silent && <span style={{ width: `${Math.max(2, (worst / slowest) * 100)}%` }} />}
      </span>
      <span className="hoptimes">
        {hop.times.map((time, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tries never change their order
          <span key={index} className={time === undefined ? 'dim' : undefined}>
            {time === undefined ? 'lost' : `${time} ms`}
          </span>
        ))}
      </span>
    </li>
  );
}
