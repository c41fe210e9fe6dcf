// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.FaultCode;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.CancelTransfer;
import dev.pharos.cwmp.rpc.CancelTransferResponse;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.DownloadResponse;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.GetAllQueuedTransfers;
import dev.pharos.cwmp.rpc.GetAllQueuedTransfersResponse;
import dev.pharos.cwmp.rpc.GetQueuedTransfers;
import dev.pharos.cwmp.rpc.GetQueuedTransfersResponse;
import dev.pharos.cwmp.rpc.ResultPages;
import dev.pharos.cwmp.rpc.ScheduleDownload;
import dev.pharos.cwmp.rpc.ScheduleDownloadResponse;
import dev.pharos.cwmp.rpc.Status;
import dev.pharos.cwmp.rpc.TargetFile;
import dev.pharos.cwmp.rpc.TimeWindow;
import dev.pharos.cwmp.rpc.Upload;
import dev.pharos.cwmp.rpc.UploadResponse;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a device does with the files that an ACS orders.
class ModelFilesTest {
    private final TestModel element = new TestModel();
    private final NotedActions actions = new NotedActions();
    private final InstantiatedDataModel model;
    private final ModelDevice device;

    ModelFilesTest() throws IOException {
        model = InstantiatedDataModel.start(List.of(element), ChangeJournal.none());
        device = new ModelDevice(
                model,
                new ModelDevice.Surroundings(new Attributes(Map.of(), _ -> {}), _ -> {}, actions, () -> Instant.EPOCH));
    }

    @AfterEach
    void it_goes() {
        model.close();
    }

    private FaultCode fault(AcsRequest<?> request) {
        return ((CwmpFault) device.answer(request)).fault().faultCode();
    }

    @Test
    void firmware_is_fetched_later_and_other_files_are_refused() {
        assertThat(device.answer(download("1 Firmware Upgrade Image", "HTTPS://acs.example/box.img")))
                .isEqualTo(new DownloadResponse(Status.LATER, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
        assertThat(actions.noted).containsExactly("M Download firmware k");
        assertThat(fault(download("1 Firmware Upgrade Image", "ftp://acs.example/box.img")))
                .isEqualTo(StandardFaultCode.UNSUPPORTED_PROTOCOL);
        for (String other :
                List.of("2 Web Content", "3 Vendor Configuration File", "5 Ringer File", "X 00256D Skin", "1", "")) {
            assertThat(fault(download(other, "http://acs.example/box.img")))
                    .as(other)
                    .isEqualTo(StandardFaultCode.INVALID_ARGUMENTS);
        }
    }

    @Test
    void a_file_is_sent_by_the_command_of_its_row_and_what_is_not_there_is_refused() {
        assertThat(device.methods()).doesNotContain("Upload");
        String all = element.add("VendorConfigFile", "all.txt");
        String first = element.add("VendorLogFile", "first.log");
        String second = element.add("VendorLogFile", "second.log");
        assertThat(device.methods()).contains("Upload", "Download");
        assertThat(device.answer(upload("1 Vendor Configuration File", "http://acs.example/x")))
                .isEqualTo(new UploadResponse(Status.LATER, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
        device.answer(upload("2 Vendor Log File", "http://acs.example/x"));
        device.answer(upload("4 Vendor Log File 2", "https://acs.example/x"));
        assertThat(actions.noted)
                .containsExactly(
                        "M Upload " + all + "Backup() k",
                        "M Upload " + first + "Upload() k",
                        "M Upload " + second + "Upload() k");
        for (String nothing : List.of(
                "3 Vendor Configuration File 2",
                "4 Vendor Log File 0",
                "4 Vendor Log File",
                "4 Vendor Log File 99999999999999999999",
                "5 Vendor Log File 1",
                "X 00256D Core Dump",
                "")) {
            assertThat(fault(upload(nothing, "http://acs.example/x")))
                    .as(nothing)
                    .isEqualTo(StandardFaultCode.INVALID_ARGUMENTS);
        }
        assertThat(fault(upload("2 Vendor Log File", "tftp://acs.example/x")))
                .isEqualTo(StandardFaultCode.UNSUPPORTED_PROTOCOL);
        for (String none : List.of("http:///x", "http://me:secret@acs.example/x", "http://acs.example/a file")) {
            assertThat(fault(upload("2 Vendor Log File", none)))
                    .as(none)
                    .isEqualTo(StandardFaultCode.INVALID_ARGUMENTS);
        }
        device.answer(upload("2 Vendor Log File", "http://acs.example/x"));
        assertThat(fault(upload("2 Vendor Log File", "http://acs.example/x")))
                .isEqualTo(StandardFaultCode.RESOURCES_EXCEEDED);
    }

    @Test
    void a_configuration_is_put_back_into_the_one_that_is_named_where_there_are_several() {
        String all = element.add("VendorConfigFile", "all.txt");
        device.answer(configuration("whatever it is called"));
        assertThat(actions.noted).containsExactly("M Download " + all + "Restore() k");
        String voice = element.add("VendorConfigFile", "voice.txt");
        device.answer(configuration("voice.txt"));
        device.answer(configuration(""));
        assertThat(actions.noted).endsWith("M Download " + voice + "Restore() k", "M Download " + all + "Restore() k");
        assertThat(fault(configuration("another.txt"))).isEqualTo(StandardFaultCode.INVALID_ARGUMENTS);
        actions.canRestart = false;
        assertThat(device.methods()).contains("Download");
        assertThat(fault(download("1 Firmware Upgrade Image", "http://acs.example/box.img")))
                .isEqualTo(StandardFaultCode.INVALID_ARGUMENTS);
    }

    private static ScheduleDownload scheduled(String type, TimeWindow... windows) {
        return new ScheduleDownload(
                "k", type, new FileLocation("http://acs.example/x", "", ""), new TargetFile(10, ""), List.of(windows));
    }

    private static TimeWindow window(long from, long to, String mode) {
        return new TimeWindow(Duration.ofSeconds(from), Duration.ofSeconds(to), mode, "", -1);
    }

    @Test
    void a_download_is_planned_for_one_window_or_two_and_others_are_refused() {
        TimeWindow night = window(100, 200, "1 At Any Time");
        TimeWindow next = window(200, 300, "2 Immediately");
        assertThat(device.answer(scheduled("1 Firmware Upgrade Image", night)))
                .isEqualTo(new ScheduleDownloadResponse());
        String all = element.add("VendorConfigFile", "all.txt");
        device.answer(scheduled("3 Vendor Configuration File", night, next));
        assertThat(actions.noted)
                .containsExactly("M ScheduleDownload firmware k", "M ScheduleDownload " + all + "Restore() k");
        List<ScheduleDownload> wrong = List.of(
                scheduled("1 Firmware Upgrade Image"),
                scheduled("1 Firmware Upgrade Image", night, next, window(300, 400, "2 Immediately")),
                scheduled("1 Firmware Upgrade Image", next, night),
                scheduled("1 Firmware Upgrade Image", window(100, 100, "1 At Any Time")),
                scheduled("1 Firmware Upgrade Image", window(1, 2, "3 When Idle")),
                scheduled("1 Firmware Upgrade Image", window(1, 2, "4 Confirmation Needed")),
                scheduled("5 Ringer File", night));
        for (ScheduleDownload each : wrong) {
            assertThat(fault(each)).as(each.toString()).isEqualTo(StandardFaultCode.INVALID_ARGUMENTS);
        }
    }

    @Test
    void what_is_under_way_with_files_is_told_and_given_up_where_it_has_not_begun() {
        assertThat(((GetAllQueuedTransfersResponse) device.answer(new GetAllQueuedTransfers())).transferList())
                .hasSize(16);
        assertThat(((GetQueuedTransfersResponse) device.answer(new GetQueuedTransfers())).transferList())
                .hasSize(16);
        assertThat(device.answer(new CancelTransfer("waits"))).isEqualTo(new CancelTransferResponse());
        assertThat(fault(new CancelTransfer("runs"))).isEqualTo(StandardFaultCode.CANCELATION_NOT_PERMITTED);
    }

    private static Upload upload(String type, String url) {
        return new Upload("k", type, new FileLocation(url, "", ""), Duration.ZERO);
    }

    private static Download configuration(String name) {
        return new Download(
                "k",
                "3 Vendor Configuration File",
                new FileLocation("http://acs.example/x", "", ""),
                new TargetFile(10, name),
                Duration.ZERO,
                new ResultPages("", ""));
    }

    private static Download download(String type, String url) {
        return new Download(
                "k",
                type,
                new FileLocation(url, "", ""),
                new TargetFile(0, ""),
                Duration.ZERO,
                new ResultPages("", ""));
    }
}
