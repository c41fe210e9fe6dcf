// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp;

/// The bounds of what this module reads from others, each with its reason.
public final class Limits {
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
}
