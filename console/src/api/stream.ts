// SPDX-License-Identifier: Apache-2.0
import type { Device, PharosEvent } from './types';

/** How often what came in is handed on: a storm of events must not redraw the page a thousand times a second. */
const FLUSH_MS = 250;
/** First and longest pause before a closed stream is opened again. */
const RETRY_FIRST_MS = 1_000;
const RETRY_LONGEST_MS = 30_000;

export type StreamState = 'connecting' | 'live' | 'down';
export interface Batch {
  devices: Map<string, Device>;
  events: PharosEvent[];
}

type BatchListener = (batch: Batch) => void;

/**
 * The page's one stream of server-sent events, of the whole fleet or of one device. Used from the browser's only
 * thread. The browser reconnects short breaks itself and repeats Last-Event-ID; refusals are retried here.
 */
export class LiveStream {
  private source: EventSource | undefined;
  private device: string | undefined;
  private running = false;
  private state: StreamState = 'connecting';
  private retryMs = RETRY_FIRST_MS;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private flushTimer: ReturnType<typeof setTimeout> | undefined;
  private devices = new Map<string, Device>();
  private events: PharosEvent[] = [];
  private readonly batchListeners = new Set<BatchListener>();
  private readonly stateListeners = new Set<() => void>();

  start(): void {
    this.running = true;
    this.open();
  }

  stop(): void {
    this.running = false;
    this.close();
    this.enter('connecting');
  }

  /** Narrows the stream to one device, or widens it to all with undefined. */
  follow(device: string | undefined): void {
    if (device === this.device) return;
    this.device = device;
    if (this.running) this.open();
  }

  onBatch(listener: BatchListener): () => void {
    this.batchListeners.add(listener);
    return () => this.batchListeners.delete(listener);
  }

  readonly onState = (listener: () => void): (() => void) => {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  };

  readonly currentState = (): StreamState => this.state;

  private open(): void {
    this.close();
    const query = this.device ? `?device=${encodeURIComponent(this.device)}` : '';
    const source = new EventSource(`/api/v1/events/stream${query}`);
    this.source = source;
    source.onopen = () => {
      this.retryMs = RETRY_FIRST_MS;
      this.enter('live');
    };
    source.onerror = () => {
      this.enter('down');
      if (source.readyState === EventSource.CLOSED) this.retryLater();
    };
    source.addEventListener('event', (message) => this.take(message, (event: PharosEvent) => this.events.push(event)));
    source.addEventListener('device', (message) =>
      this.take(message, (device: Device) => this.devices.set(device.id, device)),
    );
  }

  private close(): void {
    clearTimeout(this.retryTimer);
    this.source?.close();
    this.source = undefined;
  }

  private retryLater(): void {
    this.retryTimer = setTimeout(() => this.open(), this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, RETRY_LONGEST_MS);
  }

  private take<T>(message: MessageEvent<string>, keep: (value: T) => unknown): void {
    keep(JSON.parse(message.data) as T);
    this.flushTimer ??= setTimeout(() => this.flush(), FLUSH_MS);
  }

  private flush(): void {
    this.flushTimer = undefined;
    const batch = { devices: this.devices, events: this.events };
    this.devices = new Map();
    this.events = [];
    for (const listener of this.batchListeners) listener(batch);
  }

  private enter(state: StreamState): void {
    if (state === this.state) return;
    this.state = state;
    for (const listener of this.stateListeners) listener();
  }
}

export const liveStream = new LiveStream();
