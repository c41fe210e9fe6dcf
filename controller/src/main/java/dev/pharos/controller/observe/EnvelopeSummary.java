// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.cwmp.rpc.AddObject;
import dev.pharos.cwmp.rpc.AddObjectResponse;
import dev.pharos.cwmp.rpc.AttributeChange;
import dev.pharos.cwmp.rpc.AutonomousDuStateChangeComplete;
import dev.pharos.cwmp.rpc.AutonomousTransferComplete;
import dev.pharos.cwmp.rpc.Body;
import dev.pharos.cwmp.rpc.CancelTransfer;
import dev.pharos.cwmp.rpc.ChangeDuState;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.DeleteObject;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.DuStateChangeComplete;
import dev.pharos.cwmp.rpc.FactoryReset;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.GetAllQueuedTransfers;
import dev.pharos.cwmp.rpc.GetOptions;
import dev.pharos.cwmp.rpc.GetParameterAttributes;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.GetParameterNamesResponse;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.GetQueuedTransfers;
import dev.pharos.cwmp.rpc.GetRpcMethods;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.rpc.Kicked;
import dev.pharos.cwmp.rpc.ParameterFault;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.Reboot;
import dev.pharos.cwmp.rpc.Request;
import dev.pharos.cwmp.rpc.RequestDownload;
import dev.pharos.cwmp.rpc.Response;
import dev.pharos.cwmp.rpc.ScheduleDownload;
import dev.pharos.cwmp.rpc.ScheduleInform;
import dev.pharos.cwmp.rpc.SetParameterAttributes;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetVouchers;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.UnknownRequest;
import dev.pharos.cwmp.rpc.Upload;
import java.util.List;
import java.util.Set;

/// Says in one line what a message of TR-069 is about.
final class EnvelopeSummary {
    /// What may bring a device secrets that it repeats.
    static final Set<String> WRITES =
            Set.of("SetParameterValues", "Download", "Upload", "ScheduleDownload", "ChangeDUState");

    private EnvelopeSummary() {}

    /// `Inform`, `GetParameterValuesResponse`, `Fault` …
    static String name(Body body) {
        return switch (body) {
            case Request<?> request -> request.method();
            case Response response -> response.method() + "Response";
            case CwmpFault _ -> "Fault";
        };
    }

    static boolean isWrite(Body body) {
        return body instanceof Request<?> request && WRITES.contains(request.method());
    }

    static String of(Body body) {
        String about = switch (body) {
            case Request<?> request -> called(request);
            case Response response -> answered(response);
            case CwmpFault fault -> failed(fault);
        };
        return (name(body) + " " + about).strip();
    }

    private static String called(Request<?> request) {
        return switch (request) {
            case Inform inform ->
                MessageSummary.paths(inform.events().stream()
                        .map(each -> each.eventCode().text())
                        .toList());
            case SetParameterValues set -> names(set.parameterList());
            case GetParameterValues get -> MessageSummary.paths(get.parameterNames());
            case GetParameterNames get -> get.parameterPath();
            case SetParameterAttributes set ->
                MessageSummary.paths(
                        set.parameterList().stream().map(AttributeChange::name).toList());
            case GetParameterAttributes get -> MessageSummary.paths(get.parameterNames());
            case AddObject add -> add.objectName();
            case DeleteObject delete -> delete.objectName();
            case Download download -> download.fileType();
            case Upload upload -> upload.fileType();
            case ScheduleDownload download -> download.fileType();
            case RequestDownload download -> download.fileType();
            case ChangeDuState change -> count(change.operations(), "operation");
            case TransferComplete complete -> outcome(complete.outcome().fault());
            case AutonomousTransferComplete complete ->
                complete.fileType() + " " + outcome(complete.outcome().fault());
            case DuStateChangeComplete complete -> count(complete.results(), "result");
            case AutonomousDuStateChangeComplete complete -> count(complete.results(), "result");
            case GetOptions get -> get.optionName();
            case CancelTransfer _,
                    Reboot _,
                    FactoryReset _,
                    ScheduleInform _,
                    GetRpcMethods _,
                    GetQueuedTransfers _,
                    GetAllQueuedTransfers _,
                    SetVouchers _,
                    Kicked _,
                    UnknownRequest _ -> "";
        };
    }

    private static String answered(Response response) {
        return switch (response) {
            case GetParameterValuesResponse got -> count(got.parameterList(), "value");
            case GetParameterNamesResponse got -> count(got.parameterList(), "name");
            case AddObjectResponse added -> "instance " + added.instanceNumber();
            case Response _ -> "";
        };
    }

    private static String failed(CwmpFault fault) {
        String whole = outcome(fault.fault());
        return fault.parameterFaults().isEmpty()
                ? whole
                : whole + ": "
                        + MessageSummary.paths(fault.parameterFaults().stream()
                                .map(EnvelopeSummary::failed)
                                .toList());
    }

    private static String failed(ParameterFault fault) {
        return fault.parameterName() + " " + outcome(fault.fault());
    }

    private static String outcome(FaultStruct fault) {
        return fault.isFault() ? (fault.faultCode().code() + " " + fault.faultString()).strip() : "";
    }

    private static String names(List<ParameterValue> values) {
        return MessageSummary.paths(values.stream().map(ParameterValue::name).toList());
    }

    private static String count(List<?> items, String what) {
        return items.size() + " " + what + (items.size() == 1 ? "" : "s");
    }
}
