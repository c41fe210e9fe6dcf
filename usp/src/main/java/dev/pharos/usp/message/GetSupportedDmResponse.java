// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Fault;
import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.Optional;

/// The answer to GetSupportedDM, one entry for each requested path.
public record GetSupportedDmResponse(List<RequestedObjectResult> requestedObjectResults) implements Response {
    public GetSupportedDmResponse {
        requestedObjectResults = Frozen.list(requestedObjectResults);
    }

    public record RequestedObjectResult(
            String reqObjPath, Optional<Fault> fault, String dataModelInstUri, List<SupportedObject> supportedObjects) {
        public RequestedObjectResult {
            supportedObjects = Frozen.list(supportedObjects);
        }
    }

    /// @param supportedObjPath with `{i}` for instances and a trailing dot
    /// @param divergentPaths the rows whose models differ, so that each must be asked for by itself
    public record SupportedObject(
            String supportedObjPath,
            ObjectAccess access,
            boolean isMultiInstance,
            List<SupportedCommand> supportedCommands,
            List<SupportedEvent> supportedEvents,
            List<SupportedParameter> supportedParams,
            List<String> divergentPaths,
            List<UniqueKeySet> uniqueKeySets) {
        public SupportedObject {
            supportedCommands = Frozen.list(supportedCommands);
            supportedEvents = Frozen.list(supportedEvents);
            supportedParams = Frozen.list(supportedParams);
            divergentPaths = Frozen.list(divergentPaths);
            uniqueKeySets = Frozen.list(uniqueKeySets);
        }
    }

    public record SupportedParameter(
            String paramName, ParameterAccess access, ParameterValueType valueType, ValueChangeType valueChange) {}

    public record SupportedCommand(
            String commandName, List<String> inputArgNames, List<String> outputArgNames, CommandType commandType) {
        public SupportedCommand {
            inputArgNames = Frozen.list(inputArgNames);
            outputArgNames = Frozen.list(outputArgNames);
        }
    }

    public record SupportedEvent(String eventName, List<String> argNames) {
        public SupportedEvent {
            argNames = Frozen.list(argNames);
        }
    }

    public record UniqueKeySet(List<String> keyNames) {
        public UniqueKeySet {
            keyNames = Frozen.list(keyNames);
        }
    }

    // The order of the constants below is the number on the wire.

    public enum ObjectAccess {
        READ_ONLY,
        ADD_DELETE,
        ADD_ONLY,
        DELETE_ONLY
    }

    public enum ParameterAccess {
        READ_ONLY,
        READ_WRITE,
        WRITE_ONLY
    }

    public enum ParameterValueType {
        UNKNOWN,
        BASE_64,
        BOOLEAN,
        DATE_TIME,
        DECIMAL,
        HEX_BINARY,
        INT,
        LONG,
        STRING,
        UNSIGNED_INT,
        UNSIGNED_LONG
    }

    public enum ValueChangeType {
        UNKNOWN,
        ALLOWED,
        WILL_IGNORE
    }

    public enum CommandType {
        UNKNOWN,
        SYNC,
        ASYNC
    }
}
