// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.agent.access.Requester;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Rows that belong to the controller that made them and raise events for it alone: of tables of `Device.LocalAgent.`,
/// and the profiles of `Device.BulkData.`.
public final class OwnedRows {
    /// The reports that a device makes by itself.
    public static final String BULK_PROFILES = "Device.BulkData.Profile.";

    private static final List<String> TABLES =
            List.of(LocalAgentModel.THRESHOLDS, LocalAgentModel.WATCHDOGS, BULK_PROFILES);

    private OwnedRows() {}

    static List<ObjectInstance> of(Snapshot snapshot, String table) {
        return of(snapshot, LocalAgentModel.LOCAL_AGENT, table);
    }

    /// @param holder the path of the object that has the table
    public static List<ObjectInstance> of(Snapshot snapshot, String holder, String table) {
        return snapshot.object(holder).map(found -> found.rows(table)).orElse(List.of());
    }

    /// Whose row it is: the path of a row of `Device.LocalAgent.Controller.`.
    public static String owner(ObjectInstance row) {
        return row.value("Controller").orElse("") + ".";
    }

    /// Whether an event of this object is for this controller: for any, unless the object belongs to another.
    ///
    /// @param controller the path of its row
    public static boolean isFor(String controller, String objectPath, Snapshot snapshot) {
        return TABLES.stream().noneMatch(objectPath::startsWith)
                || snapshot.object(objectPath)
                        .filter(row -> owner(row).equals(controller))
                        .isPresent();
    }

    /// All rows of one controller.
    static Stream<ObjectInstance> ownedBy(Snapshot snapshot, String controller) {
        return TABLES.stream()
                .flatMap(path -> {
                    int table = path.lastIndexOf('.', path.length() - 2) + 1;
                    return of(snapshot, path.substring(0, table), path.substring(table, path.length() - 1)).stream();
                })
                .filter(row -> owner(row).equals(controller));
    }

    /// Makes a new row its creator's.
    public static void own(Transaction device, ObjectInstance row) {
        Requester creator = Requester.current()
                .orElseThrow(() -> new UspException(
                        StandardErrorCode.REQUEST_DENIED, "the row belongs to the controller that adds it"));
        device.set(
                row.path() + "Controller",
                creator.row().substring(0, creator.row().length() - 1));
    }

    /// Removes rows of controllers that the configuration no longer has.
    static void removeOrphans(DeviceContext context, String table) {
        removeOrphans(context, LocalAgentModel.LOCAL_AGENT, table, _ -> false);
    }

    /// @param holder the path of the object that has the table
    /// @param spared rows that belong to nobody who is a controller
    public static void removeOrphans(
            DeviceContext context, String holder, String table, Predicate<ObjectInstance> spared) {
        Predicate<ObjectInstance> orphaned = row ->
                !spared.test(row) && context.snapshot().object(owner(row)).isEmpty();
        if (of(context.snapshot(), holder, table).stream().noneMatch(orphaned)) {
            return;
        }
        context.update(transaction -> {
            of(transaction.snapshot(), holder, table).stream()
                    .filter(orphaned)
                    .forEach(row -> transaction.delete(row.path()));
            return transaction;
        });
    }
}
