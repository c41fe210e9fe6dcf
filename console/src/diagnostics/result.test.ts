// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../api/types';
import { answersOf, echoesOf, hopsOf, millis, rateWord, transferOf, verdictOf } from './result';

const run = (kind: string, outputs: Record<string, string>, also: Partial<Diagnostic> = {}): Diagnostic => ({
  id: 1,
  device: 'os::0200F0-1',
  kind,
  state: 'complete',
  begun: '2026-11-26T22:41:05Z',
  by: 'anna',
  inputs: {},
  outputs: { Status: 'Complete', ...outputs },
  fault: '',
  ...also,
});

describe('what came of a measurement', () => {
  it('is good where all packets of a ping came back', () => {
    const ping = run('ping', { SuccessCount: '4', FailureCount: '0', AverageResponseTimeDetailed: '12340' });
    expect(verdictOf(ping)).toEqual({ words: 'All 4 answered, 12.3 ms', tone: 'good' });
  });

  it('is in the singular of one packet', () => {
    const one = run('ping', { SuccessCount: '1', FailureCount: '0', AverageResponseTimeDetailed: '70' });
    expect(verdictOf(one).words).toBe('It answered, 0.07 ms');
  });

  it('warns where some were lost, and is bad where all were', () => {
    const some = run('ping', { SuccessCount: '3', FailureCount: '1', AverageResponseTimeDetailed: '900' });
    expect(verdictOf(some)).toEqual({ words: '3 of 4 answered, 0.90 ms', tone: 'warn' });
    const none = run('udp-echo', { SuccessCount: '0', FailureCount: '4', AverageResponseTime: '0' });
    expect(verdictOf(none)).toEqual({ words: 'No answer to 4 packets', tone: 'bad' });
  });

  it('takes whole milliseconds of a device that measures no finer, but microseconds of UDP echo', () => {
    const outputs = { SuccessCount: '1', FailureCount: '0', AverageResponseTime: '7' };
    expect(echoesOf(run('ping', outputs)).times?.mean).toBe(7_000);
    expect(echoesOf(run('udp-echo', outputs)).times?.mean).toBe(7);
  });

  it('is not at work as long as it waits for a session', () => {
    const waits = run('ping', {}, { state: 'running', awaitedSession: '2020-01-01T10:00:00Z' });
    expect(verdictOf(waits).words).toMatch(/^Asked, and waits for its next session \(was expected .*\)$/);
    expect(verdictOf(run('ping', {}, { state: 'running' })).tone).toBe('busy');
  });

  it('says a status of the data model in words, also one that is not known', () => {
    expect(verdictOf(run('ping', { Status: 'Error_NoRouteToHost' })).words).toBe('The device knows no way there');
    expect(verdictOf(run('ping', { Status: 'Error_OfAVendor' }))).toEqual({ words: 'Error_OfAVendor', tone: 'bad' });
  });

  it('is a number of packets of a capture, which warns where there are none', () => {
    const capture = run('capture', { 'PacketCaptureResult.1.Count': '1' }, { file: 7 });
    expect(verdictOf(capture)).toEqual({ words: '1 packet', tone: 'good' });
    expect(verdictOf(run('capture', { 'PacketCaptureResult.1.Count': '0' })).tone).toBe('warn');
  });

  it('says a fault with its code', () => {
    const refused = run('ping', {}, { state: 'failed', fault: '7005 4 diagnostics are under way' });
    expect(verdictOf(refused).words).toBe(
      'The device has no resources left for this: 4 diagnostics are under way (7005)',
    );
  });

  it('reads hops with what nobody answered', () => {
    const trace = run('trace', {
      'RouteHops.1.HostAddress': '192.0.2.1',
      'RouteHops.1.RTTimes': '2,0,1',
      'RouteHops.1.ErrorCode': '0',
      'RouteHops.2.HostAddress': '',
      'RouteHops.2.RTTimes': '0,0,0',
      'RouteHops.2.ErrorCode': '0',
      'RouteHops.3.HostAddress': '198.51.100.9',
      'RouteHops.3.RTTimes': '9',
      'RouteHops.3.ErrorCode': '13',
    });
    expect(hopsOf(trace)).toEqual([
      { number: 1, address: '192.0.2.1', times: [2, undefined, 1], code: 0 },
      { number: 2, address: '', times: [undefined, undefined, undefined], code: 0 },
      { number: 3, address: '198.51.100.9', times: [9], code: 13 },
    ]);
    expect(verdictOf(trace).words).toBe('There in 3 hops');
  });

  it('works a rate out from the bytes of the file between the two times', () => {
    const download = run('download', {
      BOMTime: '2026-11-26T22:41:05.000Z',
      EOMTime: '2026-11-26T22:41:07.000Z',
      TestBytesReceived: '25000000',
      'IncrementalResult.1.StartTime': '2026-11-26T22:41:05.000Z',
      'IncrementalResult.1.EndTime': '2026-11-26T22:41:06.000Z',
      'IncrementalResult.1.TestBytesReceived': '5000000',
    });
    expect(transferOf(download)).toEqual({ bytes: 25_000_000, seconds: 2, rate: 100_000_000, course: [40_000_000] });
    expect(verdictOf(download).words).toBe('100.0 Mbit/s');
    expect(verdictOf(run('upload', {})).tone).toBe('warn');
  });

  it('shows the addresses of a name, or why there are none', () => {
    const good = run('lookup', {
      'Result.1.Status': 'Success',
      'Result.1.IPAddresses': '192.0.2.7,2001:db8::7',
      'Result.1.AnswerType': 'NonAuthoritative',
    });
    expect(verdictOf(good).words).toBe('192.0.2.7, 2001:db8::7');
    expect(answersOf(good)[0]?.authoritative).toBe(false);
    const none = run('lookup', { 'Result.1.Status': 'Error_HostNameNotResolved', SuccessCount: '0' });
    expect(verdictOf(none)).toEqual({ words: 'DNS knows no address for this name', tone: 'bad' });
  });

  it('writes times and rates with as many digits as tell something', () => {
    expect([millis(66), millis(12_340), millis(1_234_000)]).toEqual(['0.07 ms', '12.3 ms', '1,234 ms']);
    expect([rateWord(812_000), rateWord(94_300_000), rateWord(2.3e9)]).toEqual([
      '812 kbit/s',
      '94.3 Mbit/s',
      '2.30 Gbit/s',
    ]);
  });
});
