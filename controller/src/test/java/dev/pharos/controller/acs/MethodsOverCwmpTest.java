// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.store.EventKind;
import dev.pharos.cwmp.DownloadType;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.rpc.Argument;
import dev.pharos.cwmp.rpc.CancelTransfer;
import dev.pharos.cwmp.rpc.CancelTransferResponse;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FactoryReset;
import dev.pharos.cwmp.rpc.GetAllQueuedTransfers;
import dev.pharos.cwmp.rpc.GetQueuedTransfers;
import dev.pharos.cwmp.rpc.GetQueuedTransfersResponse;
import dev.pharos.cwmp.rpc.Kicked;
import dev.pharos.cwmp.rpc.QueuedTransfer;
import dev.pharos.cwmp.rpc.RequestDownload;
import dev.pharos.cwmp.rpc.ScheduleInform;
import dev.pharos.cwmp.rpc.ScheduleInformResponse;
import dev.pharos.cwmp.rpc.TransferState;
import dev.pharos.usp.message.OperateRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Methods that touch nothing of the data model, and what devices ask of the ACS.
class MethodsOverCwmpTest extends AcsStage {
    private static final ScheduleInform LATER = new ScheduleInform(Duration.ofSeconds(90), "k");

    private Asked call(Errand.CallMethod method) throws InterruptedException {
        return office.askNow(ID, method, PATIENCE);
    }

    @Test
    void a_device_is_told_when_to_come_again_and_that_it_has_is_told() throws Exception {
        canBeCalledAt("http://127.0.0.1:4567/x");
        device.others.put(LATER, new ScheduleInformResponse());
        Errand timer =
                TimerCommand.of(new OperateRequest(TimerCommand.COMMAND, "k", true, Map.of("DelaySeconds", "90")));
        assertThat(timer).isEqualTo(new Errand.CallMethod(LATER));
        assertThat(call(new Errand.CallMethod(LATER)))
                .isEqualTo(new Asked.Ended(new ErrandEnd.Answered(new ScheduleInformResponse())));
        awaitEvent(EventKind.OPERATION_COMPLETE, "come again in 90 s");
        outbox.add(new EventStruct(MethodEvent.SCHEDULE_INFORM, "k"));
        session(StandardEvent.SCHEDULED);
        awaitEvent(EventKind.OPERATION_COMPLETE, "has come again");
        assertThat(ErrandInUsp.requests(timer, "own"))
                .containsExactly(new OperateRequest(TimerCommand.COMMAND, "k", true, Map.of("DelaySeconds", "90")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "4294967296", "1.5", "soon"})
    void a_time_that_is_none_is_refused(String delay) {
        assertThatThrownBy(() -> TimerCommand.of(
                        new OperateRequest(TimerCommand.COMMAND, "", true, Map.of("DelaySeconds", delay))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 4294967295 seconds");
    }

    @Test
    void an_older_device_tells_its_transfers_by_the_older_method_and_what_it_refuses_is_refused() throws Exception {
        canBeCalledAt("http://127.0.0.1:4567/x");
        GetQueuedTransfersResponse queued =
                new GetQueuedTransfersResponse(List.of(new QueuedTransfer("k", TransferState.NOT_YET_STARTED)));
        device.others.put(new GetQueuedTransfers(), queued);
        assertThat(call(new Errand.CallMethod(new GetAllQueuedTransfers())))
                .isEqualTo(new Asked.Ended(new ErrandEnd.Answered(queued)));
        assertThat(device.asked).contains(new GetQueuedTransfers());
        device.others.put(new CancelTransfer("k"), new CancelTransferResponse());
        assertThat(call(new Errand.CallMethod(new CancelTransfer("k"))))
                .isEqualTo(new Asked.Ended(new ErrandEnd.Answered(new CancelTransferResponse())));
        CwmpFault late = CwmpFault.of(StandardFaultCode.CANCELATION_NOT_PERMITTED, "it runs");
        device.others.put(new CancelTransfer("k"), late);
        assertThat(call(new Errand.CallMethod(new CancelTransfer("k"))))
                .isEqualTo(new Asked.Ended(new ErrandEnd.Refused(late)));
    }

    @Test
    void a_method_that_changes_the_device_is_none_of_these() {
        assertThatThrownBy(() -> new Errand.CallMethod(new FactoryReset()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FactoryReset");
    }

    private void asksFor(String type) {
        outbox.add(new Report(
                new RequestDownload(type, List.of(new Argument("Version", "2"))),
                List.of(new EventStruct(StandardEvent.REQUEST_DOWNLOAD, ""))));
    }

    @Test
    void a_device_that_asks_for_a_file_is_told_to_fetch_it_in_the_same_session() {
        List<Boolean> proven = new ArrayList<>();
        office.gives((id, request, proof) -> {
            proven.add(proof);
            return new RequestedFiles.Offer.File(
                    new Errand.FetchFile(
                            DownloadType.FIRMWARE.text(),
                            "http://127.0.0.1/f",
                            "wish",
                            7,
                            "",
                            clock.instant().plusSeconds(60),
                            Optional.empty()),
                    "firmware " + request.fileTypeArg().getFirst().value());
        });
        session(StandardEvent.BOOTSTRAP);
        asksFor("1 Firmware Upgrade Image");
        session(StandardEvent.PERIODIC);
        assertThat(outbox.isEmpty()).as("it was answered").isTrue();
        assertThat(device.asked.stream().filter(Download.class::isInstance).map(Download.class::cast))
                .extracting(Download::commandKey)
                .containsExactly("wish");
        assertThat(proven).containsExactly(false);
        awaitEvent(EventKind.EVENT, "asks for a file: 1 Firmware");
        awaitEvent(EventKind.EVENT, "gets the file that it asked for: firmware 2");
    }

    @Test
    void who_asks_for_what_is_not_there_is_answered_and_it_is_said_why() {
        session(StandardEvent.BOOTSTRAP);
        asksFor("X 00256D " + "long".repeat(100));
        session(StandardEvent.PERIODIC);
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(device.asked).noneMatch(Download.class::isInstance);
        awaitEvent(EventKind.WARNING, "has no files for devices");
        assertThat(events()).allMatch(each -> each.text().length() < 300);
    }

    @Test
    void who_asks_again_and_again_in_one_session_gets_no_more() {
        office.gives((id, request, proof) -> new RequestedFiles.Offer.Nothing("none of them"));
        session(StandardEvent.BOOTSTRAP);
        for (int i = 0; i < Limits.REQUESTED_FILES + 2; i++) {
            asksFor("1 Firmware Upgrade Image");
        }
        session(StandardEvent.PERIODIC);
        awaitEvent(EventKind.WARNING, "has asked for " + Limits.REQUESTED_FILES + " in this session");
    }

    @Test
    void who_was_kicked_is_answered_and_what_it_was_is_told_without_what_the_page_was_asked() {
        session(StandardEvent.BOOTSTRAP);
        outbox.add(new Report(
                new Kicked("sign up", "http://shop.example/a?token=secret", "x", "http://evil.example/"),
                List.of(new EventStruct(StandardEvent.KICKED, ""))));
        session(StandardEvent.PERIODIC);
        assertThat(outbox.isEmpty()).isTrue();
        awaitEvent(EventKind.EVENT, "sign up of http://shop.example/a");
        assertThat(events()).noneMatch(each -> each.text().contains("secret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://shop.example/after/", "http://shop.example:80/after/x?y=1", "HTTP://SHOP.example/after/x"
            })
    void people_are_led_where_that_is_allowed(String wanted) {
        assertThat(new NextUrls(List.of(URI.create("http://shop.example/after/"))).next(wanted))
                .isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://evil.example/after/",
                "https://shop.example/after/",
                "http://shop.example:81/after/",
                "http://shop.example/afterwards",
                "http://shop.example/after/../x",
                "http://shop.example/after/%2e%2e/x",
                "http://shop.example@evil.example/after/",
                "http://me@shop.example/after/",
                "//shop.example/after/",
                "/after/",
                "javascript:alert(1)",
                "mailto:a@shop.example",
                "http://shop.example\\evil.example/after/",
                "http://shop.example/after/\nSet-Cookie: a"
            })
    void and_nowhere_else(String wanted) {
        assertThat(new NextUrls(List.of(URI.create("http://shop.example/after/"))).next(wanted))
                .isEmpty();
        assertThat(NextUrls.NONE.next(wanted)).isEmpty();
    }

    @Test
    void what_is_no_place_of_pages_is_not_allowed_to_be_one() {
        for (String wrong : List.of("ftp://a.example/", "http:///x", "http://a.example/?q", "http://me@a.example/")) {
            assertThatThrownBy(() -> new NextUrls(List.of(URI.create(wrong))))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
