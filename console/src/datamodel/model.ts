// SPDX-License-Identifier: Apache-2.0
import type { SupportedCommand, SupportedEvent, SupportedObject, SupportedParam, TwinItem } from '../api/types';

/** One line of the data model tree; its path is concrete: instance numbers, no `{i}`. */
export type TreeNode = ObjectNode | TableNode | RowNode | ParamNode | CommandNode | EventNode;

interface Place {
  path: string;
  name: string;
  depth: number;
}
export interface ObjectNode extends Place {
  kind: 'object';
  object?: SupportedObject;
}
export interface TableNode extends Place {
  kind: 'table';
  object?: SupportedObject;
  rows: number;
}
export interface RowNode extends Place {
  kind: 'row';
  object?: SupportedObject;
  label: string;
}
export interface ParamNode extends Place {
  kind: 'param';
  param?: SupportedParam;
  item?: TwinItem;
}
export interface CommandNode extends Place {
  kind: 'command';
  command: SupportedCommand;
}
export interface EventNode extends Place {
  kind: 'event';
  event: SupportedEvent;
}

export const ROOT = 'Device.';
/** What usually tells the rows of a table apart for people, best first. */
const LABELS = ['SSID', 'HostName', 'FriendlyName', 'Name', 'EndpointID', 'ID', 'MACAddress', 'IPAddress', 'Alias'];

/** `Device.WiFi.SSID.2.` becomes `Device.WiFi.SSID.{i}.`, the path of its definition. */
export function supportedPath(path: string): string {
  return path.replace(/\.\d+(?=\.)/g, '.{i}');
}

export function isRow(path: string): boolean {
  return /\.\d+\.$/.test(path);
}

/** `Device.WiFi.SSID.2.` lies in `Device.WiFi.SSID.`; the root in nothing. */
export function parentPath(path: string): string {
  const bare = path.endsWith('.') ? path.slice(0, -1) : path;
  return bare.slice(0, bare.lastIndexOf('.') + 1);
}

/**
 * What a device supports beside what it has: the definitions of its schema joined with the values of its twin.
 * Immutable; children are worked out when asked for, so that a model of ten thousand values opens at once.
 */
export class DeviceModel {
  private readonly definitions = new Map<string, SupportedObject>();
  private readonly definedChildren = new Map<string, string[]>();
  private readonly values = new Map<string, TwinItem>();
  private readonly presentObjects = new Map<string, Set<string>>();
  private readonly presentParams = new Map<string, Set<string>>();
  /** what was worked out once, by the path of the parent: a search goes through all of it at each letter */
  private readonly workedOut = new Map<string, TreeNode[]>();

  constructor(objects: SupportedObject[], items: TwinItem[]) {
    for (const object of objects) this.define(object);
    for (const item of items) {
      this.values.set(item.path, item);
      const owner = parentPath(item.path);
      remember(this.presentParams, owner, item.path.slice(owner.length));
      this.noteObject(owner);
    }
  }

  private define(object: SupportedObject): void {
    const path = object.supportedObjPath;
    this.definitions.set(path, object);
    let child = object.isMultiInstance ? path.slice(0, -'{i}.'.length) : path;
    while (child.length > 0) {
      const parent = parentPath(child);
      const siblings = this.definedChildren.get(parent) ?? [];
      const name = child.slice(parent.length, -1);
      if (name !== '{i}' && !siblings.includes(name)) this.definedChildren.set(parent, [...siblings, name]);
      child = parent;
    }
  }

  private noteObject(path: string): void {
    for (let child = path; child.length > 0; child = parentPath(child)) {
      const parent = parentPath(child);
      if (!remember(this.presentObjects, parent, child.slice(parent.length, -1))) return;
    }
  }

  value(path: string): TwinItem | undefined {
    return this.values.get(path);
  }

  /** The definition of an object, a row, or of the rows of a table. */
  definition(path: string): SupportedObject | undefined {
    const supported = supportedPath(path);
    return this.definitions.get(supported) ?? this.definitions.get(`${supported}{i}.`);
  }

  param(path: string): SupportedParam | undefined {
    const owner = parentPath(path);
    const name = path.slice(owner.length);
    return this.definitions.get(supportedPath(owner))?.supportedParams.find((p) => p.paramName === name);
  }

  isTable(path: string): boolean {
    return !isRow(path) && this.definitions.has(`${supportedPath(path)}{i}.`);
  }

  rowsOf(table: string): string[] {
    return [...(this.presentObjects.get(table) ?? [])]
      .filter((name) => /^\d+$/.test(name))
      .sort((a, b) => Number(a) - Number(b))
      .map((name) => `${table}${name}.`);
  }

  root(): TreeNode {
    return { kind: 'object', path: ROOT, name: 'Device', depth: 0, object: this.definition(ROOT) };
  }

  children(node: TreeNode): TreeNode[] {
    const known = this.workedOut.get(node.path);
    if (known) return known;
    const children = this.childrenOf(node);
    this.workedOut.set(node.path, children);
    return children;
  }

  private childrenOf(node: TreeNode): TreeNode[] {
    const depth = node.depth + 1;
    switch (node.kind) {
      case 'table':
        return this.rowsOf(node.path).map((path) => this.row(path, depth));
      case 'object':
      case 'row':
        return [
          ...this.paramsOf(node.path, depth),
          ...this.commandsOf(node, depth),
          ...this.eventsOf(node, depth),
          ...this.objectsOf(node.path, depth),
        ];
      case 'param':
      case 'command':
      case 'event':
        return [];
    }
  }

  private row(path: string, depth: number): RowNode {
    const labelled = LABELS.map((name) => this.values.get(path + name)?.value).find((value) => value);
    const name = path.slice(parentPath(path).length, -1);
    return { kind: 'row', path, name, depth, label: labelled ?? '', object: this.definition(path) };
  }

  private paramsOf(owner: string, depth: number): ParamNode[] {
    const defined = this.definitions.get(supportedPath(owner))?.supportedParams ?? [];
    const extra = new Set(this.presentParams.get(owner));
    for (const param of defined) extra.delete(param.paramName);
    const names: [string, SupportedParam | undefined][] = [
      ...defined.map((param): [string, SupportedParam] => [param.paramName, param]),
      ...[...extra].map((name): [string, undefined] => [name, undefined]),
    ];
    return names
      .map(([name, param]): ParamNode => {
        const path = owner + name;
        return { kind: 'param', path, name, depth, param, item: this.values.get(path) };
      })
      .sort(byName);
  }

  private commandsOf({ path, object }: ObjectNode | RowNode, depth: number): CommandNode[] {
    return (object?.supportedCommands ?? [])
      .map((command): CommandNode => {
        const name = command.commandName;
        return { kind: 'command', path: path + name, name, depth, command };
      })
      .sort(byName);
  }

  private eventsOf({ path, object }: ObjectNode | RowNode, depth: number): EventNode[] {
    return (object?.supportedEvents ?? [])
      .map((event): EventNode => ({ kind: 'event', path: path + event.eventName, name: event.eventName, depth, event }))
      .sort(byName);
  }

  private objectsOf(owner: string, depth: number): TreeNode[] {
    const names = new Set(this.definedChildren.get(supportedPath(owner)));
    for (const name of this.presentObjects.get(owner) ?? []) names.add(name);
    return [...names]
      .map((name): TreeNode => {
        const path = `${owner}${name}.`;
        const rows = this.rowsOf(path).length;
        return this.isTable(path) || rows > 0
          ? { kind: 'table', path, name, depth, object: this.definition(path), rows }
          : { kind: 'object', path, name, depth, object: this.definition(path) };
      })
      .sort(byName);
  }
}

/** Letters by the alphabet, digits by their number: Block2 before Block10. */
const ORDER = new Intl.Collator('en', { numeric: true });

function byName(a: Place, b: Place): number {
  return ORDER.compare(a.name, b.name);
}

/** Adds the name under the key; true if it was new there. */
function remember(index: Map<string, Set<string>>, key: string, name: string): boolean {
  const names = index.get(key);
  if (names?.has(name)) return false;
  if (names) names.add(name);
  else index.set(key, new Set([name]));
  return true;
}
