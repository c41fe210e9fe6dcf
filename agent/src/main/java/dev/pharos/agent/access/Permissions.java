// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.access;

import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.Frozen;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What one controller may do: the union of what its Roles allow. Immutable, but for what search expressions
/// in Targets lead to, which is looked up once in the snapshot that these permissions belong to.
public final class Permissions {
    /// Nothing at all.
    public static final Permissions NONE = new Permissions(List.of(), List.of(), null);

    /// Everything but what is secured: of whoever administers the device itself.
    public static final Permissions ADMINISTRATOR = new Permissions(
            List.of(new Role(List.of(RoleEntry.of("Device.", "rwxn", "rwxn", "rwxn", "rwxn")))), List.of(), null);

    private static final Set<String> NOWHERE = Set.of();

    private final List<Role> roles;
    private final List<Role> secured;
    private final @Nullable Snapshot snapshot;
    private final @Nullable ObjectRights everywhere;
    private final Map<RoleTarget, Set<String>> lookups = new ConcurrentHashMap<>(0);
    private final Role.Found found = this::lookUp;

    private Permissions(List<Role> roles, List<Role> secured, @Nullable Snapshot snapshot) {
        this.roles = Frozen.list(roles);
        this.secured = Frozen.list(secured);
        this.snapshot = snapshot;
        this.everywhere = uniform(roles);
    }

    /// @param secured those of the roles that are SecuredRoles
    static Permissions of(List<Role> roles, List<Role> secured, Snapshot snapshot) {
        boolean looksUp = roles.stream().anyMatch(Role::looksUp);
        return new Permissions(roles, secured, looksUp ? snapshot : null);
    }

    private static @Nullable ObjectRights uniform(List<Role> roles) {
        int rights = 0;
        boolean uniform = true;
        for (Role role : roles) {
            uniform &= role.isUniform();
            rights |= role.isUniform() ? role.uniformRights() : 0;
        }
        boolean all = rights == (1 << Right.values().length) - 1;
        return uniform || all ? new ObjectRights(rights, Map.of()) : null;
    }

    /// The same rights, with Targets looked up in this snapshot.
    public Permissions in(Snapshot other) {
        return snapshot == null || snapshot.equals(other) ? this : new Permissions(roles, secured, other);
    }

    /// Whether these come from the same Roles, whatever their Targets lead to at the moment.
    public boolean sameRoles(Permissions other) {
        return roles.equals(other.roles) && secured.equals(other.secured);
    }

    /// A mark of the Roles, whatever their Targets lead to at the moment: the same Roles have the same, also after a
    /// restart.
    public String mark() {
        try {
            byte[] all = (roles + " " + secured).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Set<String> lookUp(RoleTarget target) {
        return target.lookup().isEmpty() ? NOWHERE : lookups.computeIfAbsent(target, this::resolve);
    }

    private Set<String> resolve(RoleTarget target) {
        PathName path = target.lookup().orElseThrow();
        Snapshot here = snapshot;
        if (here == null) {
            return NOWHERE;
        }
        Set<String> objects = new HashSet<>();
        try {
            here.resolve(path.object(), Snapshot.Visibility.ALL).forEach(object -> objects.add(object.path()));
            if (path.isObject() && objects.isEmpty()) {
                here.resolveTables(path, Snapshot.Visibility.ALL).forEach(table -> objects.add(table.path()));
            }
        } catch (UspException _) {
            // It leads nowhere in this device.
        }
        return objects;
    }

    /// The rights on an object.
    ///
    /// @param objectPath with instance numbers and trailing dot; of an object, row or table
    public ObjectRights on(String objectPath) {
        if (everywhere != null) {
            return everywhere;
        }
        if (roles.isEmpty()) {
            return ObjectRights.NONE;
        }
        return rights(roles, objectPath);
    }

    private ObjectRights rights(List<Role> of, String objectPath) {
        if (of.size() == 1) {
            Map<String, Integer> leaves = new HashMap<>(0);
            return new ObjectRights(of.getFirst().rights(objectPath, found, leaves), leaves);
        }
        int own = 0;
        int[] owns = new int[of.size()];
        List<Map<String, Integer>> each = new ArrayList<>(of.size());
        Set<String> names = new HashSet<>();
        for (int i = 0; i < owns.length; i++) {
            Map<String, Integer> leaves = new HashMap<>(0);
            owns[i] = of.get(i).rights(objectPath, found, leaves);
            own |= owns[i];
            each.add(leaves);
            names.addAll(leaves.keySet());
        }
        Map<String, Integer> leaves = new HashMap<>(names.size());
        for (String name : names) {
            int rights = 0;
            for (int i = 0; i < owns.length; i++) {
                rights |= each.get(i).getOrDefault(name, owns[i]);
            }
            leaves.put(name, rights);
        }
        return new ObjectRights(own, leaves);
    }

    /// @param path of a parameter, object, table, row, command or event: instantiated, or in supported form
    ///     where the question is about the supported data model, which shows what any row may have
    public boolean allows(Right right, String path) {
        return allows(roles, everywhere, right, path);
    }

    private boolean allows(List<Role> of, @Nullable ObjectRights uniform, Right right, String path) {
        if (uniform != null) {
            return uniform.allows(right);
        }
        int dot = path.lastIndexOf('.') + 1;
        String objectPath = path.substring(0, dot);
        String leaf = path.substring(dot);
        if (objectPath.indexOf('{') >= 0) {
            int rights = 0;
            for (Role role : of) {
                rights |= role.anyRights(objectPath, leaf, found);
            }
            return (rights & right.bit()) != 0;
        }
        ObjectRights rights = rights(of, objectPath);
        return leaf.isEmpty() ? rights.allows(right) : rights.allows(right, leaf);
    }

    /// Whether a secret is shown in clear: one of the SecuredRoles that the controller holds lets it be read.
    public boolean showsSecured(String parameterPath) {
        return !secured.isEmpty() && allows(secured, null, Right.READ_PARAMETER, parameterPath);
    }

    /// What a search expression of this controller may look at: nothing that it may not read, and no secrets
    /// (R-GIN.0); and what a reference that it writes may lead to.
    public Snapshot.Visibility readable() {
        return new Snapshot.Visibility() {
            @Override
            public boolean parameter(ObjectInstance object, String parameter) {
                if (!on(object.path()).allows(Right.READ_PARAMETER, parameter)) {
                    return false;
                }
                return object.definition()
                        .parameter(parameter)
                        .map(definition -> !definition.secured() || showsSecured(object.path() + parameter))
                        .orElse(true);
            }

            @Override
            public boolean object(ObjectInstance object) {
                ObjectRights rights = on(object.path());
                return rights.allows(Right.READ_OBJECT) || rights.allows(Right.READ_ROW);
            }
        };
    }

    /// The value as this controller may see it: secrets are empty text.
    public String shown(String objectPath, ParameterDefinition definition, String value) {
        return definition.secured() && !showsSecured(objectPath + definition.name()) ? "" : value;
    }

    /// The object's value as this controller may see it.
    public String shown(ObjectInstance object, String parameter, String value) {
        return object.definition()
                .parameter(parameter)
                .map(definition -> shown(object.path(), definition, value))
                .orElse(value);
    }

    @Override
    public String toString() {
        return roles.size() + " roles";
    }
}
