// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.FaultCode;
import dev.pharos.cwmp.model.CwmpNames;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.UspError;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Faults of TR-069 in the words of USP.
public final class FaultMeaning {
    private FaultMeaning() {}

    /// A fault as people read it, with those of single parameters.
    public static String sentence(CwmpFault fault) {
        StringBuilder text = new StringBuilder(words(fault.fault()));
        fault.parameterFaults()
                .forEach(each -> text.append("; ")
                        .append(CwmpNames.inModel(each.parameterName()))
                        .append(": ")
                        .append(words(each.fault())));
        return text.toString();
    }

    /// What a device says over USP, as people read it, with what it says of single parameters.
    public static String sentence(UspError error) {
        StringBuilder text = new StringBuilder(error.fault().toString());
        error.parameterErrors()
                .forEach(each ->
                        text.append("; ").append(each.paramPath()).append(": ").append(each.fault()));
        return text.toString();
    }

    /// Why an errand was not done, where the device was asked and does not do it, or nobody can ask it any more.
    ///
    /// @return empty where it has ended otherwise
    public static Optional<UspError> refusal(ErrandEnd end) {
        return switch (end) {
            case ErrandEnd.Refused(CwmpFault fault) -> Optional.of(of(fault));
            case ErrandEnd.Declined(UspError error) -> Optional.of(error);
            default -> Optional.empty();
        };
    }

    /// A fault as people read it: what TR-069 calls it, and what the device says besides.
    public static String words(FaultStruct fault) {
        String title = fault.faultCode().title();
        String said = fault.faultString().strip();
        String text = title + ": " + said;
        if (holds(title, said)) {
            text = title;
        } else if (holds(said, title)) {
            text = said;
        }
        return fault.faultCode().code() + " " + text;
    }

    private static boolean holds(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    /// How a transfer has failed, by what its event tells (`TransferComplete!`).
    ///
    /// @return empty where it has not
    public static Optional<String> ofTransfer(Map<String, String> told) {
        String code = told.getOrDefault("FaultCode", "0");
        return code.matches("[1-9][0-9]{0,8}")
                ? Optional.of(words(
                        new FaultStruct(FaultCode.of(Integer.parseInt(code)), told.getOrDefault("FaultString", ""))))
                : Optional.empty();
    }

    /// All that the device says; parameters by their names in USP.
    public static UspError of(CwmpFault fault) {
        return new UspError(
                of(fault.fault()),
                fault.parameterFaults().stream()
                        .map(each ->
                                new UspError.ParameterError(CwmpNames.inModel(each.parameterName()), of(each.fault())))
                        .toList());
    }

    /// With the device's own words, by which whoever knows it finds them.
    public static Fault of(FaultStruct fault) {
        int code = fault.faultCode().code();
        String said = fault.faultString().isBlank() ? fault.faultCode().title() : fault.faultString();
        return new Fault(code(code), said + " (TR-069 fault " + code + ")");
    }

    private static ErrorCode code(int fault) {
        return switch (fault) {
            case 9000 -> StandardErrorCode.MESSAGE_NOT_SUPPORTED;
            case 9001, 9009, 9021, 9030 -> StandardErrorCode.REQUEST_DENIED;
            case 9003 -> StandardErrorCode.INVALID_ARGUMENTS;
            case 9004 -> StandardErrorCode.RESOURCES_EXCEEDED;
            case 9005 -> StandardErrorCode.INVALID_PATH;
            case 9006 -> StandardErrorCode.INVALID_TYPE;
            case 9007 -> StandardErrorCode.INVALID_VALUE;
            case 9008 -> StandardErrorCode.NON_WRITEABLE_PARAMETER;
            case 9010, 9011, 9012, 9013, 9014, 9015, 9016, 9017, 9018, 9019, 9020 -> StandardErrorCode.COMMAND_FAILURE;
            case 9022, 9031 -> StandardErrorCode.INVALID_ARGUMENTS;
            case 9024 -> StandardErrorCode.INVALID_VALUE;
            case 9028 -> StandardErrorCode.OBJECT_DOES_NOT_EXIST;
            case 9032 -> ErrorCode.of(7226);
            // of software modules, where both have the same in the same order (TR-181, DUStateChange!)
            case 9023, 9025, 9026, 9027, 9029 -> ErrorCode.of(fault - 1_800);
            default -> StandardErrorCode.INTERNAL_ERROR;
        };
    }
}
