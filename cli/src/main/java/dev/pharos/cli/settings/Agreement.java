// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import dev.pharos.usp.EndpointId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What to do where the file and the data model say something else of controllers, by what both said last: whoever has
/// changed since is followed, and the file where both have. When the agent starts, whatever the file says counts, since
/// it may have made the rows anew.
///
/// @param toModel by controller, what the data model is to say; empty where it is to be there
/// @param toFile the same for the file
/// @param leaving controllers that the data model is to lose, since the file has
/// @param removed controllers that the file is to lose, since the data model has
record Agreement(
        Map<EndpointId, Map<ControllerField, List<String>>> toModel,
        Map<EndpointId, Map<ControllerField, List<String>>> toFile,
        List<EndpointId> leaving,
        List<EndpointId> removed) {

    /// @param last what each of them said when they agreed last
    static Agreement between(
            Map<EndpointId, UspSettings.Told> file,
            Map<EndpointId, ControllerEntry> model,
            Agreed last,
            boolean starting) {
        Agreement agreement =
                new Agreement(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
        file.forEach((id, told) -> {
            Optional<ControllerEntry> row = Optional.ofNullable(model.get(id));
            if (row.isPresent()) {
                agreement.compare(id, told, row.get(), last, starting);
            } else if (!last.knows(id) || starting || told.first()) {
                agreement.toModel.put(id, all(told.entry()));
            } else {
                agreement.removed.add(id);
            }
        });
        model.forEach((id, row) -> {
            if (!file.containsKey(id)) {
                if (last.knows(id)) {
                    agreement.leaving.add(id);
                } else {
                    agreement.toFile.put(id, all(row));
                }
            }
        });
        return agreement;
    }

    /// What both say once all of it is done.
    Agreed reached(Map<EndpointId, UspSettings.Told> file, Map<EndpointId, ControllerEntry> model) {
        Map<EndpointId, ControllerEntry> said = new LinkedHashMap<>();
        file.forEach((id, told) -> said.put(id, told.entry()));
        Map<EndpointId, ControllerEntry> shown = new LinkedHashMap<>(model);
        toFile.forEach((id, values) -> said.merge(id, new ControllerEntry(values), ControllerEntry::with));
        toModel.forEach((id, values) -> shown.merge(id, new ControllerEntry(values), ControllerEntry::with));
        removed.forEach(said::remove);
        leaving.forEach(shown::remove);
        return new Agreed(said, shown);
    }

    /// Of whom they do not say the same.
    Set<EndpointId> controllers() {
        Set<EndpointId> all = new HashSet<>(toModel.keySet());
        all.addAll(toFile.keySet());
        all.addAll(leaving);
        all.addAll(removed);
        return all;
    }

    /// With what is as usual, since a new row may begin otherwise.
    private static Map<ControllerField, List<String>> all(ControllerEntry entry) {
        Map<ControllerField, List<String>> all = new EnumMap<>(ControllerField.class);
        for (ControllerField field : ControllerField.values()) {
            if (!field.isOfBroker() || entry.says(field)) {
                all.put(field, entry.get(field));
            }
        }
        return all;
    }

    private void compare(EndpointId id, UspSettings.Told told, ControllerEntry row, Agreed last, boolean starting) {
        ControllerEntry file = told.entry();
        boolean urlFromFile = false;
        for (ControllerField field : ControllerField.values()) {
            boolean shown = !field.isOfBroker() || row.says(field) || (urlFromFile && file.hasBroker());
            if (!shown || told.unreadable().contains(field) || file.get(field).equals(row.get(field))) {
                continue;
            }
            boolean byFile = !file.get(field).equals(last.file(id).get(field)) || (starting && file.says(field));
            if (byFile && !isLeftToStart(field, told)) {
                toModel.computeIfAbsent(id, _ -> new EnumMap<>(ControllerField.class))
                        .put(field, file.get(field));
                urlFromFile |= field == ControllerField.URL;
            } else if (!row.get(field).equals(last.model(id).get(field)) && !isLastWord(field, told, row)) {
                toFile.computeIfAbsent(id, _ -> new EnumMap<>(ControllerField.class))
                        .put(field, row.get(field));
            }
        }
    }

    /// Where the section `config usp` is silent, the first controller has the role that its connection gives it, and
    /// the login that the agent was started with.
    private static boolean isLeftToStart(ControllerField field, UspSettings.Told told) {
        boolean given =
                field == ControllerField.ROLE || field == ControllerField.USERNAME || field == ControllerField.PASSWORD;
        return given && told.first() && !told.entry().says(field);
    }

    /// A file that names no way would have no agent started next time.
    private static boolean isLastWord(ControllerField field, UspSettings.Told told, ControllerEntry row) {
        return field == ControllerField.URL && told.first() && row.get(field).isEmpty();
    }
}
