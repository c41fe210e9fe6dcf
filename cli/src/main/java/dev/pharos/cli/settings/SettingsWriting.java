// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import dev.pharos.device.prplos.uci.UciAdoption;
import dev.pharos.device.prplos.uci.UciChange;
import dev.pharos.device.prplos.uci.UciPackage;
import dev.pharos.device.prplos.uci.UciSection;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes what the data model says of controllers into the file: options that change, and no others.
final class SettingsWriting {
    private static final String PASSWORD_FILE = "password_file";

    private final Map<EndpointId, UspSettings.Told> file;
    private final Set<String> taken;
    private final List<UciChange> changes = new ArrayList<>();
    private boolean secret;

    SettingsWriting(UciPackage content, Map<EndpointId, UspSettings.Told> file) {
        this.file = file;
        this.taken = content.sections().stream().map(UciSection::id).collect(Collectors.toCollection(HashSet::new));
    }

    /// Those that lead to what the data model says.
    List<UciChange> changes(Agreement agreement) {
        agreement.toFile().forEach((id, values) -> {
            UspSettings.Told section = file.get(id);
            if (section == null) {
                add(id, values);
            } else {
                values.forEach((field, items) -> set(section, field, items));
            }
        });
        // the last first, so that those before it are still called as they were
        agreement.removed().reversed().forEach(id -> {
            UspSettings.Told section = file.get(id);
            if (section != null) {
                changes.add(new UciChange.DeleteSection(section.section()));
            }
        });
        return List.copyOf(changes);
    }

    private void add(EndpointId id, Map<ControllerField, List<String>> values) {
        String name = UciAdoption.free(UspSettings.CONTROLLER, taken);
        taken.add(name);
        changes.add(new UciChange.AddSection(name, UspSettings.CONTROLLER));
        changes.add(new UciChange.SetOption(name, UspSettings.ENDPOINT, id.toString()));
        values.forEach((field, items) -> {
            if (!items.equals(field.usual())) {
                put(name, field.option(false), field, items);
            }
        });
    }

    private void set(UspSettings.Told section, ControllerField field, List<String> items) {
        String option = field.option(section.first());
        if (items.equals(field.usual()) && !section.first()) {
            if (section.options().containsKey(option)) {
                changes.add(new UciChange.DeleteOption(section.section(), option));
            }
            return;
        }
        put(section.section(), option, field, items);
        if (section.first() && field == ControllerField.URL) {
            shortForm(section, items);
        }
        if (section.first()
                && field == ControllerField.PASSWORD
                && section.options().containsKey(PASSWORD_FILE)) {
            changes.add(new UciChange.DeleteOption(section.section(), PASSWORD_FILE));
        }
    }

    private void put(String section, String option, ControllerField field, List<String> items) {
        secret |= field == ControllerField.PASSWORD && !items.isEmpty();
        changes.add(
                items.size() == 1
                        ? new UciChange.SetOption(section, option, items.getFirst())
                        : new UciChange.SetItems(section, option, items));
    }

    /// What else says something of the way must say the same.
    private void shortForm(UspSettings.Told section, List<String> urls) {
        for (String option : List.of(UspSettings.MTP, UspSettings.TLS)) {
            if (section.options().containsKey(option)) {
                String agreeing = urls.size() == 1 ? agreeing(option, urls.getFirst()) : "";
                changes.add(new UciChange.SetOption(section.section(), option, agreeing));
            }
        }
    }

    /// Empty where the option has no word for it.
    private static String agreeing(String option, String url) {
        String scheme = url.substring(0, url.indexOf(':'));
        if (scheme.equals("unix")) {
            return "";
        }
        boolean encrypted = scheme.endsWith("s") && !scheme.equals("ws");
        if (option.equals(UspSettings.TLS)) {
            return encrypted ? "1" : "0";
        }
        return scheme.startsWith("ws") ? "websocket" : scheme.startsWith("mqtt") ? "mqtt" : "stomp";
    }

    /// Has nobody but its owner read the file where a password was written to it.
    void hide(Path written) throws IOException {
        if (secret) {
            Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-------"));
        }
    }
}
