// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.DownloadType;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.UploadType;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.DownloadResponse;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.Status;
import dev.pharos.cwmp.rpc.Upload;
import dev.pharos.cwmp.rpc.UploadResponse;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The files of a device, as an ACS asks for them by kind and number: each is a row of `Device.DeviceInfo.`, whose
/// commands carry the file. What becomes of it is told by a TransferComplete.
final class ModelFiles {
    private static final String INFO = "Device.DeviceInfo.";
    private static final String CONFIGURATIONS = "VendorConfigFile";
    private static final String LOGS = "VendorLogFile";

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
            methods.add("Download");
        }
        if (configured || !rows(LOGS).isEmpty()) {
            methods.add("Upload");
        }
        return methods;
    }

    private List<ObjectInstance> rows(String table) {
        return model.snapshot().object(INFO).map(info -> info.rows(table)).orElse(List.of());
    }

    /// @throws CallFault 9003 for a file that is not there, 9013 for a way that is none here, 9004 where too many are
    ///     under way
    Answer upload(Upload order) {
        UploadType type = UploadType.of(order.fileType())
                .orElseThrow(() -> wrong("FileType: nothing is sent but configuration and log files"));
        String command = switch (type.content()) {
            case CONFIGURATION -> row(CONFIGURATIONS, type).path() + "Backup()";
            case LOG -> row(LOGS, type).path() + "Upload()";
        };
        mustBeHttp(order.location());
        begin(new FileCommand(order.commandKey(), MethodEvent.UPLOAD, command, order.location(), 0, order.delay()));
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
        switch (DownloadType.of(order.fileType()).orElse(DownloadType.WEB_CONTENT)) {
            case FIRMWARE -> {
                mustBeHttp(order.location());
                if (!actions.canFetch()) {
                    throw wrong("FileType: there is no room for firmware here");
                }
                if (!actions.fetch(order)) {
                    throw new CallFault(StandardFaultCode.RESOURCES_EXCEEDED, "another download is under way");
                }
            }
            case CONFIGURATION -> {
                String command = configuration(order.target().targetFileName()) + "Restore()";
                mustBeHttp(order.location());
                begin(new FileCommand(
                        order.commandKey(),
                        MethodEvent.DOWNLOAD,
                        command,
                        order.location(),
                        order.target().fileSize(),
                        order.delay()));
            }
            case WEB_CONTENT, TONES, RINGER ->
                throw wrong("FileType: nothing is fetched but firmware and a configuration");
        }
        return new DownloadResponse(Status.LATER, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN);
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
        String url = location.url().toLowerCase(Locale.ROOT);
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            throw new CallFault(StandardFaultCode.UNSUPPORTED_PROTOCOL, "URL: files go by https and http alone here");
        }
    }

    private void begin(FileCommand command) {
        if (!actions.carry(command)) {
            throw new CallFault(StandardFaultCode.RESOURCES_EXCEEDED, "too many files are under way already");
        }
    }

    private static CallFault wrong(String why) {
        return new CallFault(StandardFaultCode.INVALID_ARGUMENTS, why);
    }
}
