// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.access;

import dev.pharos.usp.Frozen;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A Role that an agent has when it leaves the factory, from `roles.txt`.
///
/// @param uses of the Role beside being assigned: `untrusted`, `banned`, `secured`
/// @param entries in their Order, from 1 on
public record PredefinedRole(String name, List<String> uses, List<Entry> entries) {
    private static final String RESOURCE = "roles.txt";

    public PredefinedRole {
        uses = Frozen.list(uses);
        entries = Frozen.list(entries);
    }

    /// One Permission.
    public record Entry(String targets, String param, String obj, String instantiatedObj, String commandEvent) {}

    /// Those that are shipped, the first with all rights.
    public static List<PredefinedRole> shipped() {
        return Shipped.ROLES;
    }

    private static final class Shipped {
        static final List<PredefinedRole> ROLES = load();

        private static List<PredefinedRole> load() {
            try (InputStream in = PredefinedRole.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("the agent was built without " + RESOURCE);
                }
                return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /// Reads lines `role NAME`, with ` : USE` after the name where it has one, each followed by indented
    /// lines `TARGETS PARAM OBJ INSTANTIATEDOBJ COMMANDEVENT`. Empty lines and those that begin with `#` say
    /// nothing.
    static List<PredefinedRole> read(BufferedReader lines) throws IOException {
        List<PredefinedRole> roles = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("role ")) {
                String[] parts = line.substring("role ".length()).split(" : ", 2);
                List<String> uses = parts.length == 2 ? List.of(parts[1].strip().split(" ")) : List.of();
                roles.add(new PredefinedRole(parts[0].strip(), uses, List.of()));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                String[] words = line.strip().split(" +");
                if (words.length != 5 || roles.isEmpty()) {
                    throw new IOException("not a permission of a role: " + line);
                }
                PredefinedRole role = roles.removeLast();
                List<Entry> entries = new ArrayList<>(role.entries());
                entries.add(new Entry(words[0], words[1], words[2], words[3], words[4]));
                roles.add(new PredefinedRole(role.name(), role.uses(), entries));
            }
        }
        return List.copyOf(roles);
    }
}
