// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// An object that a device supports.
///
/// @param supportedObjPath with `{i}` for instances
public record SupportedObject(
        String supportedObjPath,

        @Schema(allowableValues = {"OBJ_READ_ONLY", "OBJ_ADD_DELETE", "OBJ_ADD_ONLY", "OBJ_DELETE_ONLY"})
        String access,

        boolean isMultiInstance,
        List<SupportedCommand> supportedCommands,
        List<SupportedEvent> supportedEvents,
        List<SupportedParam> supportedParams,
        List<String> divergentPaths,
        List<UniqueKeySet> uniqueKeySets) {

    public record SupportedCommand(
            String commandName,
            List<String> inputArgNames,
            List<String> outputArgNames,

            @Schema(allowableValues = {"CMD_UNKNOWN", "CMD_SYNC", "CMD_ASYNC"})
            String commandType) {}

    public record SupportedEvent(String eventName, List<String> argNames) {}

    public record SupportedParam(
            String paramName,

            @Schema(allowableValues = {"PARAM_READ_ONLY", "PARAM_READ_WRITE", "PARAM_WRITE_ONLY"})
            String access,

            @Schema(
                    allowableValues = {
                        "PARAM_UNKNOWN",
                        "PARAM_BASE_64",
                        "PARAM_BOOLEAN",
                        "PARAM_DATE_TIME",
                        "PARAM_DECIMAL",
                        "PARAM_HEX_BINARY",
                        "PARAM_INT",
                        "PARAM_LONG",
                        "PARAM_STRING",
                        "PARAM_UNSIGNED_INT",
                        "PARAM_UNSIGNED_LONG"
                    })
            String valueType,

            @Schema(allowableValues = {"VALUE_CHANGE_UNKNOWN", "VALUE_CHANGE_ALLOWED", "VALUE_CHANGE_WILL_IGNORE"})
            String valueChange) {}

    public record UniqueKeySet(List<String> keyNames) {}
}
