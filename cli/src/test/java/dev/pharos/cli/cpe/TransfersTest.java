// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.model.FileCommand;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.ResultPages;
import dev.pharos.cwmp.rpc.TargetFile;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.datamodel.format.ModelFormatException;
import dev.pharos.datamodel.store.FileJournal;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of files that an ACS orders to be fetched or sent, over restarts of the device.
class TransfersTest {
    private static final String MODEL = """
            model urn:broadband-forum-org:tr-181-2-19-0

            object Device. readOnly

            object Device.DeviceInfo. readOnly
              param ActiveFirmwareImage readOnly string

            object Device.DeviceInfo.FirmwareImage.{i}. readOnly key Alias
              param Alias readWrite string
              command Download() async
                in URL string
                in AutoActivate boolean
                in Username string
                in Password string
                in FileSize unsignedLong
              command Activate() async

            object Device.DeviceInfo.VendorConfigFile.{i}. readOnly key Alias
              param Alias readWrite string
              command Backup() async
                in URL string
                in Username string
                in Password string
              command Restore() async
                in URL string
                in Username string
                in Password string
                in FileSize unsignedInt
            """;

    @TempDir
    Path folder;

    private final SharedTimer timer = new SharedTimer();
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private int active = 1;
    private boolean stalls;
    private boolean refuses;

    @SuppressWarnings("NullAway.Init") // set before each test
    private InstantiatedDataModel model;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Transfers transfers;

    /// A device with two places for firmware, one of which runs.
    private final class Device implements ServiceElement {
        @Override
        public SupportedDataModel supported() {
            try {
                return ModelFormat.read(new StringReader(MODEL), "test");
            } catch (IOException | ModelFormatException broken) {
                throw new IllegalStateException(broken);
            }
        }

        @Override
        public void start(DeviceContext started) {
            started.update(transaction -> {
                for (String image : List.of("one", "two")) {
                    transaction.add("Device.DeviceInfo.FirmwareImage.", Map.of("Alias", image));
                }
                transaction.add("Device.DeviceInfo.VendorConfigFile.", Map.of("Alias", "all"));
                transaction.set("Device.DeviceInfo.ActiveFirmwareImage", "Device.DeviceInfo.FirmwareImage." + active);
                return "";
            });
        }

        @Override
        public Map<String, String> operate(CommandCall call) throws InterruptedException {
            commands.add(call.object().path() + call.command().name() + " " + call.inputs());
            if (stalls) {
                stalled.countDown();
                Thread.sleep(60_000);
            }
            if (refuses) {
                throw new UspException(StandardErrorCode.COMMAND_FAILURE, "the check sum does not match");
            }
            return Map.of();
        }
    }

    @BeforeEach
    void start() throws IOException {
        Files.deleteIfExists(folder.resolve("datamodel.journal"));
        model = InstantiatedDataModel.start(
                List.of(new Device()), FileJournal.open(folder.resolve("datamodel.journal")));
        transfers = new Transfers(model, new KeptContact(folder), AgentRuntime.with(timer), reports::add);
    }

    @AfterEach
    void stop() {
        transfers.close();
        model.close();
    }

    @AfterEach
    void end() {
        timer.close();
    }

    private void restart() throws IOException {
        stop();
        start();
        transfers.resume();
    }

    private static Download order() {
        return new Download(
                "key",
                "1 Firmware Upgrade Image",
                new FileLocation("http://127.0.0.1:1/box-2.0.img?secret", "box", "pw"),
                new TargetFile(1_000, ""),
                Duration.ZERO,
                new ResultPages("", ""));
    }

    private String command() throws InterruptedException {
        return Optional.ofNullable(commands.poll(30, TimeUnit.SECONDS)).orElse("nothing");
    }

    private static FileCommand file(MethodEvent method, String command, Duration delay) {
        return new FileCommand(
                "key",
                method,
                "Device.DeviceInfo.VendorConfigFile.1." + command,
                new FileLocation("http://127.0.0.1:1/config?token=secret", "box", "pw"),
                method == MethodEvent.UPLOAD ? 0 : 1_000,
                delay);
    }

    private TransferComplete told() throws Exception {
        return told("DOWNLOAD");
    }

    private TransferComplete told(String method) throws Exception {
        Report report = reports.poll(30, TimeUnit.SECONDS);
        // the order is forgotten only when the report is kept
        for (int i = 0; i < 600 && !new KeptContact(folder).orders().isEmpty(); i++) {
            Thread.sleep(50);
        }
        assertThat(report).isNotNull();
        assertThat(report.events())
                .extracting(EventStruct::toString)
                .hasSize(2)
                .anyMatch(text -> text.contains("TRANSFER_COMPLETE"))
                .anyMatch(text -> text.contains(method) && text.contains("key"));
        assertThat(report.request()).isInstanceOf(TransferComplete.class);
        return (TransferComplete) report.request();
    }

    @Test
    void it_is_fetched_into_the_image_that_does_not_run_and_told_of_when_it_runs() throws Exception {
        assertThat(transfers.takesFirmware()).isTrue();
        assertThat(transfers.take(order())).isTrue();
        assertThat(commands).isEmpty();
        transfers.go();
        assertThat(command())
                .startsWith("Device.DeviceInfo.FirmwareImage.2.Download()")
                .contains("FileSize=1000", "AutoActivate=false", "Username=box", "Password=pw");
        assertThat(command()).startsWith("Device.DeviceInfo.FirmwareImage.2.Activate()");
        assertThat(reports).isEmpty();
        active = 2;
        restart();
        TransferComplete complete = told();
        assertThat(complete.commandKey()).isEqualTo("key");
        assertThat(complete.outcome().fault().isFault()).isFalse();
        assertThat(transfers.take(order())).isTrue();
    }

    @Test
    void what_the_device_does_not_take_is_told_at_once_and_the_next_order_is_taken() throws Exception {
        refuses = true;
        transfers.take(order());
        transfers.go();
        TransferComplete failed = told();
        assertThat(failed.outcome().fault().faultCode().code()).isEqualTo(9010);
        assertThat(failed.outcome().fault().faultString()).contains("check sum");
        assertThat(command()).contains("Download()");
        assertThat(transfers.take(order())).isTrue();
    }

    @Test
    void another_order_is_refused_while_one_is_under_way() {
        assertThat(transfers.take(order())).isTrue();
        assertThat(transfers.take(order())).isFalse();
    }

    @Test
    void a_device_that_lost_its_power_over_it_goes_on_but_not_for_ever() throws Exception {
        stalls = true;
        transfers.take(order());
        transfers.go();
        assertThat(stalled.await(30, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < Limits.TRANSFER_TRIES - 1; i++) {
            assertThat(command()).contains("Download()");
            restart();
        }
        assertThat(command()).contains("Download()");
        assertThat(reports).isEmpty();
        restart();
        assertThat(told().outcome().fault().faultString()).contains("restarts over it");
    }

    @Test
    void a_device_that_goes_on_with_the_old_is_started_with_the_new_again_and_then_given_up() throws Exception {
        transfers.take(order());
        transfers.go();
        assertThat(command()).contains("Download()");
        for (int i = 0; i < Limits.TRANSFER_TRIES; i++) {
            assertThat(command()).contains("Activate()");
            restart();
        }
        assertThat(told().outcome().fault().faultString()).contains("does not start with it");
        assertThat(commands).isEmpty();
    }

    @Test
    void a_file_is_given_away_and_taken_back_beside_firmware_and_both_are_told_of_at_once() throws Exception {
        assertThat(transfers.take(file(MethodEvent.UPLOAD, "Backup()", Duration.ZERO)))
                .isTrue();
        transfers.go();
        assertThat(command())
                .startsWith("Device.DeviceInfo.VendorConfigFile.1.Backup()")
                .contains("token=secret", "Username=box", "Password=pw")
                .doesNotContain("FileSize", "AutoActivate");
        TransferComplete sent = told("UPLOAD");
        assertThat(sent.commandKey()).isEqualTo("key");
        assertThat(sent.outcome().fault().isFault()).isFalse();

        assertThat(transfers.take(file(MethodEvent.DOWNLOAD, "Restore()", Duration.ZERO)))
                .isTrue();
        transfers.go();
        assertThat(command())
                .startsWith("Device.DeviceInfo.VendorConfigFile.1.Restore()")
                .contains("FileSize=1000");
        assertThat(told().outcome().fault().isFault()).isFalse();
    }

    @Test
    void a_file_that_is_refused_is_told_of_as_what_it_was() throws Exception {
        refuses = true;
        transfers.take(file(MethodEvent.UPLOAD, "Backup()", Duration.ZERO));
        transfers.go();
        TransferComplete failed = told("UPLOAD");
        assertThat(failed.outcome().fault().faultCode().code()).isEqualTo(9011);
        assertThat(failed.outcome().fault().faultString()).contains("check sum");
        transfers.take(file(MethodEvent.DOWNLOAD, "Nothing()", Duration.ZERO));
        transfers.go();
        assertThat(told().outcome().fault().faultCode().code()).isEqualTo(9010);
    }

    @Test
    void files_wait_for_their_time_over_restarts_and_only_so_many_at_once() throws Exception {
        for (int i = 0; i < Limits.TRANSFERS; i++) {
            assertThat(transfers.take(file(MethodEvent.UPLOAD, "Backup()", Duration.ofDays(1))))
                    .isTrue();
        }
        assertThat(transfers.take(file(MethodEvent.UPLOAD, "Backup()", Duration.ZERO)))
                .isFalse();
        assertThat(transfers.take(order())).isTrue();
        transfers.go();
        assertThat(command()).contains("FirmwareImage");
        restart();
        assertThat(new KeptContact(folder).orders())
                .hasSize(Limits.TRANSFERS + 1)
                .filteredOn(each -> !each.isFirmware())
                .allMatch(each -> each.due().isAfter(Instant.now()) && each.tries() == 0);
        assertThat(new KeptContact(folder).orders().toString()).doesNotContain("secret", "pw");
    }
}
