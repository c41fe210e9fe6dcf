// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.access;

import dev.pharos.agent.config.Limits;
import dev.pharos.datamodel.definition.ValueSyntax;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Reads who may do what from `Device.LocalAgent.ControllerTrust.` and the rows of
/// `Device.LocalAgent.Controller.`, so that a change there counts from the next request on. What was read is
/// kept for as long as neither of both changes. Thread-safe.
public final class AccessControl {
    public static final String TRUST = "Device.LocalAgent.ControllerTrust.";
    public static final String ROLES = TRUST + "Role.";

    private static final String CONTROLLERS = "Device.LocalAgent.Controller.";

    private final Map<String, Known> known = new ConcurrentHashMap<>(2);

    private record Known(Snapshot snapshot, ObjectInstance trust, ObjectInstance controller, Permissions permissions) {}

    /// What the controller of this row may do.
    public Permissions of(Snapshot snapshot, ObjectInstance controller) {
        Known last = known.get(controller.path());
        if (last != null && last.snapshot().equals(snapshot)) {
            return last.permissions();
        }
        Optional<ObjectInstance> trust = snapshot.object(TRUST);
        if (trust.isEmpty()) {
            return Permissions.NONE;
        }
        boolean same = last != null
                && last.trust().equals(trust.get())
                && last.controller().equals(controller);
        Permissions permissions =
                last != null && same ? last.permissions().in(snapshot) : read(snapshot, trust.get(), controller);
        if (last == null && known.size() >= Limits.CONTROLLERS) {
            // Rows that are gone.
            known.clear();
        }
        known.put(controller.path(), new Known(snapshot, trust.get(), controller, permissions));
        return permissions;
    }

    /// What the controller of this row may do.
    ///
    /// @param row `Device.LocalAgent.Controller.1.`
    public Permissions of(Snapshot snapshot, String row) {
        Optional<ObjectInstance> controller = snapshot.object(row);
        return controller.isEmpty() ? Permissions.NONE : of(snapshot, controller.get());
    }

    private static Permissions read(Snapshot snapshot, ObjectInstance trust, ObjectInstance controller) {
        if (isBanned(trust, controller)) {
            return Permissions.NONE;
        }
        List<String> secured = items(trust, "SecuredRoles");
        List<Role> roles = new ArrayList<>();
        List<Role> securedRoles = new ArrayList<>();
        for (String path : held(trust, controller)) {
            Role role = snapshot.object(path + ".").map(AccessControl::role).orElse(Role.EMPTY);
            if (!roles.contains(role)) {
                roles.add(role);
            }
            if (secured.contains(path) && !securedRoles.contains(role)) {
                securedRoles.add(role);
            }
        }
        return Permissions.of(roles, securedRoles, snapshot);
    }

    /// The Roles of a controller: those assigned and inherited, or the UntrustedRole where there is none.
    private static List<String> held(ObjectInstance trust, ObjectInstance controller) {
        List<String> held = new ArrayList<>(items(controller, "AssignedRole"));
        held.addAll(items(controller, "InheritedRole"));
        return held.isEmpty() ? items(trust, "UntrustedRole") : held;
    }

    /// Whether nothing is taken from this controller and nothing is sent to it.
    public static boolean isBanned(Snapshot snapshot, ObjectInstance controller) {
        return snapshot.object(TRUST)
                .filter(trust -> isBanned(trust, controller))
                .isPresent();
    }

    private static boolean isBanned(ObjectInstance trust, ObjectInstance controller) {
        String banned = trust.value("BannedRole").orElse("");
        return !banned.isEmpty() && held(trust, controller).contains(banned);
    }

    /// Items of a list of references, without their last dots.
    public static List<String> items(ObjectInstance object, String parameter) {
        return ValueSyntax.items(object.value(parameter).orElse(""));
    }

    /// A Role as its row says. One with an entry that cannot be read allows nothing.
    private static Role role(ObjectInstance row) {
        if (!isEnabled(row)) {
            return Role.EMPTY;
        }
        try {
            return Role.shared(row.rows("Permission").stream()
                    .filter(AccessControl::isEnabled)
                    .sorted(Comparator.comparingLong(AccessControl::order).reversed())
                    .map(AccessControl::entry)
                    .toList());
        } catch (UspException unreadable) {
            return Role.EMPTY;
        }
    }

    private static boolean isEnabled(ObjectInstance row) {
        return row.value("Enable").orElse("").equals("true");
    }

    private static long order(ObjectInstance permission) {
        try {
            return Long.parseLong(permission.value("Order").orElse("0"));
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private static RoleEntry entry(ObjectInstance permission) {
        return RoleEntry.of(
                permission.value("Targets").orElse(""),
                permission.value("Param").orElse(""),
                permission.value("Obj").orElse(""),
                permission.value("InstantiatedObj").orElse(""),
                permission.value("CommandEvent").orElse(""));
    }

    /// Refuses a Permission row whose targets or letters make no sense.
    ///
    /// @throws UspException 7012
    public static void check(ObjectInstance permission) {
        RoleEntry entry = entry(permission);
        if (entry.targets().size() > Limits.TARGETS_PER_PERMISSION) {
            throw new UspException(
                    StandardErrorCode.RESOURCES_EXCEEDED,
                    "at most " + Limits.TARGETS_PER_PERMISSION + " Targets: " + permission.path() + "Targets");
        }
    }

    /// Whether an enabled controller could give itself and others any rights: it may write Permissions and
    /// AssignedRole. As long as there is one, nobody is locked out for good.
    public boolean anyAdministrator(Snapshot snapshot) {
        return snapshot.object("Device.LocalAgent.").stream()
                .flatMap(agent -> agent.rows("Controller").stream())
                .filter(AccessControl::isEnabled)
                .map(controller -> snapshot.object(TRUST)
                        .map(trust -> read(snapshot, trust, controller))
                        .orElse(Permissions.NONE))
                .anyMatch(AccessControl::administers);
    }

    /// Asked of rows that no entry names one by one, so that rights on single rows do not count.
    private static boolean administers(Permissions permissions) {
        return permissions.allows(Right.ADD_ROW, ROLES)
                && permissions.allows(Right.ADD_ROW, ROLES + "0.Permission.")
                && permissions.allows(Right.WRITE_PARAMETER, ROLES + "0.Enable")
                && permissions.allows(Right.WRITE_PARAMETER, ROLES + "0.Permission.0.Targets")
                && permissions.allows(Right.WRITE_PARAMETER, ROLES + "0.Permission.0.Order")
                && permissions.allows(Right.WRITE_PARAMETER, ROLES + "0.Permission.0.Param")
                && permissions.allows(Right.WRITE_PARAMETER, CONTROLLERS + "0.AssignedRole");
    }
}
