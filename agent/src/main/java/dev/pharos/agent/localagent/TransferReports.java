// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.Fault;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.Notification.OperationComplete;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What `Device.LocalAgent.TransferComplete!` tells of a command that has brought a file to the device or away from it,
/// whichever object has it.
final class TransferReports {
    private static final int LONGEST_FAULT = 256;
    private static final int LONGEST_URL = 2_048;

    private static final String DOWNLOAD = "Download";
    private static final String UPLOAD = "Upload";

    /// The transfer that a command is, by its name.
    private static final Map<String, String> TYPES = Map.of(
            "Download()", DOWNLOAD,
            "Restore()", DOWNLOAD,
            "Upload()", UPLOAD,
            "Backup()", UPLOAD);

    private TransferReports() {}

    /// @return the arguments of the event; empty where the command transfers nothing
    static Optional<Map<String, String>> of(EndedCommand ended, Snapshot snapshot, Clock clock) {
        OperationComplete complete = ended.complete();
        String name = complete.commandName();
        String type = TYPES.get(name);
        if (type == null) {
            return Optional.empty();
        }
        Optional<Fault> fault = complete.result() instanceof Notification.CommandFailure failure
                ? Optional.of(failure.fault())
                : Optional.empty();
        String object = complete.objPath();
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("Command", object + name);
        arguments.put("CommandKey", complete.commandKey());
        arguments.put(
                "Requestor",
                ControllerElement.row(snapshot, ended.originator())
                        .map(row -> reference(row.path()))
                        .orElse(""));
        arguments.put("TransferType", type);
        arguments.put("Affected", reference(object));
        arguments.put("TransferURL", bounded(ended.inputs().getOrDefault("URL", ""), LONGEST_URL));
        arguments.put("StartTime", seconds(ended.started()));
        arguments.put("CompleteTime", seconds(clock.instant()));
        arguments.put(
                "FaultCode",
                fault.map(found -> Integer.toString(found.errCode().code())).orElse("0"));
        arguments.put("FaultString", bounded(fault.map(Fault::errMsg).orElse(""), LONGEST_FAULT));
        String sum = ended.inputs().getOrDefault("CheckSum", "");
        arguments.put(
                "CheckSumAlgorithm",
                sum.isEmpty() ? "Unknown" : ended.inputs().getOrDefault("CheckSumAlgorithm", "Unknown"));
        arguments.put("CheckSum", sum);
        return Optional.of(arguments);
    }

    private static String reference(String path) {
        return path.endsWith(".") ? path.substring(0, path.length() - 1) : path;
    }

    private static String bounded(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private static String seconds(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond()).toString();
    }
}
