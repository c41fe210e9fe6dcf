// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import java.time.Duration;

/// Bounds of diagnostics, each with its reason.
final class Limits {
    /// Of one device at once: one more than a person looks at, and they disturb each other's measurements.
    static final int AT_ONCE = 4;

    /// Of all devices of this process at once: a fleet of simulated gateways shares one host.
    static final int OF_THIS_PROCESS = 32;

    /// The longest that one may take: a request row, and who waits for it, must not stay for hours.
    static final Duration LONGEST = Duration.ofMinutes(20);

    /// Repetitions of one: more would only take longer.
    static final long REPETITIONS = 1_000;

    /// Queries of one name lookup; each result has six values in the answer.
    static final long LOOKUPS = 100;

    /// The wait for one answer: longer is of no use to anybody who diagnoses a network.
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    /// An IP packet has 65535 bytes, of which 28 are headers.
    static final long DATA_BLOCK = 65_507;

    /// What a traceroute program sends at most: that of BusyBox has this bound.
    static final long TRACE_PACKET = 32_768;

    /// Attempts at one hop, and hops: TR-181's own bounds.
    static final int TRIES = 3;

    static final int HOPS = 64;

    /// What a program prints is at most about 70 characters for each answer.
    static final int OUTPUT = 1 << 18;

    /// Characters of one line of a program that are looked at; theirs are shorter.
    static final int LINE = 512;

    /// Beyond what a program's own work may take: its start on a slow device.
    static final Duration EXTRA = Duration.ofSeconds(20);

    /// The system's resolver gives up by then with usual settings.
    static final Duration RESOLUTION = Duration.ofSeconds(20);

    /// Threads that wait for the system's resolver, which cannot be interrupted.
    static final int RESOLVERS = 32;

    /// IP addresses in the result of one lookup: TR-181's own bound.
    static final int ADDRESSES = 10;

    /// Connections of one transfer: enough to fill a line, few enough for a server.
    static final int CONNECTIONS = 8;

    /// Rows of one transfer that say how it went in between; each has five values.
    static final int INCREMENTS = 100;

    /// The longest transfer that is not measured by time: a server that never ends must not load a line for hours.
    static final Duration TRANSFER = Duration.ofMinutes(5);

    /// The longest that is: TR-181 allows 999 seconds.
    static final long TRANSFER_SECONDS = 999;

    /// For a connection, and for the next byte.
    static final Duration STALL = Duration.ofSeconds(10);

    /// Read and written at once.
    static final int BUFFER = 1 << 16;

    /// Of the head of an answer: as HTTP servers have it.
    static final int HEAD = 1 << 14;

    /// Requests of one connection of a transfer that is measured by time, where the file is shorter than that: a fast
    /// link must not make a server answer for ever. What was transferred until then counts.
    static final int REQUESTS = 1_000;

    /// The largest file of an upload that is not measured by time.
    static final long UPLOAD = 1L << 32;

    /// Results of single packets; each has eight values.
    static final int PACKETS = 200;

    /// Hosts to select the nearest of: TR-181's own bound.
    static final int SERVERS = 10;

    private Limits() {}
}
