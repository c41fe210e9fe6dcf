// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.DownloadType;
import dev.pharos.cwmp.Limits;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.UploadType;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.AnyQueuedTransfer;
import dev.pharos.cwmp.rpc.CancelTransfer;
import dev.pharos.cwmp.rpc.CancelTransferResponse;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.DownloadResponse;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.GetAllQueuedTransfersResponse;
import dev.pharos.cwmp.rpc.GetQueuedTransfersResponse;
import dev.pharos.cwmp.rpc.ScheduleDownload;
import dev.pharos.cwmp.rpc.ScheduleDownloadResponse;
import dev.pharos.cwmp.rpc.Status;
import dev.pharos.cwmp.rpc.TargetFile;
import dev.pharos.cwmp.rpc.TimeWindow;
import dev.pharos.cwmp.rpc.Upload;
import dev.pharos.cwmp.rpc.UploadResponse;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files of a device, as an ACS asks for them by kind and number: each is a row of `Device.DeviceInfo.`, whose
/// commands carry the file. What becomes of it is told by a TransferComplete.
final class ModelFiles {
    private static final String INFO = "Device.DeviceInfo.";
    private static final String CONFIGURATIONS = "VendorConfigFile";
    private static final String LOGS = "VendorLogFile";
    private static final Pattern URL =
            Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<server>[^\\s/?#]*)(?:[/?#]\\S*)?");
    private static final List<String> MODES = List.of("1 At Any Time", "2 Immediately");

    private final InstantiatedDataModel model;
    private final DeviceActions actions;

    ModelFiles(InstantiatedDataModel model, DeviceActions actions) {
        this.model = model;
        this.actions = actions;
    }

    /// Those of the methods of files that can do anything on this device, by their names.
    List<String> methods() {
        boolean configured = !rows(CONFIGURATIONS).isEmpty();
        List<String> methods = new ArrayList<>();
        if (configured || actions.canFetch()) {
            methods.addAll(List.of("Download", "ScheduleDownload"));
        }
        if (configured || !rows(LOGS).isEmpty()) {
            methods.add("Upload");
        }
        if (!methods.isEmpty()) {
            methods.addAll(List.of("CancelTransfer", "GetQueuedTransfers", "GetAllQueuedTransfers"));
        }
        return methods;
    }

    Answer cancel(CancelTransfer asked) {
        if (!actions.cancel(asked.commandKey())) {
            throw new CallFault(StandardFaultCode.CANCELATION_NOT_PERMITTED, "it has begun");
        }
        return new CancelTransferResponse();
    }

    GetQueuedTransfersResponse queued() {
        return new GetQueuedTransfersResponse(actions.queued().stream()
                .limit(Limits.QUEUED)
                .map(AnyQueuedTransfer::transfer)
                .toList());
    }

    GetAllQueuedTransfersResponse allQueued() {
        return new GetAllQueuedTransfersResponse(
                actions.queued().stream().limit(Limits.QUEUED).toList());
    }

    private List<ObjectInstance> rows(String table) {
        return model.snapshot().object(INFO).map(info -> info.rows(table)).orElse(List.of());
    }

    /// @throws CallFault 9003 for a file that is not there, or a URL that is none, 9013 for a way that is none here,
    /// 9004 where too many are
    ///     under way
    Answer upload(Upload order) {
        UploadType type = UploadType.of(order.fileType())
                .orElseThrow(() -> wrong("FileType: nothing is sent but configuration and log files"));
        String command = switch (type.content()) {
            case CONFIGURATION -> row(CONFIGURATIONS, type).path() + "Backup()";
            case LOG -> row(LOGS, type).path() + "Upload()";
        };
        begin(new FileCommand(
                order.commandKey(),
                MethodEvent.UPLOAD,
                order.fileType(),
                Optional.of(command),
                order.location(),
                0,
                order.delay(),
                List.of()));
        return new UploadResponse(Status.LATER, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN);
    }

    private ObjectInstance row(String table, UploadType type) {
        return rows(table).stream()
                .filter(row -> type.row().isEmpty() || type.row().equals(row.instanceNumber()))
                .findFirst()
                .orElseThrow(() -> wrong("FileType: there is no such file here"));
    }

    /// Firmware, and a configuration; what other files do is a vendor's matter.
    ///
    /// @throws CallFault as for [#upload]
    Answer download(Download order) {
        begin(new FileCommand(
                order.commandKey(),
                MethodEvent.DOWNLOAD,
                order.fileType(),
                command(order.fileType(), order.target()),
                order.location(),
                order.target().fileSize(),
                order.delay(),
                List.of()));
        return new DownloadResponse(Status.LATER, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN);
    }

    /// The same within windows of time. It is never known here whether somebody uses the device, and nobody is there to
    /// be
    /// asked.
    ///
    /// @throws CallFault as for [#upload], and 9003 for windows that cannot be
    Answer scheduleDownload(ScheduleDownload order) {
        Optional<String> command = command(order.fileType(), order.target());
        Duration free = Duration.ZERO;
        for (TimeWindow window : order.timeWindows()) {
            if (!MODES.contains(window.mode())) {
                throw wrong("WindowMode: none but " + String.join(" and ", MODES));
            }
            if (window.start().compareTo(free) < 0 || window.end().compareTo(window.start()) <= 0) {
                throw wrong("TimeWindowList: a window ends after it has begun, and the next begins then");
            }
            free = window.end();
        }
        if (order.timeWindows().isEmpty() || order.timeWindows().size() > Limits.WINDOWS) {
            throw wrong("TimeWindowList: must be 1 to " + Limits.WINDOWS);
        }
        begin(new FileCommand(
                order.commandKey(),
                MethodEvent.SCHEDULE_DOWNLOAD,
                order.fileType(),
                command,
                order.location(),
                order.target().fileSize(),
                order.timeWindows().getFirst().start(),
                order.timeWindows()));
        return new ScheduleDownloadResponse();
    }

    /// @return empty for firmware
    private Optional<String> command(String fileType, TargetFile target) {
        return switch (DownloadType.of(fileType).orElse(DownloadType.WEB_CONTENT)) {
            case FIRMWARE -> {
                if (!actions.canFetch()) {
                    throw wrong("FileType: there is no room for firmware here");
                }
                yield Optional.empty();
            }
            case CONFIGURATION -> Optional.of(configuration(target.targetFileName()) + "Restore()");
            case WEB_CONTENT, TONES, RINGER ->
                throw wrong("FileType: nothing is fetched but firmware and a configuration");
        };
    }

    /// Download has no number of a row: where there are several, the name says which.
    private String configuration(String name) {
        List<ObjectInstance> rows = rows(CONFIGURATIONS);
        Optional<ObjectInstance> named = rows.stream()
                .filter(row -> !name.isEmpty()
                        && row.value("Name").filter(name::equals).isPresent())
                .findFirst();
        if (named.isPresent()) {
            return named.get().path();
        }
        if (rows.isEmpty()) {
            throw wrong("FileType: there is no such file here");
        }
        if (rows.size() > 1 && !name.isEmpty()) {
            throw wrong("TargetFileName: none of the configurations here is called so");
        }
        return rows.getFirst().path();
    }

    private static void mustBeHttp(FileLocation location) {
        Matcher url = URL.matcher(location.url());
        if (!url.matches()) {
            throw wrong("URL: it is none");
        }
        String scheme = url.group("scheme").toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new CallFault(StandardFaultCode.UNSUPPORTED_PROTOCOL, "URL: files go by https and http alone here");
        }
        String server = url.group("server");
        if (server.isEmpty() || server.indexOf('@') >= 0) {
            throw wrong("URL: it names a host, and no login, for which there are Username and Password");
        }
    }

    private void begin(FileCommand command) {
        mustBeHttp(command.location());
        if (!actions.carry(command)) {
            throw new CallFault(StandardFaultCode.RESOURCES_EXCEEDED, "too many files are under way already");
        }
    }

    private static CallFault wrong(String why) {
        return new CallFault(StandardFaultCode.INVALID_ARGUMENTS, why);
    }
}
