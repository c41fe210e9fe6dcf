// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Fault;
import dev.pharos.usp.Frozen;
import java.util.Map;

/// What a Notify tells.
public sealed interface Notification {

    /// @param objPath the object that owns the event
    /// @param eventName relative, with its `!`
    record Event(String objPath, String eventName, Map<String, String> params) implements Notification {
        public Event {
            params = Frozen.map(params);
        }
    }

    record ValueChange(String paramPath, String paramValue) implements Notification {}

    record ObjectCreation(String objPath, Map<String, String> uniqueKeys) implements Notification {
        public ObjectCreation {
            uniqueKeys = Frozen.map(uniqueKeys);
        }
    }

    record ObjectDeletion(String objPath) implements Notification {}

    /// @param objPath the object that owns the command
    /// @param commandName relative, with its `()`
    record OperationComplete(String objPath, String commandName, String commandKey, OperationResult result)
            implements Notification {}

    record OnBoardRequest(String oui, String productClass, String serialNumber, String agentSupportedProtocolVersions)
            implements Notification {}

    /// How an asynchronous command ended.
    sealed interface OperationResult {}

    record OutputArgs(Map<String, String> outputArgs) implements OperationResult {
        public OutputArgs {
            outputArgs = Frozen.map(outputArgs);
        }
    }

    record CommandFailure(Fault fault) implements OperationResult {}
}
