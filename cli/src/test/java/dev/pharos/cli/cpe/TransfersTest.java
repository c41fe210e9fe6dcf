// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.model.FileCommand;
import dev.pharos.cwmp.rpc.AnyQueuedTransfer;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.TimeWindow;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.TransferState;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.datamodel.format.ModelFormatException;
import dev.pharos.datamodel.store.FileJournal;
import dev.pharos.testkit.ManualClock;
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
import java.util.random.RandomGenerator;
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
    private final ManualClock clock = ManualClock.standing();
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private int active = 1;
    private boolean stalls;
    private boolean refuses;
    private Duration takes = Duration.ZERO;

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
            clock.advance(takes);
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

    private static FileCommand order(TimeWindow... windows) {
        return new FileCommand(
                "key",
                windows.length == 0 ? MethodEvent.DOWNLOAD : MethodEvent.SCHEDULE_DOWNLOAD,
                "1 Firmware Upgrade Image",
                Optional.empty(),
                new FileLocation("http://127.0.0.1:1/box-2.0.img?secret", "box", "pw"),
                1_000,
                windows.length == 0 ? Duration.ZERO : windows[0].start(),
                List.of(windows));
    }

    private static TimeWindow window(Duration from, Duration to) {
        return new TimeWindow(from, to, "1 At Any Time", "", -1);
    }

    private String command() throws InterruptedException {
        return Optional.ofNullable(commands.poll(30, TimeUnit.SECONDS)).orElse("nothing");
    }

    private static FileCommand file(MethodEvent method, String command, Duration delay) {
        return new FileCommand(
                "key",
                method,
                "3 Vendor Configuration File",
                Optional.of("Device.DeviceInfo.VendorConfigFile.1." + command),
                new FileLocation("http://127.0.0.1:1/config?token=secret", "box", "pw"),
                method == MethodEvent.UPLOAD ? 0 : 1_000,
                delay,
                List.of());
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
        assertThat(transfers.take(order(window(Duration.ofDays(1), Duration.ofDays(2)))))
                .isTrue();
        transfers.go();
        restart();
        assertThat(commands).isEmpty();
        assertThat(new KeptContact(folder).orders())
                .hasSize(Limits.TRANSFERS + 1)
                .filteredOn(each -> !each.isFirmware())
                .allMatch(each -> each.time().due().isAfter(Instant.now()) && each.tries() == 0);
        assertThat(new KeptContact(folder).orders().toString()).doesNotContain("secret", "pw");
    }

    /// By a clock that stands.
    private PlannedTimer planned() throws IOException {
        PlannedTimer planned = new PlannedTimer(clock);
        transfers.close();
        transfers = new Transfers(
                model,
                new KeptContact(folder),
                new AgentRuntime(clock, planned, RandomGenerator.of("L64X128MixRandom")),
                reports::add);
        return planned;
    }

    private void waits() {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> transfers.queued().getFirst().transfer().state() == TransferState.NOT_YET_STARTED);
    }

    @Test
    void what_fails_in_a_window_is_tried_in_the_next_and_what_is_never_within_one_is_told_as_that() throws Exception {
        PlannedTimer planned = planned();
        refuses = true;
        Duration hour = Duration.ofHours(1);
        assertThat(transfers.take(order(window(Duration.ZERO, hour), window(hour, hour.multipliedBy(2)))))
                .isTrue();
        transfers.go();
        planned.advance(Duration.ZERO);
        assertThat(command()).contains("Download()");
        waits();
        planned.advance(hour);
        assertThat(command()).contains("Download()");
        TransferComplete failed = told("SCHEDULE_DOWNLOAD");
        assertThat(failed.outcome().fault().faultCode().code()).isEqualTo(9010);

        refuses = false;
        assertThat(transfers.take(order(window(hour, hour.multipliedBy(2))))).isTrue();
        clock.advance(hour.multipliedBy(3));
        transfers.go();
        planned.advance(Duration.ZERO);
        TransferComplete late = told("SCHEDULE_DOWNLOAD");
        assertThat(late.outcome().fault().faultCode().code()).isEqualTo(9020);
        assertThat(commands).isEmpty();
    }

    @Test
    void firmware_that_came_when_its_window_was_over_is_not_run_before_the_next() throws Exception {
        PlannedTimer planned = planned();
        Duration hour = Duration.ofHours(1);
        takes = hour.multipliedBy(2);
        transfers.take(order(window(Duration.ZERO, hour), window(hour.multipliedBy(3), hour.multipliedBy(4))));
        transfers.go();
        planned.advance(Duration.ZERO);
        assertThat(command()).contains("Download()");
        waits();
        assertThat(commands).isEmpty();
        assertThat(new KeptContact(folder).orders())
                .singleElement()
                .matches(kept -> kept.isFetched() && kept.time().windows().size() == 2);
        assertThat(transfers.cancel("key")).isFalse();
        planned.advance(hour);
        assertThat(command()).contains("FirmwareImage.2.Activate()");
    }

    @Test
    void what_has_not_begun_is_given_up_and_nobody_is_told_of_it() throws Exception {
        transfers.take(file(MethodEvent.UPLOAD, "Backup()", Duration.ofDays(1)));
        transfers.take(order(window(Duration.ofHours(1), Duration.ofHours(2))));
        transfers.go();
        assertThat(transfers.queued())
                .extracting(AnyQueuedTransfer::fileType)
                .containsExactly("1 Firmware Upgrade Image", "3 Vendor Configuration File");
        assertThat(transfers.cancel("another")).isTrue();
        assertThat(transfers.queued()).hasSize(2);
        assertThat(transfers.cancel("key")).isTrue();
        assertThat(transfers.queued()).isEmpty();
        assertThat(reports).isEmpty();
        stalls = true;
        transfers.take(file(MethodEvent.UPLOAD, "Backup()", Duration.ZERO));
        transfers.go();
        assertThat(stalled.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(transfers.cancel("key")).isFalse();
    }
}
