// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition.ObjectAccess;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition.ParameterAccess;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.format.GatewayModel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The part of the gateway model that a host can answer for. Management can write nothing of it but what says
/// how the host is to be watched. Not even an Alias: all rows are made by the device, and an Alias never
/// changes once its row is there (R-KEY.1).
///
/// @param live paths of the parameters that are read from the host at each read
record BackedModel(SupportedDataModel supported, Set<String> live) {

    /// @param elements by supported object path, the names of what is backed, with `*` behind those that are
    ///     live, and `=` behind those that can be written as the gateway model says
    static BackedModel of(Map<String, String> elements) {
        Map<String, Set<String>> backed = new HashMap<>();
        Set<String> live = new HashSet<>();
        Set<String> writable = new HashSet<>();
        elements.forEach((object, words) -> {
            Set<String> names = backed.computeIfAbsent(object, o -> new HashSet<>());
            for (String word : words.strip().split("\\s+")) {
                boolean isLive = word.endsWith("*");
                boolean isWritable = word.endsWith("=");
                String name = isLive || isWritable ? word.substring(0, word.length() - 1) : word;
                names.add(name);
                if (isLive) {
                    live.add(object + name);
                } else if (isWritable) {
                    writable.add(object + name);
                }
            }
        });
        SupportedDataModel part = GatewayModel.load()
                .restrictedTo((object, element) -> !element.isEmpty()
                        && backed.getOrDefault(object, Set.of()).contains(element));
        mustHave(part, backed);
        List<ObjectDefinition> shown = part.objects().stream()
                .map(object -> readOnly(object, writable))
                .toList();
        return new BackedModel(SupportedDataModel.of(part.uri(), shown), Set.copyOf(live));
    }

    private static void mustHave(SupportedDataModel part, Map<String, Set<String>> backed) {
        backed.forEach((path, names) -> {
            ObjectDefinition object =
                    part.object(path).orElseThrow(() -> new IllegalStateException("not in the gateway model: " + path));
            names.stream()
                    .filter(name -> object.parameter(name).isEmpty()
                            && object.command(name).isEmpty()
                            && object.event(name).isEmpty())
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalStateException("not in the gateway model: " + path + name);
                    });
        });
    }

    private static ObjectDefinition readOnly(ObjectDefinition object, Set<String> writable) {
        return new ObjectDefinition(
                object.path(),
                ObjectAccess.READ_ONLY,
                object.uniqueKeys(),
                object.parameters().stream()
                        .map(parameter ->
                                writable.contains(object.path() + parameter.name()) ? parameter : readOnly(parameter))
                        .toList(),
                object.commands(),
                object.events(),
                object.description());
    }

    private static ParameterDefinition readOnly(ParameterDefinition parameter) {
        return !parameter.access().isWritable()
                ? parameter
                : new ParameterDefinition(
                        parameter.name(),
                        parameter.type(),
                        ParameterAccess.READ_ONLY,
                        parameter.reference(),
                        parameter.defaultValue(),
                        parameter.secured(),
                        parameter.notification(),
                        parameter.description());
    }
}
