// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.mtp.tls.AddressBlock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// How many peers are kept.
///
/// @param fromOne of all, at one [AddressBlock]
record Places(int all, int fromOne) {

    /// Who has to go before another comes: the longest unused, of the same address where that has its share.
    ///
    /// @param kept the longest unused first
    /// @param block where a peer is
    /// @param where the new one is
    /// @return nobody where there is room
    <V> Optional<V> goesFor(AddressBlock where, Collection<V> kept, Function<V, AddressBlock> block) {
        if (kept.size() < fromOne) {
            return Optional.empty();
        }
        List<V> neighbours =
                kept.stream().filter(other -> block.apply(other).equals(where)).toList();
        if (neighbours.size() >= fromOne) {
            return Optional.of(neighbours.getFirst());
        }
        return kept.size() >= all ? kept.stream().findFirst() : Optional.empty();
    }
}
