// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.AutonomousDuStateChangeCompleteResponse;
import dev.pharos.cwmp.rpc.AutonomousTransferCompleteResponse;
import dev.pharos.cwmp.rpc.CancelTransferResponse;
import dev.pharos.cwmp.rpc.ChangeDuStateResponse;
import dev.pharos.cwmp.rpc.DuStateChangeCompleteResponse;
import dev.pharos.cwmp.rpc.FactoryResetResponse;
import dev.pharos.cwmp.rpc.RebootResponse;
import dev.pharos.cwmp.rpc.RequestDownloadResponse;
import dev.pharos.cwmp.rpc.Response;
import dev.pharos.cwmp.rpc.ScheduleDownloadResponse;
import dev.pharos.cwmp.rpc.ScheduleInformResponse;
import dev.pharos.cwmp.rpc.SetParameterAttributesResponse;
import dev.pharos.cwmp.rpc.SetVouchersResponse;
import dev.pharos.cwmp.rpc.TransferCompleteResponse;
import dev.pharos.cwmp.rpc.UnknownResponse;

/// Reads the response to a method by the method's name.
final class ResponseReader {
    private ResponseReader() {}

    static Response read(SoapCursor in, String method) throws MalformedSoapException {
        return switch (method) {
            case "Inform" -> InformCodec.response(in);
            case "GetRPCMethods" -> MethodCodec.methods(in);
            case "SetParameterValues" -> ParameterCodec.setResponse(in);
            case "GetParameterValues" -> ParameterCodec.getResponse(in);
            case "GetParameterNames" -> ParameterCodec.getNamesResponse(in);
            case "GetParameterAttributes" -> AttributeCodec.getResponse(in);
            case "AddObject" -> ObjectCodec.addResponse(in);
            case "DeleteObject" -> ObjectCodec.deleteResponse(in);
            case "Download" -> TransferCodec.downloadResponse(in);
            case "Upload" -> TransferCodec.uploadResponse(in);
            case "GetQueuedTransfers" -> TransferReportCodec.queued(in);
            case "GetAllQueuedTransfers" -> TransferReportCodec.allQueued(in);
            case "GetOptions" -> OptionCodec.options(in);
            case "Kicked" -> MethodCodec.kickedResponse(in);
            default -> empty(in, method);
        };
    }

    private static Response empty(SoapCursor in, String method) throws MalformedSoapException {
        in.skip();
        return switch (method) {
            case "SetParameterAttributes" -> new SetParameterAttributesResponse();
            case "ScheduleDownload" -> new ScheduleDownloadResponse();
            case "CancelTransfer" -> new CancelTransferResponse();
            case "Reboot" -> new RebootResponse();
            case "FactoryReset" -> new FactoryResetResponse();
            case "ScheduleInform" -> new ScheduleInformResponse();
            case "ChangeDUState" -> new ChangeDuStateResponse();
            case "SetVouchers" -> new SetVouchersResponse();
            case "TransferComplete" -> new TransferCompleteResponse();
            case "AutonomousTransferComplete" -> new AutonomousTransferCompleteResponse();
            case "DUStateChangeComplete" -> new DuStateChangeCompleteResponse();
            case "AutonomousDUStateChangeComplete" -> new AutonomousDuStateChangeCompleteResponse();
            case "RequestDownload" -> new RequestDownloadResponse();
            default -> new UnknownResponse(method);
        };
    }
}
