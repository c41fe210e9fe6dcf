// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.store.BootstrapStore.Bootstrap;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// With what devices come the first time, by name.
public record Bootstraps(List<Item> items) {
    /// Without its secret.
    ///
    /// @param kind `login` or `certificate`
    /// @param devices an Endpoint ID, or its beginning and `*`
    /// @param most how many devices may come by it
    /// @param approves whether unknown devices are let in by it
    /// @param enrolled how many have
    @Schema(name = "Bootstrap")
    public record Item(
            String name,
            String kind,
            String devices,
            int most,
            boolean approves,
            String until,
            int enrolled,
            String created,
            String createdBy) {
        public static Item of(Bootstrap kept) {
            return new Item(
                    kept.name(),
                    kept.secret().isPresent() ? "login" : "certificate",
                    kept.devices(),
                    kept.most(),
                    kept.approves(),
                    kept.until().toString(),
                    kept.enrolled(),
                    kept.created().toString(),
                    kept.createdBy());
        }
    }
}
