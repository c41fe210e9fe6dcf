// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.CancelTransfer;
import dev.pharos.cwmp.rpc.FactoryReset;
import dev.pharos.cwmp.rpc.GetAllQueuedTransfers;
import dev.pharos.cwmp.rpc.GetQueuedTransfers;
import dev.pharos.cwmp.rpc.GetRpcMethods;
import dev.pharos.cwmp.rpc.Reboot;
import dev.pharos.cwmp.rpc.Request;
import dev.pharos.cwmp.rpc.UnknownRequest;

/// Reads the call of a method by its name.
final class RequestReader {
    private RequestReader() {}

    static Request<?> read(SoapCursor in) throws MalformedSoapException {
        String method = in.name();
        return switch (method) {
            case "Inform" -> InformCodec.read(in);
            case "SetParameterValues" -> ParameterCodec.set(in);
            case "GetParameterValues" -> ParameterCodec.get(in);
            case "GetParameterNames" -> ParameterCodec.getNames(in);
            case "SetParameterAttributes" -> AttributeCodec.set(in);
            case "GetParameterAttributes" -> AttributeCodec.get(in);
            case "AddObject" -> ObjectCodec.add(in);
            case "DeleteObject" -> ObjectCodec.delete(in);
            case "Download" -> TransferCodec.download(in);
            case "Upload" -> TransferCodec.upload(in);
            case "ScheduleDownload" -> TransferCodec.scheduleDownload(in);
            case "CancelTransfer" -> new CancelTransfer(MethodCodec.commandKey(in));
            case "Reboot" -> new Reboot(MethodCodec.commandKey(in));
            case "ScheduleInform" -> MethodCodec.scheduleInform(in);
            case "TransferComplete" -> TransferReportCodec.complete(in);
            case "AutonomousTransferComplete" -> TransferReportCodec.autonomous(in);
            case "ChangeDUState" -> DeploymentCodec.change(in);
            case "DUStateChangeComplete" -> DeploymentReportCodec.complete(in);
            case "AutonomousDUStateChangeComplete" -> DeploymentReportCodec.autonomous(in);
            case "RequestDownload" -> MethodCodec.requestDownload(in);
            case "Kicked" -> MethodCodec.kicked(in);
            case "SetVouchers" -> OptionCodec.setVouchers(in);
            case "GetOptions" -> OptionCodec.getOptions(in);
            default -> withoutArguments(in, method);
        };
    }

    private static Request<?> withoutArguments(SoapCursor in, String method) throws MalformedSoapException {
        in.skip();
        return switch (method) {
            case "GetRPCMethods" -> new GetRpcMethods();
            case "FactoryReset" -> new FactoryReset();
            case "GetQueuedTransfers" -> new GetQueuedTransfers();
            case "GetAllQueuedTransfers" -> new GetAllQueuedTransfers();
            default -> new UnknownRequest(method);
        };
    }
}
