// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.instance.ObjectInstance;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What an ACS finds in an object of the data model: its parameters, and those that TR-181 has for TR-069 in the place
/// of commands.
final class CommandParameters {
    private CommandParameters() {}

    static List<ParameterDefinition> of(ObjectInstance object) {
        List<ParameterDefinition> own = List.copyOf(object.definition().parameters());
        List<ParameterDefinition> besides = besides(object).toList();
        return besides.isEmpty()
                ? own
                : Stream.concat(own.stream(), besides.stream()).toList();
    }

    /// The same, by name.
    static Optional<ParameterDefinition> find(ObjectInstance object, String name) {
        return object.definition()
                .parameter(name)
                .or(() ->
                        besides(object).filter(each -> each.name().equals(name)).findFirst());
    }

    private static Stream<ParameterDefinition> besides(ObjectInstance object) {
        Stream<ParameterDefinition> state =
                RequestedState.isIn(object) ? Stream.of(RequestedState.DEFINITION) : Stream.empty();
        return AddedCertificate.isIn(object) ? Stream.concat(state, Stream.of(AddedCertificate.DEFINITION)) : state;
    }

    /// The value of a parameter of an object, as it stands there.
    static String value(ObjectInstance object, ParameterDefinition parameter) {
        return parameter.equals(RequestedState.DEFINITION)
                ? RequestedState.of(object)
                : object.value(parameter.name()).orElse("");
    }
}
