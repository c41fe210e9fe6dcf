// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.DownloadResponse;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.ResultPages;
import dev.pharos.cwmp.rpc.ScheduleDownload;
import dev.pharos.cwmp.rpc.Status;
import dev.pharos.cwmp.rpc.TargetFile;
import dev.pharos.cwmp.rpc.TimeWindow;
import dev.pharos.cwmp.rpc.Upload;
import dev.pharos.cwmp.rpc.UploadResponse;
import java.time.Duration;
import java.util.List;

/// The methods that begin a transfer of a file.
final class TransferCodec {
    private TransferCodec() {}

    /// The arguments that these methods share.
    private static final class Arguments {
        private String commandKey = "";
        private String fileType = "";
        private String url = "";
        private String username = "";
        private String password = "";
        private long fileSize;
        private String targetFileName = "";
        private Duration delay = Duration.ZERO;
        private String successUrl = "";
        private String failureUrl = "";
        private List<TimeWindow> timeWindows = List.of();

        Arguments(SoapCursor in) throws MalformedSoapException {
            while (in.nextChild()) {
                switch (in.name()) {
                    case "CommandKey" -> commandKey = Values.key(in);
                    case "FileType" -> fileType = in.text();
                    case "URL" -> url = Values.token(in);
                    case "Username" -> username = in.text();
                    case "Password" -> password = in.text();
                    case "FileSize" -> fileSize = Values.unsigned(in);
                    case "TargetFileName" -> targetFileName = in.text();
                    case "DelaySeconds" -> delay = Values.seconds(in);
                    case "SuccessURL" -> successUrl = Values.token(in);
                    case "FailureURL" -> failureUrl = Values.token(in);
                    case "TimeWindowList" -> timeWindows = Values.list(in, TransferCodec::timeWindow);
                    default -> in.skip();
                }
            }
        }

        FileLocation location() {
            return new FileLocation(url, username, password);
        }

        TargetFile target() {
            return new TargetFile(fileSize, targetFileName);
        }
    }

    static Download download(SoapCursor in) throws MalformedSoapException {
        Arguments a = new Arguments(in);
        ResultPages pages = new ResultPages(a.successUrl, a.failureUrl);
        return new Download(a.commandKey, a.fileType, a.location(), a.target(), a.delay, pages);
    }

    static Upload upload(SoapCursor in) throws MalformedSoapException {
        Arguments a = new Arguments(in);
        return new Upload(a.commandKey, a.fileType, a.location(), a.delay);
    }

    static ScheduleDownload scheduleDownload(SoapCursor in) throws MalformedSoapException {
        Arguments a = new Arguments(in);
        return new ScheduleDownload(a.commandKey, a.fileType, a.location(), a.target(), a.timeWindows);
    }

    private static TimeWindow timeWindow(SoapCursor in) throws MalformedSoapException {
        Duration start = Duration.ZERO;
        Duration end = Duration.ZERO;
        String mode = "";
        String userMessage = "";
        int maxRetries = 0;
        while (in.nextChild()) {
            switch (in.name()) {
                case "WindowStart" -> start = Values.seconds(in);
                case "WindowEnd" -> end = Values.seconds(in);
                case "WindowMode" -> mode = in.text();
                case "UserMessage" -> userMessage = in.text();
                case "MaxRetries" -> maxRetries = Values.integer(in);
                default -> in.skip();
            }
        }
        return new TimeWindow(start, end, mode, userMessage, maxRetries);
    }

    static void write(SoapText out, Download download) {
        begin(out, download.commandKey(), download.fileType(), download.location());
        target(out, download.target());
        out.seconds("DelaySeconds", download.delay());
        out.text("SuccessURL", download.pages().successUrl());
        out.text("FailureURL", download.pages().failureUrl());
    }

    static void write(SoapText out, Upload upload) {
        begin(out, upload.commandKey(), upload.fileType(), upload.location());
        out.seconds("DelaySeconds", upload.delay());
    }

    static void write(SoapText out, ScheduleDownload download) {
        begin(out, download.commandKey(), download.fileType(), download.location());
        target(out, download.target());
        out.structs("TimeWindowList", "TimeWindowStruct", download.timeWindows(), (o, each) -> {
            o.seconds("WindowStart", each.start());
            o.seconds("WindowEnd", each.end());
            o.text("WindowMode", each.mode());
            o.text("UserMessage", each.userMessage());
            o.number("MaxRetries", each.maxRetries());
        });
    }

    private static void begin(SoapText out, String commandKey, String fileType, FileLocation location) {
        out.text("CommandKey", commandKey).text("FileType", fileType);
        out.text("URL", location.url());
        out.text("Username", location.username());
        out.text("Password", location.password());
    }

    static void target(SoapText out, TargetFile target) {
        out.number("FileSize", target.fileSize()).text("TargetFileName", target.targetFileName());
    }

    private record Accepted(Status status, CwmpTime startTime, CwmpTime completeTime) {}

    private static Accepted accepted(SoapCursor in) throws MalformedSoapException {
        Status status = Status.DONE;
        CwmpTime startTime = CwmpTime.UNKNOWN;
        CwmpTime completeTime = CwmpTime.UNKNOWN;
        while (in.nextChild()) {
            switch (in.name()) {
                case "Status" -> status = new Status(Values.unsigned(in));
                case "StartTime" -> startTime = Values.time(in);
                case "CompleteTime" -> completeTime = Values.time(in);
                default -> in.skip();
            }
        }
        return new Accepted(status, startTime, completeTime);
    }

    static DownloadResponse downloadResponse(SoapCursor in) throws MalformedSoapException {
        Accepted accepted = accepted(in);
        return new DownloadResponse(accepted.status(), accepted.startTime(), accepted.completeTime());
    }

    static UploadResponse uploadResponse(SoapCursor in) throws MalformedSoapException {
        Accepted accepted = accepted(in);
        return new UploadResponse(accepted.status(), accepted.startTime(), accepted.completeTime());
    }

    static void accepted(SoapText out, Status status, CwmpTime startTime, CwmpTime completeTime) {
        ParameterCodec.status(out, status);
        out.time("StartTime", startTime).time("CompleteTime", completeTime);
    }
}
