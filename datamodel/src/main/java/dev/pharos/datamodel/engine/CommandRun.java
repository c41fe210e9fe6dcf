// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import dev.pharos.datamodel.definition.ArgumentDefinition;
import dev.pharos.datamodel.definition.CommandDefinition;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.definition.ValueSyntax;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.usp.Frozen;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;

/// One command of one object, found and ready to run.
final class CommandRun {
    private static final Logger LOG = System.getLogger(CommandRun.class.getName());

    private final ServiceElement element;
    private final ObjectInstance object;
    private final CommandDefinition command;

    /// @throws UspException 7026 where the model has no such command, 7016 where the object does not exist
    CommandRun(TreeSnapshot snapshot, String commandPath) {
        int dot = commandPath.lastIndexOf('.') + 1;
        String objectPath = commandPath.substring(0, dot);
        Location location = Location.of(snapshot.model(), objectPath)
                .filter(l -> l.table() == null)
                .orElseThrow(() -> new UspException(StandardErrorCode.INVALID_PATH, "not supported: " + commandPath));
        this.command = location.layout()
                .definition
                .command(commandPath.substring(dot))
                .orElseThrow(() -> new UspException(StandardErrorCode.INVALID_PATH, "not supported: " + commandPath));
        this.object = snapshot.object(objectPath)
                .orElseThrow(() ->
                        new UspException(StandardErrorCode.OBJECT_DOES_NOT_EXIST, "does not exist: " + objectPath));
        this.element = snapshot.elements().get(location.layout().backer(command.name()));
    }

    Map<String, String> run(Map<String, String> inputs) throws InterruptedException {
        CommandCall call = new CommandCall(object, command, checked(inputs));
        try {
            return Frozen.map(element.operate(call));
        } catch (UspException failed) {
            throw failed;
        } catch (RuntimeException defect) {
            LOG.log(Level.ERROR, "a service element failed to run " + object.path() + command.name(), defect);
            throw new UspException(StandardErrorCode.INTERNAL_ERROR, command.name() + " failed: " + defect);
        }
    }

    /// Those inputs that the command knows (R-OPR.6), each of its type; all mandatory ones are there
    /// (R-OPR.5).
    private Map<String, String> checked(Map<String, String> inputs) {
        Map<String, String> known = new LinkedHashMap<>();
        for (ArgumentDefinition argument : command.inputs()) {
            boolean found = false;
            for (Map.Entry<String, String> input : inputs.entrySet()) {
                if (SupportedDataModel.supportedPath(input.getKey()).equals(argument.name())) {
                    found = true;
                    known.put(input.getKey(), value(argument, input.getValue()));
                }
            }
            if (argument.mandatory() && !found) {
                throw new UspException(
                        StandardErrorCode.INVALID_COMMAND_ARGUMENTS,
                        command.name() + " needs the argument " + argument.name());
            }
        }
        return known;
    }

    private String value(ArgumentDefinition argument, String value) {
        try {
            return ValueSyntax.canonical(argument.type(), value);
        } catch (UspException wrong) {
            throw new UspException(
                    StandardErrorCode.INVALID_COMMAND_ARGUMENTS,
                    command.name() + " " + argument.name() + ": "
                            + wrong.fault().errMsg());
        }
    }
}
