// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.Argument;
import dev.pharos.cwmp.rpc.CancelTransfer;
import dev.pharos.cwmp.rpc.CancelTransferResponse;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.DownloadResponse;
import dev.pharos.cwmp.rpc.Kicked;
import dev.pharos.cwmp.rpc.RequestDownload;
import dev.pharos.cwmp.rpc.ScheduleInform;
import dev.pharos.cwmp.rpc.ScheduleInformResponse;
import dev.pharos.cwmp.rpc.SetVouchers;
import dev.pharos.cwmp.rpc.SetVouchersResponse;
import dev.pharos.cwmp.rpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What devices of TR-069 are asked by methods that USP has in no message, what they ask for themselves, and who they
/// are.
final class CwmpMethodsTest {
    private static final TestServer SERVER = TestServer.shared();
    private static final Rest REST = SERVER.rest();

    private static VisitingDevice device(String serial, Map<String, String> told) throws Exception {
        VisitingDevice device = new VisitingDevice(SERVER.acs(), serial, told);
        device.methods.addAll(List.of("ScheduleInform", "CancelTransfer", "SetVouchers"));
        device.visits();
        return device;
    }

    private static VisitingDevice device(String serial) throws Exception {
        return device(serial, Map.of("Device.DeviceInfo.SoftwareVersion", "1.0"));
    }

    private static String path(String serial) {
        return "/api/v1/devices/" + Rest.segment("os::00256D-" + serial);
    }

    private static String detail(Rest.Answer answer, int status) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        return answer.json().get("detail").stringValue();
    }

    private static void awaitEvent(String serial, String text) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (REST.get(path(serial) + "/events").response().body().contains(text)) {
                return;
            }
            Thread.sleep(50);
        }
        assertThat(REST.get(path(serial) + "/events").response().body()).contains(text);
    }

    @Test
    void what_a_device_shall_do_waits_for_it_and_what_it_is_only_asked_does_not() throws Exception {
        VisitingDevice device = device("M1");
        device.answers(request -> switch (request) {
            case CancelTransfer _ -> new CancelTransferResponse();
            case SetVouchers _ -> new SetVouchersResponse();
            case ScheduleInform _ -> new ScheduleInformResponse();
            default -> VisitingDevice.refusal(9000, "no");
        });
        assertThat(detail(REST.get(path("M1") + "/transfers"), 504)).contains("does not say where it can be called");
        assertThat(detail(REST.get(path("M1") + "/options?name=x"), 504)).contains("is not in a session now");
        Rest.Answer cancel = REST.send("DELETE", path("M1") + "/transfers/key%201", null);
        assertThat(cancel.status()).as(cancel.response().body()).isEqualTo(202);
        assertThat(cancel.json().get("done").booleanValue()).isFalse();
        assertThat(REST.post(path("M1") + "/options", "{\"vouchers\":[\"PHg+\"]}")
                        .status())
                .isEqualTo(202);
        Rest.Answer timer = REST.post(
                path("M1") + "/usp/operate",
                "{\"command\":\"Device.ScheduleTimer()\",\"inputArgs\":{\"DelaySeconds\":\"90\"}}");
        assertThat(timer.status()).as(timer.response().body()).isEqualTo(202);
        device.visits();
        assertThat(device.asked.stream().map(each -> each.method()))
                .contains("CancelTransfer", "SetVouchers", "ScheduleInform");
        assertThat(device.asked).contains(new CancelTransfer("key 1"));
        awaitEvent("M1", "cancel the transfer key 1");
        awaitEvent("M1", "come again in 90 s");
        assertThat(REST.get("/api/v1/audit").response().body()).contains("cancel transfer", "give vouchers");
    }

    @Test
    void what_cannot_be_asked_is_refused_with_the_reason() throws Exception {
        VisitingDevice _ = device("M2");
        assertThat(detail(
                        REST.post(
                                path("M2") + "/usp/operate",
                                "{\"command\":\"Device.ScheduleTimer()\",\"inputArgs\":{\"DelaySeconds\":\"0\"}}"),
                        400))
                .contains("1 to 4294967295 seconds");
        assertThat(detail(REST.send("DELETE", path("M2") + "/transfers/" + "k".repeat(33), null), 400))
                .contains("32 characters");
        assertThat(detail(REST.post(path("M2") + "/options", "{\"vouchers\":[]}"), 400))
                .contains("1 to 10");
        assertThat(detail(REST.post(path("M2") + "/options", "{\"vouchers\":[\"?\"]}"), 400))
                .contains("Base64");
        assertThat(REST.get(path("nobody") + "/transfers").status()).isEqualTo(404);
    }

    private static List<Download> downloads(VisitingDevice device) {
        return device.asked.stream()
                .filter(Download.class::isInstance)
                .map(Download.class::cast)
                .toList();
    }

    private static Answer later(Object request) {
        return request instanceof Download
                ? new DownloadResponse(Status.LATER, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN)
                : VisitingDevice.refusal(9000, "no");
    }

    @Test
    void a_device_gets_the_firmware_that_is_meant_for_it_and_does_not_run_and_nothing_else() throws Exception {
        long _ = Images.upload(REST, "name=asked-all&version=9.0");
        long _ = Images.upload(REST, "name=asked&version=1.0&devices=" + Rest.segment("serial = \"W1\""));
        VisitingDevice device = device("W1");
        device.answers(CwmpMethodsTest::later);
        RequestDownload request = new RequestDownload("1 Firmware Upgrade Image", List.of());
        device.tells(request, StandardEvent.REQUEST_DOWNLOAD);
        device.visits();
        assertThat(downloads(device)).isEmpty();
        awaitEvent("W1", "no other firmware that is meant for this device");
        long _ = Images.upload(REST, "name=asked&version=2.0&devices=" + Rest.segment("serial = \"W1\""));
        device.tells(
                new RequestDownload("1 Firmware Upgrade Image", List.of(new Argument("Version", "3.0"))),
                StandardEvent.REQUEST_DOWNLOAD);
        device.visits();
        assertThat(downloads(device)).as("of that version there is none").isEmpty();
        device.tells(request, StandardEvent.REQUEST_DOWNLOAD);
        device.visits();
        assertThat(downloads(device)).hasSize(1);
        assertThat(downloads(device).getFirst().location().url()).contains("/firmware-files/");
        assertThat(downloads(device).getFirst().target().fileSize()).isEqualTo(1_500_000);
        awaitEvent("W1", "gets the file that it asked for: firmware asked 2.0");
    }

    @Test
    void a_configuration_is_given_to_nobody_who_has_not_proved_who_it_is() throws Exception {
        VisitingDevice device = device("W2");
        Rest.Answer put =
                Images.send(REST, path("W2") + "/files?name=kept.txt", "secret=1".getBytes(StandardCharsets.US_ASCII));
        assertThat(put.status()).as(put.response().body()).isEqualTo(200);
        device.answers(CwmpMethodsTest::later);
        device.tells(new RequestDownload("3 Vendor Configuration File", List.of()), StandardEvent.REQUEST_DOWNLOAD);
        device.tells(new RequestDownload("X 00256D Ringtone", List.of()), StandardEvent.REQUEST_DOWNLOAD);
        device.tells(
                new Kicked("buy", "http://shop.example/?t=hush", "", "http://evil.example/"), StandardEvent.KICKED);
        device.visits();
        assertThat(downloads(device)).isEmpty();
        awaitEvent("W2", "has not proved who it is");
        awaitEvent("W2", "there are only firmware");
        awaitEvent("W2", "buy of http://shop.example/");
        assertThat(REST.get(path("W2") + "/events").response().body()).doesNotContain("hush");
    }

    @Test
    void a_person_says_that_two_are_one_device_once_and_what_is_none_is_refused() throws Exception {
        VisitingDevice one = device("I1");
        VisitingDevice _ = device("I2");
        assertThat(detail(REST.post(path("I1") + "/identity", "{}"), 400)).contains("Endpoint ID");
        assertThat(detail(REST.post(path("I1") + "/identity", "{\"sameAs\":\"os::00256D-I1\"}"), 409))
                .contains("already");
        assertThat(detail(REST.post(path("I1") + "/identity", "{\"sameAs\":\"proto::nobody\"}"), 409))
                .contains("does not call itself so");
        Rest.Answer united = REST.post(path("I1") + "/identity", "{\"sameAs\":\"os::00256D-I2\"}");
        assertThat(united.status()).as(united.response().body()).isEqualTo(200);
        assertThat(united.json().get("id").stringValue()).isEqualTo("os::00256D-I2");
        one.visits();
        awaitEvent("I2", "both are one from now on");
        assertThat(REST.get("/api/v1/audit").response().body()).contains("same device");
        Map<String, String> places = new TreeMap<>();
        for (String each : List.of(
                "?x=1",
                "/twin",
                "/files",
                "/diagnostics",
                "/subscriptions",
                "/migration",
                "/health",
                "/kinds",
                "/bulk",
                "/attributes",
                "/identity")) {
            Rest.Answer moved = REST.get(path("I1") + each);
            places.put(
                    each,
                    moved.status() + " "
                            + moved.response().headers().firstValue("Location").orElse(""));
        }
        assertThat(places).allSatisfy((each, place) -> assertThat(place).isEqualTo("307 " + path("I2") + each));
        Rest.Answer changed = REST.send("PUT", path("I1") + "/cwmp-proof", "{\"wanted\":\"both\"}");
        assertThat(changed.status()).isEqualTo(307);
        assertThat(detail(changed, 307)).contains("is known as os::00256D-I2");
        assertThat(REST.get(path("I1") + "/events").response().body()).contains("both are one from now on");
        assertThat(REST.get("/api/v1/events?device=" + Rest.segment("os::00256D-I1"))
                        .response()
                        .body())
                .contains("both are one from now on");
        assertThat(REST.get(path("nobody")).status()).isEqualTo(404);
        assertThat(REST.send("DELETE", path("I1"), null).status())
                .as("the record of now is not forgotten so")
                .isEqualTo(404);
    }

    @Test
    void what_a_person_made_one_they_make_two_again_and_nothing_else_is() throws Exception {
        VisitingDevice one = device("J1");
        VisitingDevice _ = device("J2");
        assertThat(REST.post(path("J1") + "/identity", "{\"sameAs\":\"os::00256D-J2\"}")
                        .status())
                .isEqualTo(200);
        JsonNode names = REST.get(path("J2") + "/identity").json();
        assertThat(names.get("id").stringValue()).isEqualTo("os::00256D-J2");
        assertThat(names.get("former").get(0).get("id").stringValue()).isEqualTo("os::00256D-J1");
        assertThat(names.get("former").get(0).get("undoable").booleanValue()).isTrue();
        String identity = path("J2") + "/identity?former=";
        assertThat(detail(REST.send("DELETE", identity + "nonsense", null), 400))
                .contains("former");
        assertThat(detail(REST.send("DELETE", identity + Rest.segment("os::00256D-J9"), null), 409))
                .contains("never was a record of its own");
        Rest.Answer two = REST.send("DELETE", identity + Rest.segment("os::00256D-J1"), null);
        assertThat(two.status()).as(two.response().body()).isEqualTo(200);
        assertThat(two.json().get("id").stringValue()).isEqualTo("os::00256D-J1");
        assertThat(two.json().get("status").stringValue()).isEqualTo("offline");
        assertThat(REST.get(path("J2") + "/identity").json().get("former")).isEmpty();
        one.visits();
        JsonNode again = REST.get(path("J1")).json();
        assertThat(again.get("id").stringValue()).isEqualTo("os::00256D-J1");
        assertThat(again.get("status").stringValue()).isEqualTo("online");
        assertThat(REST.get(path("J2")).json().get("serialNumber").stringValue())
                .isEqualTo("J2");
        assertThat(REST.get("/api/v1/audit").response().body()).contains("two devices");
    }

    @Test
    void who_calls_itself_as_another_in_its_inform_does_not_become_that() throws Exception {
        VisitingDevice _ = device("T1");
        VisitingDevice _ = device(
                "T2",
                Map.of("Device.DeviceInfo.SoftwareVersion", "6.6", "Device.USPAgent.EndpointID", "os::00256D-T1"));
        JsonNode known = REST.get(path("T1")).json();
        assertThat(known.get("serialNumber").stringValue()).isEqualTo("T1");
        assertThat(known.get("softwareVersion").stringValue()).isEqualTo("1.0");
        assertThat(REST.get(path("T2")).json().get("softwareVersion").stringValue())
                .isEqualTo("6.6");
    }
}
