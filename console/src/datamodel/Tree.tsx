// SPDX-License-Identifier: Apache-2.0
import { useMediaQuery } from '@mantine/hooks';
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { Edits } from './edits';
import { parentPath, type TreeNode } from './model';
import { canAdd, type LineActions, TreeLine } from './TreeLine';

const LINE = { wide: 36, narrow: 44, narrowWithValue: 60 };

interface Props {
  lines: TreeNode[];
  isOpen: (path: string) => boolean;
  edits: Edits;
  editing: string | undefined;
  /** the path to bring into view first */
  start: string | undefined;
  actions: LineActions;
}

const isBranch = (node: TreeNode): boolean => node.kind === 'object' || node.kind === 'table' || node.kind === 'row';

/** On a phone the value, or the button, stands below the name. */
const hasSecondLine = (node: TreeNode): boolean => node.kind === 'param' || node.kind === 'command' || canAdd(node);

/** The tree's lines; only those in the window are drawn. One stop for the Tab key, arrows inside. */
export function Tree({ lines, isOpen, edits, editing, start, actions }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const ids = useId();
  const [active, setActive] = useState(start);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(list.current?.offsetTop ?? 0), []);
  const narrow = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false });
  const height = (node: TreeNode | undefined): number =>
    !narrow ? LINE.wide : node && hasSecondLine(node) ? LINE.narrowWithValue : LINE.narrow;
  const index = lines.findIndex((line) => line.path === active);
  const virtual = useWindowVirtualizer({
    count: lines.length,
    estimateSize: (index) => height(lines[index]),
    overscan: 16,
    scrollMargin: offset,
    scrollPaddingStart: 170,
    scrollPaddingEnd: 110,
    getItemKey: (index) => lines[index]?.path ?? index,
    // the line that one is on is there however far away one looks
    rangeExtractor: (range) => withLine(defaultRangeExtractor(range), index),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height of all lines changed
  useEffect(() => virtual.measure(), [narrow]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where the page was asked to open
  useEffect(() => {
    const wanted = lines.findIndex((line) => line.path === start);
    if (wanted > 0) virtual.scrollToIndex(wanted, { align: 'center' });
  }, [start, offset]);
  // an editor that closed gives the keyboard back
  const wasEditing = useRef(editing);
  useEffect(() => {
    if (wasEditing.current && !editing && document.activeElement === document.body)
      list.current?.focus({ preventScroll: true });
    wasEditing.current = editing;
  }, [editing]);

  const goTo = (next: number) => {
    const node = lines[Math.max(0, Math.min(lines.length - 1, next))];
    if (!node) return;
    setActive(node.path);
    virtual.scrollToIndex(lines.indexOf(node));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const node = lines[index];
    const done = move(event.key, node, index, lines, isOpen, goTo, actions);
    if (done) event.preventDefault();
  };

  return (
    <div
      ref={list}
      role="treegrid"
      aria-label="Data model"
      aria-rowcount={lines.length}
      aria-activedescendant={index >= 0 ? `${ids}${lines[index]?.path}` : undefined}
      tabIndex={0}
      className="tree"
      style={{ height: virtual.getTotalSize() }}
      onKeyDown={onKeyDown}
    >
      {virtual.getVirtualItems().map((line) => {
        const node = lines[line.index];
        if (!node) return null;
        const open = isBranch(node) && isOpen(node.path);
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys
          <div
            key={line.key}
            id={`${ids}${node.path}`}
            role="row"
            aria-level={node.depth + 1}
            aria-rowindex={line.index + 1}
            aria-expanded={isBranch(node) ? open : undefined}
            aria-selected={node.path === active}
            className="gridrow treeline"
            data-kind={node.kind}
            data-single={!hasSecondLine(node) || undefined}
            data-staged={edits.has(node.path) || undefined}
            data-active={node.path === active || undefined}
            style={{ height: line.size, transform: `translateY(${line.start - offset}px)` }}
            onClick={() => setActive(node.path)}
          >
            <TreeLine
              node={node}
              open={open}
              edit={edits.get(node.path)}
              editing={editing === node.path}
              actions={actions}
            />
          </div>
        );
      })}
    </div>
  );
}

const withLine = (shown: number[], index: number): number[] =>
  index < 0 || shown.includes(index) ? shown : [...shown, index].sort((one, other) => one - other);

/** The keys of a tree, as screen reader users know them; true if the key meant something. */
function move(
  key: string,
  node: TreeNode | undefined,
  index: number,
  lines: TreeNode[],
  isOpen: (path: string) => boolean,
  goTo: (index: number) => void,
  actions: LineActions,
): boolean {
  switch (key) {
    case 'ArrowDown':
      goTo(index + 1);
      return true;
    case 'ArrowUp':
      goTo(index - 1);
      return true;
    case 'PageDown':
      goTo(index + 15);
      return true;
    case 'PageUp':
      goTo(index - 15);
      return true;
    case 'Home':
      goTo(0);
      return true;
    case 'End':
      goTo(lines.length - 1);
      return true;
    case 'ArrowRight':
      if (node && isBranch(node)) isOpen(node.path) ? goTo(index + 1) : actions.toggle(node.path);
      return true;
    case 'ArrowLeft':
      if (!node) return true;
      if (isBranch(node) && isOpen(node.path)) actions.toggle(node.path);
      else goTo(lines.findIndex((line) => line.path === parentPath(node.path)));
      return true;
    case 'Enter':
    case ' ':
      if (node && isBranch(node)) actions.toggle(node.path);
      if (node?.kind === 'command' && actions.mayChange) actions.run(node.path);
      if (node?.kind === 'param') actOnParam(node, actions);
      return true;
    default:
      return false;
  }
}

function actOnParam(node: TreeNode & { kind: 'param' }, actions: LineActions): void {
  const { path, param, item } = node;
  if (!param || param.access === 'PARAM_READ_ONLY' || !actions.mayChange) return;
  if (param.valueType === 'PARAM_BOOLEAN' && !item?.secured) {
    const from = item?.value;
    actions.stage({ path, from, to: String(!(from === 'true' || from === '1')), secret: false });
  } else {
    actions.edit(path);
  }
}
