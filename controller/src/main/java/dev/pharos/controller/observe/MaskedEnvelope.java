// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.cwmp.rpc.AddObject;
import dev.pharos.cwmp.rpc.Argument;
import dev.pharos.cwmp.rpc.AutonomousDuResult;
import dev.pharos.cwmp.rpc.AutonomousDuStateChangeComplete;
import dev.pharos.cwmp.rpc.AutonomousTransferComplete;
import dev.pharos.cwmp.rpc.Body;
import dev.pharos.cwmp.rpc.CancelTransfer;
import dev.pharos.cwmp.rpc.ChangeDuState;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.DeleteObject;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.cwmp.rpc.DuResult;
import dev.pharos.cwmp.rpc.DuStateChangeComplete;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FactoryReset;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.GetAllQueuedTransfers;
import dev.pharos.cwmp.rpc.GetOptions;
import dev.pharos.cwmp.rpc.GetParameterAttributes;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.GetQueuedTransfers;
import dev.pharos.cwmp.rpc.GetRpcMethods;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.rpc.Kicked;
import dev.pharos.cwmp.rpc.KickedResponse;
import dev.pharos.cwmp.rpc.ParameterFault;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.Reboot;
import dev.pharos.cwmp.rpc.Request;
import dev.pharos.cwmp.rpc.RequestDownload;
import dev.pharos.cwmp.rpc.Response;
import dev.pharos.cwmp.rpc.ResultPages;
import dev.pharos.cwmp.rpc.ScheduleDownload;
import dev.pharos.cwmp.rpc.ScheduleInform;
import dev.pharos.cwmp.rpc.SetParameterAttributes;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetVouchers;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.TransferOutcome;
import dev.pharos.cwmp.rpc.UnknownRequest;
import dev.pharos.cwmp.rpc.Upload;
import dev.pharos.cwmp.soap.Envelope;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A message of TR-069 with its secrets masked: values of parameters, logins for files, and what devices say in words.
///
/// @param masking what knows the secrets of the message
record MaskedEnvelope(Masking masking) {

    Envelope of(Envelope envelope) {
        Body body = switch (envelope.body()) {
            case Request<?> request -> called(request);
            case Response response -> answered(response);
            case CwmpFault fault -> failed(fault);
        };
        return new Envelope(envelope.namespace(), envelope.header(), body);
    }

    private Body called(Request<?> request) {
        return switch (request) {
            case Inform inform -> informed(inform);
            case SetParameterValues set ->
                new SetParameterValues(values(set.parameterList()), masking.text(set.parameterKey()));
            case GetParameterValues get -> new GetParameterValues(masking.paths(get.parameterNames()));
            case GetParameterNames get -> new GetParameterNames(masking.path(get.parameterPath()), get.nextLevel());
            case GetParameterAttributes get -> new GetParameterAttributes(masking.paths(get.parameterNames()));
            case AddObject add -> new AddObject(masking.path(add.objectName()), masking.text(add.parameterKey()));
            case DeleteObject delete ->
                new DeleteObject(masking.path(delete.objectName()), masking.text(delete.parameterKey()));
            case Download download -> fetched(download);
            case Upload upload -> sent(upload);
            case ScheduleDownload download -> planned(download);
            case ChangeDuState change ->
                new ChangeDuState(
                        Masking.each(change.operations(), this::operation), masking.text(change.commandKey()));
            case TransferComplete complete ->
                new TransferComplete(masking.text(complete.commandKey()), outcome(complete.outcome()));
            case AutonomousTransferComplete complete -> told(complete);
            case DuStateChangeComplete complete ->
                new DuStateChangeComplete(
                        Masking.each(complete.results(), this::result), masking.text(complete.commandKey()));
            case AutonomousDuStateChangeComplete complete ->
                new AutonomousDuStateChangeComplete(Masking.each(
                        complete.results(),
                        each -> new AutonomousDuResult(each.operationPerformed(), result(each.result()))));
            case RequestDownload download -> wanted(download);
            case Kicked kicked -> clicked(kicked);
            case CancelTransfer cancel -> new CancelTransfer(masking.text(cancel.commandKey()));
            case Reboot reboot -> new Reboot(masking.text(reboot.commandKey()));
            case ScheduleInform schedule -> new ScheduleInform(schedule.delay(), masking.text(schedule.commandKey()));
            case SetParameterAttributes _,
                    FactoryReset _,
                    GetRpcMethods _,
                    GetQueuedTransfers _,
                    GetAllQueuedTransfers _,
                    GetOptions _,
                    SetVouchers _,
                    UnknownRequest _ -> request;
        };
    }

    private Download fetched(Download download) {
        return new Download(
                masking.text(download.commandKey()),
                download.fileType(),
                location(download.location()),
                download.target(),
                download.delay(),
                new ResultPages(
                        masking.text(download.pages().successUrl()),
                        masking.text(download.pages().failureUrl())));
    }

    private Upload sent(Upload upload) {
        return new Upload(
                masking.text(upload.commandKey()), upload.fileType(), location(upload.location()), upload.delay());
    }

    private ScheduleDownload planned(ScheduleDownload download) {
        return new ScheduleDownload(
                masking.text(download.commandKey()),
                download.fileType(),
                location(download.location()),
                download.target(),
                download.timeWindows());
    }

    private AutonomousTransferComplete told(AutonomousTransferComplete complete) {
        return new AutonomousTransferComplete(
                masking.text(complete.announceUrl()),
                masking.text(complete.transferUrl()),
                complete.isDownload(),
                complete.fileType(),
                complete.target(),
                outcome(complete.outcome()));
    }

    private RequestDownload wanted(RequestDownload download) {
        return new RequestDownload(
                download.fileType(),
                Masking.each(
                        download.fileTypeArg(),
                        each -> new Argument(masking.text(each.name()), masking.value(each.name(), each.value()))));
    }

    private Kicked clicked(Kicked kicked) {
        return new Kicked(
                masking.text(kicked.command()),
                masking.text(kicked.referer()),
                masking.text(kicked.arg()),
                masking.text(kicked.next()));
    }

    private Response answered(Response response) {
        return switch (response) {
            case GetParameterValuesResponse got -> new GetParameterValuesResponse(values(got.parameterList()));
            case KickedResponse kicked -> new KickedResponse(masking.text(kicked.nextUrl()));
            // the rest says names, numbers, times and keys of ours
            case Response other -> other;
        };
    }

    private Inform informed(Inform inform) {
        return new Inform(
                inform.deviceId(),
                Masking.each(
                        inform.events(), each -> new EventStruct(each.eventCode(), masking.text(each.commandKey()))),
                inform.maxEnvelopes(),
                inform.currentTime(),
                inform.retryCount(),
                values(inform.parameterList()));
    }

    /// Values of many rows in one list: where a row names one of its own as a secret, that is one.
    private List<ParameterValue> values(List<ParameterValue> values) {
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        values.forEach(each ->
                rows.computeIfAbsent(row(each), _ -> new LinkedHashMap<>()).putIfAbsent(leaf(each), each.value()));
        Set<String> named = new HashSet<>();
        rows.forEach((row, own) -> {
            if (masking.isNamedSecret(own)) {
                named.add(row);
            }
        });
        return Masking.each(
                values,
                each -> new ParameterValue(
                        masking.path(each.name()),
                        each.type(),
                        masking.value(row(each), leaf(each), each.value(), named.contains(row(each)))));
    }

    private static String row(ParameterValue value) {
        return value.name().substring(0, value.name().lastIndexOf('.') + 1);
    }

    private static String leaf(ParameterValue value) {
        return value.name().substring(value.name().lastIndexOf('.') + 1);
    }

    private FileLocation location(FileLocation location) {
        return new FileLocation(
                masking.text(location.url()), masking.veiled(location.username()), masking.hidden(location.password()));
    }

    private DuOperation operation(DuOperation operation) {
        return switch (operation) {
            case DuOperation.Install install ->
                new DuOperation.Install(location(install.location()), install.uuid(), install.executionEnvRef());
            case DuOperation.Update update ->
                new DuOperation.Update(update.uuid(), update.version(), location(update.location()));
            case DuOperation.Uninstall uninstall -> uninstall;
        };
    }

    private DuResult result(DuResult result) {
        return new DuResult(
                result.unit(),
                result.currentState(),
                result.resolved(),
                result.executionUnitRefList(),
                outcome(result.outcome()));
    }

    private TransferOutcome outcome(TransferOutcome outcome) {
        return new TransferOutcome(reason(outcome.fault(), false), outcome.startTime(), outcome.completeTime());
    }

    /// Devices like to quote the value that they refuse.
    private CwmpFault failed(CwmpFault fault) {
        boolean secret = fault.parameterFaults().stream().anyMatch(each -> masking.isSecret(each.parameterName()));
        return new CwmpFault(
                fault.soapCode(),
                reason(fault.fault(), secret),
                Masking.each(
                        fault.parameterFaults(),
                        each -> new ParameterFault(
                                masking.path(each.parameterName()),
                                reason(each.fault(), masking.isSecret(each.parameterName())))));
    }

    private FaultStruct reason(FaultStruct fault, boolean aboutSecret) {
        return new FaultStruct(
                fault.faultCode(),
                aboutSecret ? masking.hidden(fault.faultString()) : masking.text(fault.faultString()));
    }
}
