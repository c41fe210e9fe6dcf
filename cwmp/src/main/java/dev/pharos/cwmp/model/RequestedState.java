// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition.ParameterAccess;
import dev.pharos.datamodel.definition.ParameterDefinition.ValueChangeNotification;
import dev.pharos.datamodel.definition.ParameterType;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import java.util.Optional;

/// `RequestedState` of execution units: a parameter by which an ACS starts and stops them, where TR-181 has the command
/// SetRequestedState() for USP. It is read as the state into which a unit is going.
final class RequestedState {
    static final String NAME = "RequestedState";
    private static final String COMMAND = "SetRequestedState()";
    private static final String ACTIVE = "Active";
    private static final String IDLE = "Idle";
    static final ParameterDefinition DEFINITION = new ParameterDefinition(
            NAME,
            ParameterType.of(PrimitiveType.STRING),
            ParameterAccess.READ_WRITE,
            Optional.empty(),
            Optional.empty(),
            false,
            ValueChangeNotification.IGNORED,
            "");

    private RequestedState() {}

    static boolean isIn(ObjectInstance object) {
        return object.definition().command(COMMAND).isPresent();
    }

    /// The state into which a unit is going.
    static String of(ObjectInstance object) {
        return switch (object.value("Status").orElse("")) {
            case "Starting", "Active", "Restarting" -> ACTIVE;
            default -> IDLE;
        };
    }

    /// The unit whose state is at this path of the data model.
    static Optional<ObjectInstance> unit(Snapshot snapshot, String path) {
        return path.endsWith("." + NAME)
                ? snapshot.object(path.substring(0, path.length() - NAME.length()))
                        .filter(RequestedState::isIn)
                : Optional.empty();
    }

    /// Why a unit cannot be asked for a state; empty where it can.
    static Optional<String> objection(Snapshot snapshot, ObjectInstance unit, String state) {
        if (!state.equals(ACTIVE) && !state.equals(IDLE)) {
            return Optional.of("it must be Active or Idle");
        }
        String environment = unit.value("ExecutionEnvRef").orElse("");
        boolean disabled = snapshot.value(environment + (environment.endsWith(".") ? "" : ".") + "Enable")
                .filter("false"::equals)
                .isPresent();
        return state.equals(ACTIVE) && disabled
                ? Optional.of("the execution environment is disabled")
                : Optional.empty();
    }
}
