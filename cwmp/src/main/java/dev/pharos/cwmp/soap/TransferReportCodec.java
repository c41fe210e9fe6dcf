// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.AnyQueuedTransfer;
import dev.pharos.cwmp.rpc.AutonomousTransferComplete;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.GetAllQueuedTransfersResponse;
import dev.pharos.cwmp.rpc.GetQueuedTransfersResponse;
import dev.pharos.cwmp.rpc.QueuedTransfer;
import dev.pharos.cwmp.rpc.TargetFile;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.TransferOutcome;
import dev.pharos.cwmp.rpc.TransferState;
import java.util.List;

/// The methods that tell how transfers of files stand.
final class TransferReportCodec {
    private TransferReportCodec() {}

    static TransferComplete complete(SoapCursor in) throws MalformedSoapException {
        String commandKey = "";
        FaultStruct fault = FaultStruct.NONE;
        CwmpTime startTime = CwmpTime.UNKNOWN;
        CwmpTime completeTime = CwmpTime.UNKNOWN;
        while (in.nextChild()) {
            switch (in.name()) {
                case "CommandKey" -> commandKey = Values.key(in);
                case "FaultStruct" -> fault = FaultCodec.struct(in);
                case "StartTime" -> startTime = Values.time(in);
                case "CompleteTime" -> completeTime = Values.time(in);
                default -> in.skip();
            }
        }
        return new TransferComplete(commandKey, new TransferOutcome(fault, startTime, completeTime));
    }

    static void write(SoapText out, TransferComplete complete) {
        out.text("CommandKey", complete.commandKey());
        outcome(out, complete.outcome());
    }

    private static void outcome(SoapText out, TransferOutcome outcome) {
        FaultCodec.struct(out, "FaultStruct", outcome.fault());
        out.time("StartTime", outcome.startTime()).time("CompleteTime", outcome.completeTime());
    }

    static AutonomousTransferComplete autonomous(SoapCursor in) throws MalformedSoapException {
        String announceUrl = "";
        String transferUrl = "";
        boolean isDownload = false;
        String fileType = "";
        long fileSize = 0;
        String targetFileName = "";
        FaultStruct fault = FaultStruct.NONE;
        CwmpTime startTime = CwmpTime.UNKNOWN;
        CwmpTime completeTime = CwmpTime.UNKNOWN;
        while (in.nextChild()) {
            switch (in.name()) {
                case "AnnounceURL" -> announceUrl = Values.token(in);
                case "TransferURL" -> transferUrl = Values.token(in);
                case "IsDownload" -> isDownload = Values.flag(in);
                case "FileType" -> fileType = in.text();
                case "FileSize" -> fileSize = Values.unsigned(in);
                case "TargetFileName" -> targetFileName = in.text();
                case "FaultStruct" -> fault = FaultCodec.struct(in);
                case "StartTime" -> startTime = Values.time(in);
                case "CompleteTime" -> completeTime = Values.time(in);
                default -> in.skip();
            }
        }
        return new AutonomousTransferComplete(
                announceUrl,
                transferUrl,
                isDownload,
                fileType,
                new TargetFile(fileSize, targetFileName),
                new TransferOutcome(fault, startTime, completeTime));
    }

    static void write(SoapText out, AutonomousTransferComplete complete) {
        out.text("AnnounceURL", complete.announceUrl()).text("TransferURL", complete.transferUrl());
        out.flag("IsDownload", complete.isDownload()).text("FileType", complete.fileType());
        TransferCodec.target(out, complete.target());
        outcome(out, complete.outcome());
    }

    static GetQueuedTransfersResponse queued(SoapCursor in) throws MalformedSoapException {
        return new GetQueuedTransfersResponse(
                transfers(in).stream().map(AnyQueuedTransfer::transfer).toList());
    }

    static GetAllQueuedTransfersResponse allQueued(SoapCursor in) throws MalformedSoapException {
        return new GetAllQueuedTransfersResponse(transfers(in));
    }

    private static List<AnyQueuedTransfer> transfers(SoapCursor in) throws MalformedSoapException {
        List<AnyQueuedTransfer> transfers = List.of();
        while (in.nextChild()) {
            if (in.name().equals("TransferList")) {
                transfers = Values.list(in, TransferReportCodec::transfer);
            } else {
                in.skip();
            }
        }
        return transfers;
    }

    private static AnyQueuedTransfer transfer(SoapCursor in) throws MalformedSoapException {
        String commandKey = "";
        TransferState state = TransferState.NOT_YET_STARTED;
        boolean isDownload = false;
        String fileType = "";
        long fileSize = 0;
        String targetFileName = "";
        while (in.nextChild()) {
            switch (in.name()) {
                case "CommandKey" -> commandKey = Values.key(in);
                case "State" -> state = Values.numbered(in, TransferState.values(), 1);
                case "IsDownload" -> isDownload = Values.flag(in);
                case "FileType" -> fileType = in.text();
                case "FileSize" -> fileSize = Values.unsigned(in);
                case "TargetFileName" -> targetFileName = in.text();
                default -> in.skip();
            }
        }
        return new AnyQueuedTransfer(
                new QueuedTransfer(commandKey, state), isDownload, fileType, new TargetFile(fileSize, targetFileName));
    }

    static void write(SoapText out, GetQueuedTransfersResponse response) {
        out.structs("TransferList", "QueuedTransferStruct", response.transferList(), TransferReportCodec::queued);
    }

    static void write(SoapText out, GetAllQueuedTransfersResponse response) {
        out.structs("TransferList", "AllQueuedTransferStruct", response.transferList(), (o, each) -> {
            queued(o, each.transfer());
            o.flag("IsDownload", each.isDownload()).text("FileType", each.fileType());
            TransferCodec.target(o, each.target());
        });
    }

    private static void queued(SoapText out, QueuedTransfer transfer) {
        out.text("CommandKey", transfer.commandKey());
        out.number("State", transfer.state().number());
    }
}
