// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.rpc.AddObjectResponse;
import dev.pharos.cwmp.rpc.AutonomousDuStateChangeCompleteResponse;
import dev.pharos.cwmp.rpc.AutonomousTransferCompleteResponse;
import dev.pharos.cwmp.rpc.CancelTransferResponse;
import dev.pharos.cwmp.rpc.ChangeDuStateResponse;
import dev.pharos.cwmp.rpc.DeleteObjectResponse;
import dev.pharos.cwmp.rpc.DownloadResponse;
import dev.pharos.cwmp.rpc.DuStateChangeCompleteResponse;
import dev.pharos.cwmp.rpc.FactoryResetResponse;
import dev.pharos.cwmp.rpc.GetAllQueuedTransfersResponse;
import dev.pharos.cwmp.rpc.GetOptionsResponse;
import dev.pharos.cwmp.rpc.GetParameterAttributesResponse;
import dev.pharos.cwmp.rpc.GetParameterNamesResponse;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.GetQueuedTransfersResponse;
import dev.pharos.cwmp.rpc.GetRpcMethodsResponse;
import dev.pharos.cwmp.rpc.InformResponse;
import dev.pharos.cwmp.rpc.KickedResponse;
import dev.pharos.cwmp.rpc.RebootResponse;
import dev.pharos.cwmp.rpc.RequestDownloadResponse;
import dev.pharos.cwmp.rpc.Response;
import dev.pharos.cwmp.rpc.ScheduleDownloadResponse;
import dev.pharos.cwmp.rpc.ScheduleInformResponse;
import dev.pharos.cwmp.rpc.SetParameterAttributesResponse;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.cwmp.rpc.SetVouchersResponse;
import dev.pharos.cwmp.rpc.TransferCompleteResponse;
import dev.pharos.cwmp.rpc.UnknownResponse;
import dev.pharos.cwmp.rpc.UploadResponse;

/// Writes what a method has come to.
final class ResponseWriter {
    private ResponseWriter() {}

    static void write(SoapText out, Response response) {
        String element = "cwmp:" + response.method() + "Response";
        out.open(element);
        result(out, response);
        out.close(element);
    }

    private static void result(SoapText out, Response response) {
        switch (response) {
            case InformResponse inform -> out.number("MaxEnvelopes", inform.maxEnvelopes());
            case GetRpcMethodsResponse methods -> out.strings("MethodList", methods.methodList());
            case SetParameterValuesResponse set -> ParameterCodec.status(out, set.status());
            case GetParameterValuesResponse get -> ParameterCodec.values(out, get.parameterList());
            case GetParameterNamesResponse get -> ParameterCodec.infos(out, get.parameterList());
            case GetParameterAttributesResponse get -> AttributeCodec.write(out, get);
            case AddObjectResponse add -> ObjectCodec.write(out, add);
            case DeleteObjectResponse delete -> ParameterCodec.status(out, delete.status());
            case DownloadResponse download ->
                TransferCodec.accepted(out, download.status(), download.startTime(), download.completeTime());
            case UploadResponse upload ->
                TransferCodec.accepted(out, upload.status(), upload.startTime(), upload.completeTime());
            case GetQueuedTransfersResponse queued -> TransferReportCodec.write(out, queued);
            case GetAllQueuedTransfersResponse queued -> TransferReportCodec.write(out, queued);
            case GetOptionsResponse options -> OptionCodec.write(out, options);
            case KickedResponse kicked -> out.text("NextURL", kicked.nextUrl());
            case SetParameterAttributesResponse _,
                    ScheduleDownloadResponse _,
                    CancelTransferResponse _,
                    RebootResponse _,
                    FactoryResetResponse _,
                    ScheduleInformResponse _,
                    ChangeDuStateResponse _,
                    SetVouchersResponse _,
                    TransferCompleteResponse _,
                    AutonomousTransferCompleteResponse _,
                    DuStateChangeCompleteResponse _,
                    AutonomousDuStateChangeCompleteResponse _,
                    RequestDownloadResponse _,
                    UnknownResponse _ -> {}
        }
    }
}
