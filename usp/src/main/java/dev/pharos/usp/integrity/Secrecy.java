// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.integrity;

/// Where Messages must be encrypted, and the other end be known to be the peer's, for us to take or send them.
public enum Secrecy {
    /// Everywhere (R-SEC.0).
    ALWAYS,
    /// Wherever they leave this host: what the kernel carries between two of its processes, nobody else reads.
    BEYOND_THIS_HOST,
    /// Nowhere: unprotected Records are signed and checked where there is something to sign with (R-E2E.29).
    NOT_DEMANDED;

    boolean forbids(Carrier.Way way) {
        return switch (this) {
            case ALWAYS -> way != Carrier.Way.ENCRYPTED;
            case BEYOND_THIS_HOST -> way == Carrier.Way.OPEN;
            case NOT_DEMANDED -> false;
        };
    }
}
