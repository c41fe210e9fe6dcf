// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.config;

import java.time.Duration;

/// The bounds of one agent, each with its reason.
public final class Limits {
    /// Requests of one controller that wait or are carried out; a controller rarely has ten under way, and at this
    /// number we stop reading from it, so that the rest waits in the network.
    public static final int WAITING_REQUESTS = 64;

    /// Their bytes, at which we stop reading too: a decoded request takes several times its bytes, and an agent has
    /// tens of MiB.
    public static final long WAITING_REQUEST_BYTES = 4L * 1024 * 1024;

    /// Requests that are taken at all; beyond it: 7005. Only what an end-to-end session delivers at once comes after
    /// reading has stopped, and that is no more than the Records that may wait for a missing one.
    public static final int WAITING_REQUESTS_HARD = WAITING_REQUESTS + dev.pharos.usp.Limits.EARLY_RECORDS + 1;

    /// Connections made and lost, and answered notifications, that wait; several times what can be unanswered
    /// at once.
    public static final int WAITING_HAPPENINGS = 1024;

    /// Answers kept so that a retransmitted Add, Set, Delete or Operate is not carried out twice.
    public static final int ANSWERS_KEPT = 16;

    /// A larger answer is not kept, so that a quiet agent stays small; its repetition is dropped.
    public static final int ANSWER_KEPT_BYTES = 2048;

    /// How long an answer is kept: longer than a transport's retransmission, shorter than a controller's
    /// memory of its own ids.
    public static final Duration ANSWER_KEPT_FOR = Duration.ofSeconds(60);

    /// Asynchronous commands that run at once; further ones are refused with 7005 (R-OPR.3).
    public static final int ASYNCHRONOUS_COMMANDS = 16;

    /// Objects that one Operate may address: each is a run of its own.
    public static final int OBJECTS_PER_OPERATE = 64;

    /// Paths, names and values of one answer, with what each takes beside them: several times what a whole gateway has,
    /// and a fraction of the memory that a small one gives to its agent.
    public static final long ANSWER_CHARACTERS = 8L << 20;

    /// Optional parameters of one object that are tried one by one, to find which one the device refuses.
    public static final int OPTIONAL_RETRIES = 16;

    /// Change sets and events that wait to be matched; the committing thread waits when it is full, so that
    /// none is lost.
    public static final int WAITING_TRIGGERS = 1024;

    /// Notifications that wait for one controller. Past it a value change replaces an older one of the same
    /// parameter, and where there is none, the oldest notification gives way.
    public static final int WAITING_NOTIFICATIONS = 8192;

    /// Notifications without an answer yet; the rest wait, so that a controller that comes back is not
    /// flooded.
    public static final int UNANSWERED_NOTIFICATIONS = 256;

    /// The journal of notifications is written anew past this size when most of it is done with.
    public static final int NOTIFICATION_JOURNAL_BYTES = 1 << 20;

    /// How long the sender waits when a transport's queue is full, before it tries again.
    public static final Duration QUEUE_FULL_PAUSE = Duration.ofMillis(10);

    /// A retry that finds no connection or no room in it looks again after this time, if no connection came
    /// before.
    public static final Duration UNREACHABLE_RECHECK = Duration.ofSeconds(5);

    /// Between accepting a Reboot() and doing it, so that the answer leaves first.
    public static final Duration REBOOT_DELAY = Duration.ofMillis(500);

    /// Between a change of session settings or a Reset() and its effect, so that the answer leaves first.
    public static final Duration SESSION_CHANGE_DELAY = Duration.ofMillis(500);

    /// How often a connection that nobody wants any more is left for another such while, since its controller is still
    /// being told of what happened before.
    public static final int LAST_WORDS = 10;

    /// Session Records that wait for one controller's connection to take them: the largest answer, cut into
    /// the smallest Records.
    public static final int SESSION_RECORDS_WAITING = 65_536;

    /// Subscriptions of one agent: far more than a controller uses, few enough to match each change against.
    public static final int SUBSCRIPTIONS = 256;

    /// What one triggered Subscription may write, as TR-181 says.
    public static final int TRIGGER_SETTINGS = 16;

    /// Between two writes of one triggered Subscription, so that two which work against each other stay cheap.
    public static final Duration TRIGGER_PAUSE = Duration.ofSeconds(1);

    /// Thresholds of one agent, few enough to look at each when something changes.
    public static final int THRESHOLDS = 64;

    /// Parameters that one Threshold looks at; those beyond are not looked at.
    public static final int THRESHOLD_PARAMETERS = 256;

    /// How often Thresholds look at values that nobody announces.
    public static final Duration THRESHOLD_POLL = Duration.ofSeconds(5);

    /// Watchdogs of one agent, each with an entry in the timer.
    public static final int WATCHDOGS = 64;

    /// Parameters that a Boot! event may carry.
    public static final int BOOT_PARAMETERS = 256;

    /// Controllers of one agent, whose rights are kept ready; an agent has a handful.
    public static final int CONTROLLERS = 64;

    /// Controllers that may become known by themselves: everybody in the network can be one, and each stays until
    /// somebody deletes it.
    public static final int FIRST_USES = 16;

    /// How long somebody new may say nothing, unless the configuration says otherwise: a program talks at once.
    public static final Duration FIRST_USE_INACTIVITY = Duration.ofMinutes(1);

    /// Records that wait for the decision on somebody who has dialled us and is new, which takes a write to the disk.
    public static final int RECORDS_OF_A_STRANGER = 16;

    /// Certificates of one agent: its controllers' own and the authorities', few enough to try each.
    public static final int CERTIFICATES = 64;

    /// Roles of one agent: far more than there are kinds of people and programs who look after a device.
    public static final int ROLES = 64;

    /// Permissions of one Role, few enough to go through for each object of an answer.
    public static final int PERMISSIONS_PER_ROLE = 64;

    /// Targets of one Permission, for the same reason.
    public static final int TARGETS_PER_PERMISSION = 64;

    /// Roles that agents of one process share, so that thousands of simulated ones hold the shipped Roles
    /// once.
    public static final int SHARED_ROLES = 64;

    /// USP Services that one broker serves at once: more than run on a gateway.
    public static final int SERVICES = 64;

    /// Paths that one Service may register; a whole TR-181 has fewer objects beneath `Device.`.
    public static final int PATHS_PER_SERVICE = 128;

    /// Requests of the broker that one Service may have unanswered; further ones are refused with 7005.
    public static final int UNANSWERED_BY_SERVICE = 32;

    /// How long nobody waits for a Service that has let a request time out, unless it says something before.
    public static final Duration SERVICE_SILENCE = Duration.ofSeconds(10);

    /// Wrong answers in a row before the challenge of the device's label is locked: a person mistypes, a machine
    /// guesses.
    public static final int FACTORY_CHALLENGE_RETRIES = 5;

    /// How long it is locked then: with 80 random bits, guessing is hopeless at any rate that this allows.
    public static final Duration FACTORY_CHALLENGE_LOCKOUT = Duration.ofMinutes(5);

    /// Profiles of bulk data of one agent, each with an entry in the timer; a device reports to few collectors.
    public static final int BULK_PROFILES = 16;

    /// Rows of one profile that say what is in its reports or kept out of them.
    public static final int BULK_REFERENCES = 64;

    /// Parameters that a profile adds to its URL, which has to stay short.
    public static final int BULK_URI_PARAMETERS = 16;

    /// The shortest interval between two reports of one profile.
    public static final Duration BULK_INTERVAL = Duration.ofSeconds(5);

    /// Parameters of one report: several times what a whole gateway has. A profile that stands for more gets no
    /// report.
    public static final int BULK_VALUES = 8192;

    /// Names and values of one report, and of all reports of one profile that could not be delivered.
    public static final long BULK_REPORT_CHARACTERS = 1L << 20;

    /// Reports kept for later where a profile wants as many as possible.
    public static final int BULK_RETAINED_REPORTS = 32;

    /// The same on disk: characters have three bytes at most, and each value a few more.
    public static final long BULK_RETAINED_BYTES = 16L << 20;

    /// A report as event: notifications that want an answer are kept, and many of them may wait.
    public static final int BULK_PUSH_CHARACTERS = 256 * 1024;

    /// All reports that wait as events for one controller; beyond it the oldest gives way.
    public static final long WAITING_REPORT_CHARACTERS = 4L << 20;

    /// A separator of CSV: a few characters at most, or it says nothing.
    public static final int BULK_SEPARATOR_CHARACTERS = 8;

    /// How long one answer of a collector is waited for, whole.
    public static final Duration BULK_HTTP_TIME = Duration.ofSeconds(30);

    /// How often one report follows to another server.
    public static final int BULK_REDIRECTS = 3;

    private Limits() {}
}
