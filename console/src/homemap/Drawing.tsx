// SPDX-License-Identifier: Apache-2.0
import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import type { Device } from '../api/types';
import { curve, cut, layoutOf } from './layout';
import { type Home, sentenceOf, signalText, titleOf, toneOf } from './model';

/** The home as a tree; what is drawn can be opened, and all of it stands in the table too. */
export function Drawing({ device, home, width }: { device: Device; home: Home; width: number }) {
  const { height, gateway, branches, members, left } = layoutOf(home, width);
  const toEdge = (x: number) => width - x - 24;
  const [third = width] = members.map(({ x }) => x);
  return (
    <>
      <svg
        width={width}
        height={height}
        role="group"
        aria-label={`Map of the home: ${sentenceOf(home)}`}
        className="homesvg"
      >
        {branches.map((branch) => (
          <path
            key={branch.item.path}
            className="homeline"
            data-off={!branch.item.up || undefined}
            d={curve({ x: gateway.x + 22, y: gateway.y }, { x: branch.x - 12, y: branch.y })}
          />
        ))}
        {members.map((member) => (
          <path
            key={member.item.path}
            className={`homeline ${toneOf(member.item)}`}
            d={curve({ x: third - 26, y: member.from.y }, { x: member.x - 8, y: member.y })}
          />
        ))}
        {branches
          .filter(({ item }) => item.members.length > 0)
          .map(({ item, x, y }) => (
            <path key={item.path} className="homeline" d={`M${x + 168} ${y}H${third - 26}`} data-thin />
          ))}
        <g transform={`translate(${gateway.x} ${gateway.y})`} className={device.online ? 'good' : 'idle'}>
          <circle r="22" className="homenode" />
          <path d="M-10 3H10V10H-10ZM-6 6.5h.01M-2 6.5h.01M5 3V-8M-4 -6a5 5 0 0 1 0 8" className="homeicon" />
          <text y="42" textAnchor="middle" className="hometext homestrong">
            {device.online ? 'gateway' : 'offline'}
          </text>
        </g>
        {branches.map(({ item, x, y }) => (
          <g key={item.path} transform={`translate(${x} ${y})`} data-off={!item.up || undefined}>
            <circle r="5" cx="-6" className={`homedot ${item.up ? 'good' : 'idle'}`} />
            <Linked device={device} path={item.path}>
              <text x="8" y="-2" className="hometext homestrong">
                {cut(item.name, 160)}
              </text>{' '}
              <text x="8" y="14" className="hometext homedim">
                {cut(item.detail, 160)}
              </text>
            </Linked>
          </g>
        ))}
        {members.map(({ item, x, y }) => (
          <Fragment key={item.path}>
            <circle cx={x} cy={y} r="7" className={`homedot ${toneOf(item)}`} />
            <Linked device={device} path={item.path}>
              <text x={x + 14} y={y + 4.5} className="hometext">
                {cut(titleOf(item), toEdge(x) - 150)}
              </text>{' '}
              <text x={width - 4} y={y + 4.5} textAnchor="end" className={`hometext ${toneOf(item)}`}>
                {cut(signalText(item) || item.ip, 150)}
              </text>
            </Linked>
          </Fragment>
        ))}
      </svg>
      {left > 0 && <p className="dim homeage">{left} more are in the table.</p>}
    </>
  );
}

function Linked({ device, path, children }: { device: Device; path: string; children: ReactNode }) {
  if (!path) return children;
  return (
    <Link to="/devices/$id" params={{ id: device.id }} search={{ tab: 'model', path }} className="homelink">
      {children}
    </Link>
  );
}
