// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.access;

import dev.pharos.agent.access.RoleTarget.Extent;
import dev.pharos.agent.config.Limits;
import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// An enabled Role: of its entries the first that covers an element decides, all by itself (TR-181: the
/// highest Order). What none covers is not allowed.
///
/// @param entries the highest Order first
record Role(List<RoleEntry> entries) {
    /// One that allows nothing.
    static final Role EMPTY = new Role(List.of());

    /// Agents of a kind have the same roles.
    private static final Map<List<RoleEntry>, Role> SHARED = new ConcurrentHashMap<>();

    Role {
        entries = Frozen.list(entries);
    }

    static Role shared(List<RoleEntry> entries) {
        Role same = SHARED.get(entries);
        if (same != null) {
            return same;
        }
        Role role = new Role(entries);
        if (SHARED.size() < Limits.SHARED_ROLES) {
            SHARED.put(role.entries(), role);
        }
        return role;
    }

    /// Where search expressions of targets lead.
    interface Found extends Function<RoleTarget, Set<String>> {}

    /// Whether any target has to be looked up.
    boolean looksUp() {
        return entries.stream()
                .flatMap(entry -> entry.targets().stream())
                .anyMatch(target -> target.lookup().isPresent());
    }

    /// Whether all of the data model gets the same rights.
    boolean isUniform() {
        return entries.isEmpty() || entries.getFirst().coversEverything();
    }

    /// What a uniform role gives.
    int uniformRights() {
        return entries.isEmpty() ? 0 : entries.getFirst().rights();
    }

    /// The rights on an object and on whatever it holds that is not in `leaves`.
    ///
    /// @param leaves gets the rights on elements of this object that have an entry of their own
    int rights(String objectPath, Found found, Map<String, Integer> leaves) {
        for (RoleEntry entry : entries) {
            for (RoleTarget target : entry.targets()) {
                Set<String> objects = found.apply(target);
                if (target.covers(objectPath, objects) == Extent.ALL) {
                    return entry.rights();
                }
                if (target.holdsLeaf(objectPath, objects) == Extent.ALL) {
                    leaves.putIfAbsent(target.leaf(), entry.rights());
                }
            }
        }
        return 0;
    }

    /// The rights that there may be on any of the objects that a path in supported form stands for, so that
    /// the supported data model shows what some row may have.
    ///
    /// @param leaf of the object; empty for the object itself
    int anyRights(String supportedPath, String leaf, Found found) {
        int rights = 0;
        for (RoleEntry entry : entries) {
            Extent extent = Extent.NONE;
            for (RoleTarget target : entry.targets()) {
                Set<String> objects = found.apply(target);
                extent = extent.or(target.covers(supportedPath, objects));
                if (!leaf.isEmpty() && target.leaf().equals(leaf)) {
                    extent = extent.or(target.holdsLeaf(supportedPath, objects));
                }
            }
            switch (extent) {
                case ALL -> {
                    return rights | entry.rights();
                }
                case SOME -> rights |= entry.rights();
                case NONE -> {}
            }
        }
        return rights;
    }
}
