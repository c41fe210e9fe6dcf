// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.uci.UciSection;
import java.util.Map;

/// Rows that the configuration has in an option of a section.
sealed interface Fixed permits FixedAddresses, FixedItems {

    /// Whether the configuration has the rows for this section in place of what a daemon lists.
    boolean isAlone(UciSection section);

    /// Whether management writes them.
    boolean isWritten();

    /// What stands there, as a daemon lists such things.
    Map<String, UbusTable> elements(UciSection section);
}
