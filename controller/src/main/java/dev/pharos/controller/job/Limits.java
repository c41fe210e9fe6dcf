// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import java.time.Duration;

/// The bounds of jobs, each with its reason.
public final class Limits {
    private Limits() {}

    /// Devices of one job: as many as one process serves.
    public static final int TARGETS = dev.pharos.controller.policy.Limits.PEERS;

    /// Devices that a job names one by one: what fits into a request with room to spare.
    public static final int NAMED = 10_000;

    /// Requests of one job: a script, not a program.
    public static final int STEPS = 50;

    /// Values of a device of TR-069 that are answered for one path.
    static final int TR069_VALUES = 10_000;

    /// Jobs that have not ended: each is looked at every second.
    public static final int OPEN_JOBS = 100;

    /// Devices of one job at work at once, at most; two cores are busy with fewer.
    public static final int CONCURRENCY = 500;

    public static final int DEFAULT_CONCURRENCY = 50;

    /// Devices that begin in a minute, at most: more cannot be told from no bound.
    public static final int PER_MINUTE = 100_000;

    /// Devices at work at once in one server, of all its jobs.
    static final int AT_WORK = 1_000;

    public static final int RETRIES = 20;

    public static final Duration SHORTEST_BACKOFF = Duration.ofSeconds(1);

    public static final Duration DEFAULT_BACKOFF = Duration.ofMinutes(1);

    /// The longest pause between two tries, however often it was doubled.
    public static final Duration LONGEST_BACKOFF = Duration.ofDays(1);

    /// Where a job does not say otherwise, devices that do not return are given up after this.
    public static final Duration DEFAULT_PATIENCE = Duration.ofDays(30);

    public static final Duration LONGEST_PATIENCE = Duration.ofDays(366);

    /// For the answer to one request, as for a person's.
    static final Duration ANSWER = Duration.ofSeconds(30);

    /// Tries of one step beyond the retries that a job allows: those that ended with the connection or the server. It
    /// may be the request that ends them.
    public static final int CUT_OFF = 5;

    /// An answer that is kept, in bytes; the values of a larger one are in the device's twin.
    public static final int ANSWER_BYTES = 64 << 10;

    /// A sentence that is kept of a device.
    public static final int WHY = 1_000;

    /// Devices that are looked at in one step, among which many may not be due yet.
    public static final int CANDIDATES = 500;

    /// Steps of that kind in one round, so that one job does not keep the others waiting.
    public static final int CLAIMS = 20;

    /// Whose server has not renewed its claim for so long is no longer at work: longer than a database is usually gone
    /// when it is started anew.
    static final Duration LEASE = Duration.ofSeconds(30);

    /// How often claims are renewed: several times within a lease.
    static final Duration RENEWAL = Duration.ofSeconds(5);

    /// How often it is looked what is due, where nothing tells of it before.
    static final Duration ROUND = Duration.ofSeconds(1);

    /// How often all devices that are waited for are looked for; those that return are told of at once.
    static final Duration SWEEP = Duration.ofSeconds(30);

    /// Between two rounds that something asked for, so that they leave time for what they are about.
    static final Duration BREATH = Duration.ofMillis(20);

    /// How long requests that are under way may take to be answered when the server stops.
    static final Duration GOODBYE = Duration.ofSeconds(1);

    /// Between two tries to store what became of a device while the database is gone.
    static final Duration STORING_AGAIN = Duration.ofSeconds(1);

    /// Data models of which it is known which of their parameters are secrets.
    static final int MODELS = 200;
}
