// SPDX-License-Identifier: Apache-2.0
import type { Branch, Home, Member } from './model';

/** In pixels. */
export const ROW = 34;
const GAP = 14;
const TOP = 10;

/** More of them nobody can tell apart in a drawing; the table has all. */
export const DRAWN_AT_MOST = 60;

export interface Placed<T> {
  item: T;
  x: number;
  y: number;
}

export interface Layout {
  width: number;
  height: number;
  gateway: { x: number; y: number };
  branches: Placed<Branch>[];
  members: (Placed<Member> & { from: { x: number; y: number } })[];
  /** members that are not drawn */
  left: number;
}

/** A tree that lies: the gateway at the left, its branches in the middle, who hangs on them at the right. */
export function layoutOf({ branches }: Home, width: number): Layout {
  const [first, second, third] = [34, Math.round(width * 0.3), Math.round(width * 0.64)];
  const layout: Layout = { width, height: 0, gateway: { x: first, y: 0 }, branches: [], members: [], left: 0 };
  let y = TOP;
  for (const branch of branches) {
    const room = Math.max(0, DRAWN_AT_MOST - layout.members.length);
    const drawn = branch.members.slice(0, room);
    layout.left += branch.members.length - drawn.length;
    const height = Math.max(2, drawn.length) * ROW;
    const middle = { x: second, y: y + height / 2 };
    layout.branches.push({ item: branch, ...middle });
    const above = y + (height - drawn.length * ROW) / 2;
    drawn.forEach((item, i) => {
      layout.members.push({ item, x: third, y: above + (i + 0.5) * ROW, from: middle });
    });
    y += height + GAP;
  }
  layout.height = y - GAP + TOP;
  layout.gateway.y = layout.height / 2;
  return layout;
}

/** A line between two places that leaves and arrives level. */
export function curve(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const middle = (from.x + to.x) / 2;
  return `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
}

/** As many characters as have room, the last of them an ellipsis where some have none. */
export function cut(text: string, pixels: number): string {
  const most = Math.max(3, Math.floor(pixels / 7.6));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
