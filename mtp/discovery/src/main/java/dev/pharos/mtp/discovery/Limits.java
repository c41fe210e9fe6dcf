// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery;

import java.time.Duration;

/// Every bound of discovery, each with its reason.
public final class Limits {
    /// A lease file: dhclient appends to its own until it is started again; what is longer is not read.
    public static final int LEASE_FILE_BYTES = 4 << 20;

    /// Leases of one file, the newest kept: dhclient appends one at each renewal.
    public static final int LEASES_PER_FILE = 4096;

    /// Lease files of one host: one for each interface and client, with room for forgotten ones.
    public static final int LEASE_FILES = 256;

    /// Options of one lease: DHCPv4 has 254.
    public static final int LEASE_OPTIONS = 512;

    /// A statement in a lease file: an option value of 64 KiB written in hexadecimal is the longest there is.
    public static final int LEASE_TOKEN_CHARACTERS = 256 << 10;

    /// A DHCP packet: what a UDP datagram can carry.
    public static final int DHCP_PACKET_BYTES = 65_507;

    /// Enterprises whose information one option may carry; in the field there are one or two.
    public static final int ENTERPRISES = 64;

    /// Sub-options of one enterprise; TR-369 knows a dozen.
    public static final int SUB_OPTIONS = 256;

    /// A Controller's address in an option: a URL that is longer serves no transport.
    public static final int ADDRESS_CHARACTERS = 2048;

    /// `ProvisioningCode` of TR-181.
    public static final int PROVISIONING_CODE_CHARACTERS = 64;

    /// How often leases are looked at: a renewal takes effect within this time.
    public static final Duration LEASE_POLL = Duration.ofSeconds(5);

    /// How long a DNS server may take, and how long answers to a multicast question are collected. RFC 6762
    /// lets a responder wait half a second.
    public static final Duration DNS_PATIENCE = Duration.ofSeconds(3);

    /// A multicast question is repeated at this interval, since datagrams get lost and who has just come waits
    /// before it answers; RFC 6762 wants a second at least.
    public static final Duration MULTICAST_REPEAT = Duration.ofSeconds(1);

    /// Answers to one multicast question: a home network has tens of devices; a flood ends here.
    public static final int MULTICAST_ANSWERS = 512;

    /// A multicast DNS message (RFC 6762 section 17).
    public static final int MULTICAST_BYTES = 9000;

    /// Interfaces on which is asked; a host with more names the one that it means.
    public static final int INTERFACES = 32;

    /// Service instances that are looked into for one service: each costs questions.
    public static final int INSTANCES = 64;

    /// Servers of a service that a domain offers: more than anybody tries.
    public static final int SERVICE_PLACES = 16;

    /// Names that a host's search list may give.
    public static final int SEARCH_DOMAINS = 8;

    /// A label of a DNS name.
    public static final int LABEL_BYTES = 63;

    /// The label of a host that is named after its endpoint: short enough for tools that show it in a column.
    public static final int HOST_LABEL = 50;

    /// One attribute of a TXT record.
    public static final int TEXT_BYTES = 255;

    /// How long others may keep where a host is, and all else that we announce (RFC 6762 section 10).
    public static final Duration HOST_TTL = Duration.ofMinutes(2);

    public static final Duration SERVICE_TTL = Duration.ofMinutes(75);

    /// The same for who knows no multicast DNS (section 6.7).
    public static final Duration LEGACY_TTL = Duration.ofSeconds(10);

    /// How often and at which distance is asked whether a name is free (section 8.1).
    public static final int PROBES = 3;

    public static final Duration PROBE_PAUSE = Duration.ofMillis(250);

    /// How often and at which distance is told that we are there (section 8.3).
    public static final int ANNOUNCEMENTS = 2;

    public static final Duration ANNOUNCEMENT_PAUSE = Duration.ofSeconds(1);

    /// How long an answer that others may give too waits at most (section 6).
    public static final Duration ANSWER_PAUSE = Duration.ofMillis(120);

    private Limits() {}
}
