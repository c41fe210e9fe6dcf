// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.rpc.AddObject;
import dev.pharos.cwmp.rpc.AutonomousDuStateChangeComplete;
import dev.pharos.cwmp.rpc.AutonomousTransferComplete;
import dev.pharos.cwmp.rpc.CancelTransfer;
import dev.pharos.cwmp.rpc.ChangeDuState;
import dev.pharos.cwmp.rpc.DeleteObject;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.DuStateChangeComplete;
import dev.pharos.cwmp.rpc.FactoryReset;
import dev.pharos.cwmp.rpc.GetAllQueuedTransfers;
import dev.pharos.cwmp.rpc.GetOptions;
import dev.pharos.cwmp.rpc.GetParameterAttributes;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetQueuedTransfers;
import dev.pharos.cwmp.rpc.GetRpcMethods;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.rpc.Kicked;
import dev.pharos.cwmp.rpc.Reboot;
import dev.pharos.cwmp.rpc.Request;
import dev.pharos.cwmp.rpc.RequestDownload;
import dev.pharos.cwmp.rpc.ScheduleDownload;
import dev.pharos.cwmp.rpc.ScheduleInform;
import dev.pharos.cwmp.rpc.SetParameterAttributes;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetVouchers;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.UnknownRequest;
import dev.pharos.cwmp.rpc.Upload;

/// Writes the arguments of a method that is called.
final class RequestWriter {
    private RequestWriter() {}

    static void write(SoapText out, Request<?> request) {
        String element = "cwmp:" + request.method();
        out.open(element);
        arguments(out, request);
        out.close(element);
    }

    private static void arguments(SoapText out, Request<?> request) {
        switch (request) {
            case Inform inform -> InformCodec.write(out, inform);
            case SetParameterValues set -> ParameterCodec.write(out, set);
            case GetParameterValues get -> out.strings("ParameterNames", get.parameterNames());
            case GetParameterNames get ->
                out.text("ParameterPath", get.parameterPath()).flag("NextLevel", get.nextLevel());
            case SetParameterAttributes set -> AttributeCodec.write(out, set);
            case GetParameterAttributes get -> out.strings("ParameterNames", get.parameterNames());
            case AddObject add -> ObjectCodec.write(out, add.objectName(), add.parameterKey());
            case DeleteObject delete -> ObjectCodec.write(out, delete.objectName(), delete.parameterKey());
            case Download download -> TransferCodec.write(out, download);
            case Upload upload -> TransferCodec.write(out, upload);
            case ScheduleDownload download -> TransferCodec.write(out, download);
            case CancelTransfer cancel -> out.text("CommandKey", cancel.commandKey());
            case Reboot reboot -> out.text("CommandKey", reboot.commandKey());
            case ScheduleInform schedule ->
                out.seconds("DelaySeconds", schedule.delay()).text("CommandKey", schedule.commandKey());
            case TransferComplete complete -> TransferReportCodec.write(out, complete);
            case AutonomousTransferComplete complete -> TransferReportCodec.write(out, complete);
            case ChangeDuState change -> DeploymentCodec.write(out, change);
            case DuStateChangeComplete complete -> DeploymentReportCodec.write(out, complete);
            case AutonomousDuStateChangeComplete complete -> DeploymentReportCodec.write(out, complete);
            case RequestDownload download -> MethodCodec.write(out, download);
            case Kicked kicked -> MethodCodec.write(out, kicked);
            case SetVouchers set -> OptionCodec.write(out, set);
            case GetOptions get -> out.text("OptionName", get.optionName());
            case GetRpcMethods _, FactoryReset _, GetQueuedTransfers _, GetAllQueuedTransfers _, UnknownRequest _ -> {}
        }
    }
}
