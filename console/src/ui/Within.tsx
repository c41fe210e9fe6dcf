// SPDX-License-Identifier: Apache-2.0
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Icon } from './Icon';

/** A page within a room, with the way back to it. */
export function Within({ room, back, children }: { room: string; back: LinkProps; children: ReactNode }) {
  return (
    <div className="page" style={{ paddingTop: 14 }}>
      <nav aria-label="Where you are" style={{ fontSize: 13 }}>
        <Link {...back} className="back">
          <Icon name="left" size={14} /> {room}
        </Link>
      </nav>
      {children}
    </div>
  );
}
