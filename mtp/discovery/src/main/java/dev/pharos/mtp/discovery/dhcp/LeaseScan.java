// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import java.util.List;

/// What the DHCP clients of a host have been given, and what there was to see where they keep it.
///
/// @param leases newest first
/// @param notes what was looked for in vain or cannot be read, in sentences
public record LeaseScan(List<Lease> leases, List<String> notes) {
    public LeaseScan {
        leases = List.copyOf(leases);
        notes = List.copyOf(notes);
    }
}
