// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import java.time.Duration;

/// The bounds of a device's contact to its ACS, each with its reason.
final class Limits {
    private Limits() {}

    /// How long an ACS may take for one answer: as long as it waits for ours.
    static final Duration ANSWER = Duration.ofSeconds(30);

    /// Servers that send us on to others, within one session; more is a circle.
    static final int REDIRECTS = 5;

    /// Logins shown for one message: one to a challenge, one to the next where that is out of date.
    static final int LOGINS = 2;

    /// Cookies of one session and the characters of all of them: TR-069 wants several of 512 bytes.
    static final int COOKIES = 16;

    static final int COOKIE_CHARACTERS = 4_096;

    /// Between two sessions, whatever there is to tell: a value that changes all the time must not become a flood.
    static final Duration PAUSE = Duration.ofSeconds(1);

    /// A lightweight notification of several values: what fits into one packet on any way.
    static final int LIGHT_DATAGRAM_BYTES = 1_200;

    /// One of a single long value, which may need several packets; one of more is lost too often.
    static final int LONG_DATAGRAM_BYTES = 8_192;

    /// People who wait on a page of the device for what the ACS says, at once: a family.
    static final int KICKS = 4;

    /// How long each of them waits: a session takes a second or two, and nobody looks at an empty page for
    /// longer.
    static final Duration KICK = Duration.ofSeconds(30);

    /// A form of a page of the device: one word.
    static final int FORM_BYTES = 4_096;

    /// How often it is looked whether the device has stood by, and how long a time of which nobody knows is
    /// one: clocks differ by less.
    static final Duration STANDBY_CHECK = Duration.ofSeconds(10);

    static final Duration STANDBY = Duration.ofSeconds(2);

    /// Names of those who may call over XMPP, as TR-181 has it.
    static final int ALLOWED_CALLERS = 32;

    /// Connections of those who call, at once: an ACS needs one.
    static final int CALL_CONNECTIONS = 8;

    /// How long one of them may say nothing.
    static final Duration CALL_SILENCE = Duration.ofSeconds(10);

    /// The head of a call: a Digest takes half a kilobyte.
    static final int CALL_BYTES = 4_096;

    /// Calls at once, and how many a second after that: each opens a session at most.
    static final int CALLS_AT_ONCE = 10;

    static final int CALLS_A_SECOND = 1;

    /// How often a transfer of a file, and then the start of firmware that it brought, is begun: the power may fail
    /// twice.
    static final int TRANSFER_TRIES = 3;

    /// Files beside firmware that an ACS may order at once: one for each that a device has.
    static final int TRANSFERS = 4;

    /// Orders of software modules that wait or are at work: an ACS that has given so many hears first what became of
    /// them.
    static final int MODULE_ORDERS = 16;

    /// Operations in one of them: as many as there can be deployment units.
    static final int MODULE_OPERATIONS = 32;

    /// Ends of operations that the last life has left, of which it is known that they were heard: as many as it can
    /// have left, a few times over.
    static final int ENDS_HEARD = 64;

    /// How long after a start it is waited to be told how an operation ended that the last life had begun: modules tell
    /// of those after two seconds.
    static final Duration MODULE_NEWS = Duration.ofSeconds(10);

    /// Characters of a FaultString.
    static final int FAULT_CHARACTERS = 256;

    /// A datagram of STUN, or of a call: what fits into one packet on any way.
    static final int DATAGRAM_BYTES = 1_500;

    /// Questions to a STUN server in a row that may stay without an answer, before it is not known any more where the
    /// device is called.
    static final int STUN_TRIES = 5;

    /// The wait before the second of them, then twice as long each time.
    static final Duration STUN_RETRY = Duration.ofSeconds(1);

    /// Informs that an ACS has planned (ScheduleInform), at once.
    static final int PLANNED = 16;

    /// Simulated devices of TR-069 in one process: one costs some hundred kilobytes, and a port at each session.
    static final int FLEET = 20_000;

    /// How many of them are started a second at most; one costs some milliseconds of a processor.
    static final int FLEET_RATE = 5_000;

    /// Devices at home that have said who they are: as many as dnsmasq has leases.
    static final int HOME_DEVICES = 1_000;

    /// What one of them has said: three texts of 64 characters, in UTF-8, and its address.
    static final int HOME_DEVICE_BYTES = 1_024;
}
