// SPDX-License-Identifier: Apache-2.0
// Things of other protocols behind a gateway, as its twin has them: `Device.ProxiedDevice.`
import type { TwinItem, ValueType } from '../api/types';
import type { Edit } from '../datamodel/edits';
import { Known, numberOf } from '../datamodel/known';
import { isTrue } from '../datamodel/values';

const CLASSES = ['BinaryControl', 'LevelControl', 'EnumControl', 'BinarySensor', 'LevelSensor', 'EnumSensor'] as const;
export type ThingClass = (typeof CLASSES)[number];

/** What a thing senses, or can be told. */
export interface Capability {
  /** of its Value */
  path: string;
  kind: ThingClass;
  name: string;
  value: string;
  /** as people write it; empty where it has none */
  unit: string;
  /** where it may be set: the values that it takes, or the bounds of a number */
  control: boolean;
  choices: string[];
  low: string;
  high: string;
  asOf: string;
}

export interface Thing {
  path: string;
  name: string;
  kind: string;
  maker: string;
  protocol: string;
  online: boolean;
  /** when it was heard last, or what is known of it was learnt */
  seen: string;
  capabilities: Capability[];
}

const words = (list: string): string[] =>
  list
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);

/** "MotionDetected" as a person says it: "motion detected". */
export const inWords = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase())
    .replace(/ [A-Z](?=[a-z])/g, (first) => first.toLowerCase());

const UNITS: Record<string, string> = {
  degC: '°C',
  degF: '°F',
  deg: '°',
  'sq-m': 'm²',
  'cu-m': 'm³',
  'cu-m/s': 'm³/s',
  ohm: 'Ω',
  'liter/s': 'l/s',
  mps: 'm/s',
  '-': '',
};

const isClass = (text: string): text is ThingClass => (CLASSES as readonly string[]).includes(text);

function capabilityOf(known: Known, row: string, node: string): Capability[] {
  const kind = known.value(`${row}Class`);
  if (!isClass(kind)) return [];
  const object = `${row}${kind}.`;
  const path = `${object}Value`;
  if (!known.has(path)) return [];
  const unit = known.value(`${object}Unit`);
  const name = known.value(`${row}Name`) || inWords(known.value(`${object}Type`)) || inWords(kind);
  return [
    {
      path,
      kind,
      name: node ? `${node}, ${name}` : name,
      value: known.value(path),
      unit: UNITS[unit] ?? unit,
      control: kind.endsWith('Control'),
      choices: words(known.value(`${object}ValidValues`)),
      low: known.value(`${object}MinValue`),
      high: known.value(`${object}MaxValue`),
      asOf: known.time(path),
    },
  ];
}

const ROW = 'Device\\.ProxiedDevice\\.\\d+\\.';

export function thingsOf(items: TwinItem[]): Thing[] {
  const known = new Known(items.filter(({ path }) => path.startsWith('Device.ProxiedDevice.')));
  const own = known.rows(new RegExp(`^(${ROW}IoTCapability\\.\\d+\\.)Class$`));
  const parts = known.rows(new RegExp(`^(${ROW}Node\\.\\d+\\.IoTCapability\\.\\d+\\.)Class$`));
  return known.rows(new RegExp(`^(${ROW})Online$`)).map((path) => {
    const node = (row: string) => {
      const at = row.slice(0, row.indexOf('IoTCapability.'));
      return known.value(`${at}Description`) || `part ${numberOf(at)}`;
    };
    const maker = [known.value(`${path}DeviceInfo.Manufacturer`), known.value(`${path}DeviceInfo.ModelName`)];
    return {
      path,
      name: known.value(`${path}Name`) || known.value(`${path}Alias`) || `Thing ${numberOf(path)}`,
      kind: inWords(known.value(`${path}Type`)),
      maker: maker.filter(Boolean).join(' '),
      protocol: known.value(`${path}ProxyProtocol`).replace(/^X_.*_/, ''),
      online: isTrue(known.value(`${path}Online`)),
      seen: known.value(`${path}LastTimeContacted`) || known.time(`${path}Online`),
      capabilities: [
        ...own.filter((row) => row.startsWith(path)).flatMap((row) => capabilityOf(known, row, '')),
        ...parts.filter((row) => row.startsWith(path)).flatMap((row) => capabilityOf(known, row, node(row))),
      ],
    };
  });
}

/** What a capability says, for people: "21.5 °C", "on", "no". */
export function valueText({ kind, value, unit }: Capability): string {
  if (value === '') return 'not known';
  if (kind === 'BinaryControl') return isTrue(value) ? 'on' : 'off';
  if (kind === 'BinarySensor') return isTrue(value) ? 'yes' : 'no';
  const number = Number(value);
  const text = kind.startsWith('Level') && Number.isFinite(number) ? String(Math.round(number * 1000) / 1000) : value;
  return unit ? `${text} ${unit}` : text;
}

/** What one line says of a thing where there is room for one. */
export const glance = (thing: Thing): string =>
  thing.online
    ? thing.capabilities
        .slice(0, 2)
        .map((each) => (each.kind.startsWith('Binary') ? `${each.name}: ${valueText(each)}` : valueText(each)))
        .join(', ')
    : 'away';

/** As what its new value is typed. */
export const typeOf = ({ kind }: Capability): ValueType =>
  kind === 'BinaryControl' ? 'PARAM_BOOLEAN' : kind === 'LevelControl' ? 'PARAM_DECIMAL' : 'PARAM_STRING';

/** Why it cannot be told that; undefined where it can, as far as it has said its bounds. */
export function problemOf({ kind, low, high }: Capability, text: string): string | undefined {
  if (kind !== 'LevelControl') return undefined;
  const number = Number(text);
  if (!/^-?\d+(\.\d+)?$/.test(text.trim())) return 'A number is needed';
  if (low !== '' && number < Number(low)) return `At least ${low}`;
  return high !== '' && number > Number(high) ? `At most ${high}` : undefined;
}

export const editOf = (capability: Capability, to: string): Edit => ({
  path: capability.path,
  from: capability.value,
  to,
  secret: false,
});
