// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.DownloadType;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.UploadType;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.rpc.AutonomousTransferComplete;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.TargetFile;
import dev.pharos.cwmp.rpc.TransferOutcome;
import dev.pharos.datamodel.device.DataModelEvent;
import dev.pharos.datamodel.instance.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Transfers of files that somebody else than the ACS has ordered, who manages the device over USP: the ACS is told of
/// those that it wants to hear of (`Device.ManagementServer.AutonomousTransferCompletePolicy.`).
final class OwnTransfers {
    static final String POLICY = ManagementServerElement.OBJECT + "AutonomousTransferCompletePolicy.";
    private static final String AGENT = "Device.LocalAgent.";
    private static final String EVENT = "TransferComplete!";
    private static final Pattern AFFECTED = Pattern.compile(
            "Device[.]DeviceInfo[.](FirmwareImage|VendorConfigFile|VendorLogFile)[.]([1-9][0-9]{0,8})[.]?");

    private OwnTransfers() {}

    /// @return empty for what is no transfer, or none of which the ACS wants to hear
    static Optional<Report> of(DataModelEvent event, Snapshot snapshot) {
        if (!event.objectPath().equals(AGENT) || !event.name().equals(EVENT)) {
            return Optional.empty();
        }
        Map<String, String> told = event.arguments();
        boolean download = told.getOrDefault("TransferType", "").equals("Download");
        return fileType(told.getOrDefault("Affected", ""), download)
                .map(type -> report(told, download, type))
                .filter(report -> isWanted(report, snapshot))
                .map(report ->
                        new Report(report, List.of(new EventStruct(StandardEvent.AUTONOMOUS_TRANSFER_COMPLETE, ""))));
    }

    private static Optional<String> fileType(String affected, boolean download) {
        Matcher object = AFFECTED.matcher(affected);
        if (!object.matches()) {
            return Optional.empty();
        }
        OptionalLong row = OptionalLong.of(Long.parseLong(object.group(2)));
        return switch (object.group(1)) {
            case "FirmwareImage" -> Optional.of(DownloadType.FIRMWARE.text());
            case "VendorConfigFile" ->
                Optional.of(
                        download
                                ? DownloadType.CONFIGURATION.text()
                                : new UploadType(UploadType.Content.CONFIGURATION, row).text());
            default -> Optional.of(new UploadType(UploadType.Content.LOG, row).text());
        };
    }

    private static AutonomousTransferComplete report(Map<String, String> told, boolean download, String type) {
        FaultStruct fault = told.getOrDefault("FaultCode", "0").equals("0")
                ? FaultStruct.NONE
                : new FaultStruct(TransferFault.general(!download), told.getOrDefault("FaultString", ""));
        return new AutonomousTransferComplete(
                "",
                // the query may be the right to use it
                told.getOrDefault("TransferURL", "").replaceFirst("[?#].*", ""),
                download,
                type,
                new TargetFile(0, ""),
                new TransferOutcome(
                        fault,
                        new CwmpTime(told.getOrDefault("StartTime", CwmpTime.UNKNOWN.text())),
                        new CwmpTime(told.getOrDefault("CompleteTime", CwmpTime.UNKNOWN.text()))));
    }

    private static boolean isWanted(AutonomousTransferComplete report, Snapshot snapshot) {
        List<String> types = List.of(value(snapshot, "FileTypeFilter").split(","));
        return value(snapshot, "Enable").equals("true")
                && isAmong(value(snapshot, "TransferTypeFilter"), report.isDownload() ? "Download" : "Upload")
                && isAmong(
                        value(snapshot, "ResultTypeFilter"),
                        report.outcome().fault().isFault() ? "Failure" : "Success")
                // a type says which of several it is: 4 Vendor Log File 1
                && types.stream()
                        .map(String::strip)
                        .anyMatch(each -> report.fileType().equals(each)
                                || (!each.isEmpty() && report.fileType().startsWith(each + " ")));
    }

    private static boolean isAmong(String filter, String what) {
        return filter.equals("Both") || filter.equals(what);
    }

    private static String value(Snapshot snapshot, String parameter) {
        return snapshot.value(POLICY + parameter).orElse("");
    }
}
