// SPDX-License-Identifier: Apache-2.0
import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { readKey } from './queries';
import { type Batch, liveStream, type StreamState } from './stream';
import type { Device, EventKind } from './types';

interface DevicePage {
  items: Device[];
  nextCursor: string | null;
  total: number;
}

type Devices = InfiniteData<DevicePage>;

/** Pause before lists are asked for again: a thousand devices that come online must not ask a thousand times. */
const REFRESH_MS = 2_000;
const NEWCOMERS: readonly EventKind[] = ['onboarded', 'OnBoardRequest'];
const COUNTED: readonly EventKind[] = [...NEWCOMERS, 'online', 'offline', 'refused'];

/** Keeps the stream open while someone is signed in, and what it tells in the query cache. */
export function useLiveCache(): void {
  const client = useQueryClient();
  useEffect(() => {
    const due = new Map<string, ReturnType<typeof setTimeout>>();
    const refreshSoon = (key: 'devices' | 'summary') => {
      if (due.has(key)) return;
      const refresh = () => {
        due.delete(key);
        void client.invalidateQueries({ queryKey: [key] });
      };
      due.set(key, setTimeout(refresh, REFRESH_MS));
    };
    const leave = liveStream.onBatch(({ devices, events }: Batch) => {
      for (const device of devices.values()) {
        client.setQueryData<Device>(['device', device.id], (known) => known && device);
      }
      if (devices.size > 0) {
        client.setQueriesData<Devices>({ queryKey: ['devices'] }, (data) => data && patch(data, devices));
        const lists = client.getQueriesData<Devices>({ queryKey: ['devices'] });
        if (lists.some(([, data]) => data && lacks(data, devices))) refreshSoon('devices');
      }
      for (const event of events) {
        // it may be gone for good
        if (event.kind === 'offline')
          void client.invalidateQueries({ queryKey: ['device', event.device], exact: true });
        if (event.name === 'Boot!') void client.invalidateQueries({ queryKey: readKey(event.device) });
      }
      if (events.some((event) => NEWCOMERS.includes(event.kind))) refreshSoon('devices');
      if (events.some((event) => COUNTED.includes(event.kind))) refreshSoon('summary');
    });
    liveStream.start();
    return () => {
      leave();
      liveStream.stop();
      for (const timer of due.values()) clearTimeout(timer);
    };
  }, [client]);
}

/** Whether the list, though all of it is loaded, misses one of the devices. */
function lacks(data: Devices, devices: Map<string, Device>): boolean {
  if (data.pages.at(-1)?.nextCursor) return false;
  const listed = new Set(data.pages.flatMap((page) => page.items.map((item) => item.id)));
  return [...devices.keys()].some((id) => !listed.has(id));
}

function patch(data: Devices, devices: Map<string, Device>): Devices {
  return {
    ...data,
    // what the list was asked for beside the device stays
    pages: data.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => ({ ...item, ...devices.get(item.id) })),
    })),
  };
}

/** While the calling page is open, the stream carries only this device. */
export function useFollowDevice(id: string): void {
  useEffect(() => {
    liveStream.follow(id);
    return () => liveStream.follow(undefined);
  }, [id]);
}

export function useStreamState(): StreamState {
  return useSyncExternalStore(liveStream.onState, liveStream.currentState);
}
