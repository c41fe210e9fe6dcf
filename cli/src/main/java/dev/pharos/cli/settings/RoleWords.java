// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import dev.pharos.agent.config.ControllerRole;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a controller may do, as the file says it and as references to rows of `Device.LocalAgent.ControllerTrust.Role.`
public final class RoleWords {
    private RoleWords() {}

    /// Whether it is one of the words for the roles that are shipped.
    public static boolean isWord(String text) {
        return List.of(ControllerRole.values()).stream()
                .anyMatch(role -> word(role).equals(text));
    }

    static String word(ControllerRole role) {
        return role.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @param assigned the references, with commas between
    static List<String> of(Snapshot snapshot, String assigned) {
        List<String> names = new ArrayList<>();
        for (String path : assigned.split(",", -1)) {
            if (!path.isEmpty()) {
                names.add(snapshot.value(path + ".Name").orElse(path));
            }
        }
        for (ControllerRole role : ControllerRole.values()) {
            if (Set.copyOf(role.names()).equals(Set.copyOf(names))) {
                return List.of(word(role));
            }
        }
        return List.copyOf(names);
    }

    /// @return the references, with commas between
    /// @throws UspException naming a Role that is not there
    static String references(Snapshot snapshot, List<String> words) {
        List<String> names = new ArrayList<>();
        for (String word : words) {
            List.of(ControllerRole.values()).stream()
                    .filter(role -> word(role).equals(word))
                    .findFirst()
                    .ifPresentOrElse(role -> names.addAll(role.names()), () -> names.add(word));
        }
        List<String> paths = new ArrayList<>();
        for (String name : names) {
            paths.add(snapshot.object("Device.LocalAgent.ControllerTrust.").stream()
                    .flatMap(trust -> trust.rows("Role").stream())
                    .filter(role -> role.value("Name").orElse("").equals(name))
                    .map(ObjectInstance::path)
                    .map(path -> path.substring(0, path.length() - 1))
                    .findFirst()
                    .orElseThrow(() -> new UspException(
                            StandardErrorCode.INVALID_VALUE,
                            "no role is called so; full, full-secured, read-only, untrusted or the Name of a Role: "
                                    + name)));
        }
        return String.join(",", paths);
    }
}
