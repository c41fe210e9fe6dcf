// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp;

import java.time.Duration;

/// The bounds of what this module reads from others, each with its reason.
public final class Limits {
    /// How often the certificates of a TLS session inside a Session Context are judged anew: they hold for days, and a
    /// revocation list that has changed is heeded at once.
    public static final Duration CERTIFICATE_REVIEW = Duration.ofMinutes(1);

    private Limits() {}

    /// The largest Record or Message that is read. A GetSupportedDM of the whole TR-181 model with every
    /// parameter takes about 1 MiB and bulk data in an event a few; sixteen times the former leaves room for
    /// large device models and still bounds what a peer can cost.
    public static final int MAX_RECORD_BYTES = 16 * 1024 * 1024;

    /// How many list items and map entries one Record or Message may hold. An empty item takes 2 bytes on the
    /// wire but some 50 in memory; this keeps a Record of nothing else near 25 MiB, while the largest device
    /// models known have about 50,000 parameters.
    public static final int MAX_ELEMENTS = 500_000;

    /// How deeply groups of unknown fields may nest while they are skipped. USP has no groups at all;
    /// protobuf's own parsers allow 100.
    public static final int MAX_GROUP_DEPTH = 100;

    /// The longest Endpoint ID: 50 characters of instance-id (R-ARC.6) and as many each for the scheme and
    /// authority-id of schemes that TR-369 does not list, with the two colons.
    public static final int MAX_ENDPOINT_ID_LENGTH = 152;

    /// The longest instance-id (R-ARC.6).
    public static final int MAX_INSTANCE_ID_LENGTH = 50;

    /// The longest Path Name. Paths of TR-181 with instance numbers stay below 256 characters, TR-106 lets
    /// parameters that hold a path have 1024; this leaves room for several search expressions.
    public static final int MAX_PATH_LENGTH = 4096;

    /// The most steps of a Path Name; TR-181 needs 13.
    public static final int MAX_PATH_SEGMENTS = 64;

    /// The most conditions in one search expression; a compound unique key has up to six.
    public static final int MAX_CONDITIONS = 32;

    /// The smallest bound on Records that a session is cut to (TR-181, MaxUSPRecordSize).
    public static final int MIN_SESSION_RECORD_BYTES = 512;

    /// What a Record must have left for its payload; below it a Message would fall into absurdly many pieces.
    public static final int MIN_SEGMENT_ROOM = 32;

    /// Segments of one Message. The largest Message in the smallest Records falls into about 52,000.
    public static final int MAX_SEGMENTS = 65_536;

    /// Records that one session keeps since its peer has not acknowledged them: room for the largest Message
    /// in the smallest Records.
    public static final int UNACKNOWLEDGED_RECORDS = 65_536;

    /// Their payload: one Message of the largest size, and as much again beside it.
    public static final int UNACKNOWLEDGED_BYTES = 2 * MAX_RECORD_BYTES;

    /// Records that came before their turn and wait for a missing one. Transports that reorder do so by a few;
    /// the largest burst of a segmented Message behind one lost Record is a few hundred.
    public static final int EARLY_RECORDS = 1_024;

    /// Messages that wait while a session is being established: as many as a controller has calls in flight
    /// with one device.
    public static final int SESSION_QUEUE = 64;

    /// In how many Session Contexts one Message is sent, so that a Message which the peer cannot take does not
    /// end sessions for ever.
    public static final int SENDINGS_PER_MESSAGE = 3;

    /// Session Contexts whose late Records are still recognised.
    public static final int ENDED_SESSIONS = 8;

    /// For how long they are: longer than a transport holds a Record back, shorter than a peer takes to come
    /// to the same number again.
    public static final Duration ENDED_SESSION_MEMORY = Duration.ofSeconds(30);

    /// Late Records without one of the current Session Context between them, before it starts anew.
    public static final int LATE_RECORDS = 3;

    /// How long what came is left without an acknowledgement of its own, since an answer usually carries one.
    public static final Duration ACKNOWLEDGE_AFTER = Duration.ofSeconds(1);

    /// Records that may come before they are acknowledged at once.
    public static final int ACKNOWLEDGE_EVERY = 64;

    /// How long a gap is waited out before the missing Record is asked for: what was only overtaken comes
    /// within this.
    public static final Duration GAP_PATIENCE = Duration.ofMillis(200);

    /// How long the answer to such a request is waited for before it is repeated.
    public static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(2);

    /// How often one missing Record is asked for before the session starts anew.
    public static final int ASKS_PER_RECORD = 8;

    /// The same, where nothing of the session was received in its order yet: its sender may long have let go
    /// of the beginning.
    public static final int ASKS_FOR_THE_BEGINNING = 3;

    /// How long a Message may be unacknowledged before an empty Record shows the peer that something is
    /// missing; doubled each time.
    public static final Duration PROBE_AFTER = Duration.ofSeconds(5);

    /// How often that is done: a peer need not acknowledge what it has nothing to say to.
    public static final int PROBES = 3;

    /// How long a session that we opened may carry a Message without any Record in return, before it counts
    /// as failed.
    public static final Duration ESTABLISH_PATIENCE = Duration.ofSeconds(10);

    /// The largest `sender_cert` that is read: a chain of a few certificates in PEM takes 2 to 6 KiB.
    public static final int SENDER_CERTIFICATE_BYTES = 16 * 1024;

    /// Certificates of one `sender_cert` that are looked at: authorities rarely stand more than three deep.
    public static final int SENDER_CERTIFICATES = 10;

    /// How long the TLS handshake of a Session Context may take. It needs two exchanges, and a lost Record of it
    /// is missed only after [#PROBE_AFTER].
    public static final Duration HANDSHAKE_PATIENCE = Duration.ofSeconds(30);

    /// What is shown of a peer's words in our sentences.
    public static final int SHOWN_CHARACTERS = 200;
}
