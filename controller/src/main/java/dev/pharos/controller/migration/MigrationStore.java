// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import dev.pharos.usp.EndpointId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Migrations, the last of each device. Thread-safe; every method throws
/// [dev.pharos.controller.store.StoreException] where the store cannot do it. A migration goes with its device.
public interface MigrationStore {
    /// Keeps one that begins, in the place of an earlier one that has led back.
    ///
    /// @return false where there is one that has not, or no such device
    boolean begin(Migration migration);

    Optional<Migration> find(EndpointId device);

    /// Those that have not ended, the oldest first.
    List<Migration> open(int most);

    /// Whether that campaign still waits for this device: its wave is not over, and nobody has stopped it.
    boolean isAwaited(long campaign, EndpointId device);

    /// Where the devices of a campaign are that moves them.
    MigrationFunnel funnel(long campaign);

    /// How many there are, by how far they are.
    Map<MigrationState, Long> counts();

    /// Keeps the next step, unless another was kept since.
    ///
    /// @return whether it is kept
    boolean move(Migration from, Migration to);
}
