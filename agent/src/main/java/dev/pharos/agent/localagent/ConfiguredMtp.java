// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A way to a controller that the agent's configuration names, and the Alias of the rows that show it. What management
/// writes in these rows counts until the configuration itself names other addresses.
///
/// @param order in which the controller's ways are tried, from 1
public record ConfiguredMtp(ControllerConfig controller, ControllerMtp mtp, int order, String alias) {
    private static final String ALIAS = "pharos-config-";

    /// All of a configuration, in its order.
    public static List<ConfiguredMtp> of(AgentConfig config) {
        List<ConfiguredMtp> all = new ArrayList<>(2);
        for (ControllerConfig controller : config.controllers()) {
            int order = 1;
            for (ControllerMtp mtp : controller.mtps()) {
                all.add(new ConfiguredMtp(controller, mtp, order++, ALIAS + (all.size() + 1)));
            }
        }
        return all;
    }

    /// Adds its row to a table.
    public String addTo(Transaction transaction, String table) {
        return transaction.add(table, Map.of("Alias", alias));
    }

    /// The path of its row in a table, without trailing dot.
    ///
    /// @throws java.util.NoSuchElementException where there is none
    String reference(List<ObjectInstance> rows) {
        String path = rows.stream()
                .filter(row -> row.value("Alias").orElse("").equals(alias))
                .findFirst()
                .orElseThrow()
                .path();
        return path.substring(0, path.length() - 1);
    }

    /// Deletes the rows that an earlier configuration made.
    public static void removeFrom(Transaction transaction, List<ObjectInstance> rows) {
        rows.stream()
                .filter(row -> row.value("Alias").orElse("").startsWith(ALIAS))
                .forEach(row -> transaction.delete(row.path()));
    }
}
