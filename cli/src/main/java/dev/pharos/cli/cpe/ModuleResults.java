// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.FaultCode;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.DuIdentity;
import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.cwmp.rpc.DuResult;
import dev.pharos.cwmp.rpc.DuState;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.TransferOutcome;
import dev.pharos.device.modules.Downgrade;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/// How operations on deployment units have ended, in the words of TR-069.
final class ModuleResults {
    private static final String UPDATE = "Update";

    private ModuleResults() {}

    /// What `DUStateChange!` calls an operation.
    static String name(DuOperation operation) {
        return switch (operation) {
            case DuOperation.Install _ -> "Install";
            case DuOperation.Update _ -> UPDATE;
            case DuOperation.Uninstall _ -> "Uninstall";
        };
    }

    static String uuid(DuOperation operation) {
        return switch (operation) {
            case DuOperation.Install install -> install.uuid();
            case DuOperation.Update update -> update.uuid();
            case DuOperation.Uninstall uninstall -> uninstall.uuid();
        };
    }

    private static String version(DuOperation operation) {
        return switch (operation) {
            case DuOperation.Install _ -> "";
            case DuOperation.Update update -> update.version();
            case DuOperation.Uninstall uninstall -> uninstall.version();
        };
    }

    /// By the arguments of `DUStateChange!`.
    static DuResult of(Map<String, String> event) {
        int code = number(event.getOrDefault("Fault.FaultCode", "0"));
        String why = event.getOrDefault("Fault.FaultString", "");
        FaultStruct fault = code == 0
                ? FaultStruct.NONE
                : new FaultStruct(fault(code, event.getOrDefault("OperationPerformed", ""), why), why);
        return new DuResult(
                new DuIdentity(
                        event.getOrDefault("UUID", ""),
                        event.getOrDefault("DeploymentUnitRef", ""),
                        event.getOrDefault("Version", "")),
                state(event.getOrDefault("CurrentState", "")),
                event.getOrDefault("Resolved", "false").equals("true"),
                event.getOrDefault("ExecutionUnitRefList", ""),
                new TransferOutcome(fault, time(event, "StartTime"), time(event, "CompleteTime")));
    }

    private static int number(String code) {
        return code.matches("[0-9]{1,9}") ? Integer.parseInt(code) : 0;
    }

    private static DuState state(String word) {
        return Arrays.stream(DuState.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElse(DuState.FAILED);
    }

    private static CwmpTime time(Map<String, String> event, String name) {
        return new CwmpTime(event.getOrDefault(name, CwmpTime.UNKNOWN.text()));
    }

    /// Of an operation that could not even be begun.
    static DuResult refused(DuOperation operation, FaultCode code, String why, Instant now) {
        return new DuResult(
                new DuIdentity(uuid(operation), "", version(operation)),
                DuState.FAILED,
                false,
                "",
                new TransferOutcome(new FaultStruct(code, why), CwmpTime.of(now), CwmpTime.UNKNOWN));
    }

    /// The code of TR-069 for one that `DUStateChange!` has.
    ///
    /// @param why what it says besides
    static FaultCode fault(int code, String operation, String why) {
        if (operation.equals(UPDATE) && Downgrade.isMeant(code, why)) {
            return StandardFaultCode.DOWNGRADE_NOT_PERMITTED;
        }
        return switch (code) {
            case 7004, 7022, 7027 -> StandardFaultCode.INVALID_ARGUMENTS;
            case 7005 -> StandardFaultCode.RESOURCES_EXCEEDED;
            case 7003 -> StandardFaultCode.INTERNAL_ERROR;
            case 7012 -> StandardFaultCode.DISABLED_EXECUTION_ENVIRONMENT;
            case 7033 -> StandardFaultCode.UNABLE_TO_CONTACT_FILE_SERVER;
            case 7034 -> StandardFaultCode.FILE_SERVER_AUTHENTICATION_FAILURE;
            // 9019, a file that nobody has signed, is for Download alone
            case 7035, 7036 -> StandardFaultCode.FILE_CORRUPTED;
            case 7223 -> StandardFaultCode.UNKNOWN_EXECUTION_ENVIRONMENT;
            case 7225 -> StandardFaultCode.EXECUTION_ENVIRONMENT_MISMATCH;
            case 7226 ->
                operation.equals(UPDATE)
                        ? StandardFaultCode.VERSION_ALREADY_EXISTS
                        : StandardFaultCode.DUPLICATE_DEPLOYMENT_UNIT;
            case 7227 -> StandardFaultCode.SYSTEM_RESOURCES_EXCEEDED;
            case 7229, 7230 -> StandardFaultCode.INVALID_DEPLOYMENT_UNIT_STATE;
            default -> StandardFaultCode.REQUEST_DENIED;
        };
    }
}
