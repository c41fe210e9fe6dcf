// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp;

import java.time.Duration;

/// The bounds of what this module reads from others, each with its reason.
public final class Limits {
    private Limits() {}

    /// The largest envelope that is read, after decompression. All values of a full gateway take 5 to 10 MB as SOAP;
    /// TR-069 sets no upper bound on responses.
    public static final int ENVELOPE_BYTES = 16 * 1024 * 1024;

    /// The largest envelope that is kept to be read once more when it is not well-formed: values of a gateway in one
    /// answer take less than half, and a hostile one costs no more than this a few times over.
    public static final int REPAIRED_BYTES = 4 * 1024 * 1024;

    /// The most elements of one envelope: a device with 50,000 parameters, more than the largest known, answers
    /// GetParameterValues with three elements for each.
    public static final int ELEMENTS = 400_000;

    /// The deepest nesting of elements; a list of access rights within parameters within a message needs 7, what is
    /// skipped in headers may need some more.
    public static final int DEPTH = 32;

    /// The longest text of one element: certificates and rule sets fit several times. Bulk goes by file transfer.
    public static final int TEXT_CHARACTERS = 256 * 1024;

    /// The most attributes of one element; the envelope itself has one for each of its five namespaces.
    public static final int ATTRIBUTES = 32;

    /// The longest name of an element or attribute; the longest of CWMP has 39 characters.
    public static final int NAME_CHARACTERS = 256;

    /// The longest value of an attribute: a type or a namespace.
    public static final int ATTRIBUTE_CHARACTERS = 1_024;

    /// The most namespace declarations that hold at one place; envelopes have five, some stacks repeat them once or
    /// twice further in.
    public static final int NAMESPACES = 64;

    /// The most events of one Inform (cwmp-1-2, EventList).
    public static final int EVENTS = 64;

    /// Digits of a number before it is looked at.
    public static final int NUMBER_CHARACTERS = 32;

    /// The largest unsignedInt.
    public static final long UNSIGNED_INT = 0xFFFF_FFFFL;

    /// What is shown of a peer's words in our sentences.
    public static final int SHOWN_CHARACTERS = 100;

    /// Events that a CPE keeps until it has told them, and reports beside them: as many events as one Inform may have.
    public static final int PENDING = 64;

    /// Transfers of one GetQueuedTransfersResponse (cwmp-1-2, TransferList).
    public static final int QUEUED = 16;

    /// Windows of one ScheduleDownload (cwmp-1-2, TimeWindowList).
    public static final int WINDOWS = 2;

    /// How often the same message is sent in one session to an ACS that asks for it again (fault 8005).
    public static final int SENDINGS = 3;

    /// HTTP exchanges of one session: every value of a large device one by one, and an end for an ACS that knows none.
    public static final int EXCHANGES = 100_000;

    /// Sessions of an ACS at once, each with a device that is busy for seconds; two kilobytes for each.
    public static final int SESSIONS = 10_000;

    /// Informs that are looked at at once: more would only wait for the same inventory.
    public static final int ARRIVALS = 64;

    /// Informs that wait for their turn to be looked at, each of some kilobytes: a village that comes back at once.
    public static final int ARRIVALS_WAITING = 1_000;

    /// How long one waits at most: devices give an ACS thirty seconds, the oldest of them ten.
    public static final Duration ARRIVAL = Duration.ofSeconds(5);

    /// How long a session is kept without a sign of the device. Devices wait as long for us.
    public static final Duration SILENCE = Duration.ofSeconds(30);

    /// The same, where the device asks for more (SessionTimeout): who reads a large file system takes minutes.
    public static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

    /// When a device shall come again for whom there was no time: as long as the retries of its own take on average.
    public static final Duration COME_AGAIN = Duration.ofSeconds(15);

    /// Parameters and objects of a device of which the ACS has said how it wants to hear of their changes, one by one:
    /// more than it asks for of the largest known devices.
    public static final int ATTRIBUTES_KEPT = 10_000;

    /// Parameters that an Inform tells because the ACS has asked for them (InformParameter): some hundred
    /// bytes each.
    public static final int INFORM_PARAMETERS = 1_000;

    /// Changed parameters that a device keeps until it has told them. Who hears of so many reads the rest.
    public static final int CHANGES = 1_000;
}
