// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.uci.UciSection;

/// Rows that the configuration has.
sealed interface Fixed permits FixedAddresses, FixedItems, FixedMembers, FixedSections {

    /// Whether the configuration has the rows for this section in place of what a daemon lists.
    boolean isAlone(UciSection section);

    /// Whether management writes them.
    boolean isWritten();
}
