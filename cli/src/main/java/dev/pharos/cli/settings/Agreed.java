// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import dev.pharos.device.prplos.uci.UciFolders;
import dev.pharos.device.prplos.uci.UciListing;
import dev.pharos.device.prplos.uci.UciStore;
import dev.pharos.device.prplos.uci.UciValue;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the file and the data model said of controllers when they agreed last. Kept as a file of UCI that only its
/// owner reads, since it holds passwords as both do.
record Agreed(Map<EndpointId, ControllerEntry> file, Map<EndpointId, ControllerEntry> model) {
    static final Agreed NOTHING = new Agreed(Map.of(), Map.of());

    private static final String NAME = "usp-agreed";
    private static final String FILE = "file";
    private static final String MODEL = "model";

    boolean knows(EndpointId id) {
        return file.containsKey(id) || model.containsKey(id);
    }

    ControllerEntry file(EndpointId id) {
        return file.getOrDefault(id, ControllerEntry.NOTHING);
    }

    ControllerEntry model(EndpointId id) {
        return model.getOrDefault(id, ControllerEntry.NOTHING);
    }

    /// @return empty where nothing was kept yet
    /// @throws IOException where what was kept cannot be read
    static Optional<Agreed> read(Path folder) throws IOException {
        Path kept = folder.resolve(NAME);
        if (!Files.exists(kept)) {
            return Optional.empty();
        }
        Map<EndpointId, ControllerEntry> file = new LinkedHashMap<>();
        Map<EndpointId, ControllerEntry> model = new LinkedHashMap<>();
        try {
            for (UciListing.Section section : UciListing.read(kept).sections()) {
                ControllerEntry entry = ControllerEntry.NOTHING;
                String id = "";
                for (UciListing.Entry said : section.entries()) {
                    List<String> items = switch (said.value()) {
                        case UciValue.Text(String text) -> List.of(text);
                        case UciValue.Items(List<String> list) -> list;
                    };
                    Optional<ControllerField> field = ControllerField.of(said.name(), false);
                    if (field.isPresent()) {
                        // the first item stands for being said at all
                        entry = entry.with(field.get(), items.subList(1, items.size()));
                    } else {
                        id = items.getFirst();
                    }
                }
                (section.type().equals(FILE) ? file : model).put(EndpointId.parse(id), entry);
            }
        } catch (MalformedInputException broken) {
            throw new IOException(kept + " cannot be read: " + broken.detail(), broken);
        }
        return Optional.of(new Agreed(file, model));
    }

    void keep(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        file.forEach((id, entry) -> write(text, FILE, id, entry));
        model.forEach((id, entry) -> write(text, MODEL, id, entry));
        Files.createDirectories(folder);
        try {
            new UciStore(UciFolders.at(folder)).put(NAME, Bytes.ofUtf8(text.toString()));
        } catch (MalformedInputException unsayable) {
            throw new IOException("cannot be kept: " + unsayable.detail(), unsayable);
        }
    }

    private static void write(StringBuilder text, String type, EndpointId id, ControllerEntry entry) {
        text.append("config ").append(type).append('\n');
        text.append(line("option", UspSettings.ENDPOINT, id.toString()));
        entry.values().forEach((field, items) -> {
            text.append(line("list", field.option(false), "said"));
            items.forEach(item -> text.append(line("list", field.option(false), item)));
        });
    }

    /// One line of a section, quoted as UCI has it.
    static String line(String keyword, String name, String value) {
        return "\t" + keyword + " " + name + " '" + value.replace("'", "'\\''") + "'\n";
    }
}
