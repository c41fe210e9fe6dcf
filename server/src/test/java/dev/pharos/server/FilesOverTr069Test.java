// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.FaultCode;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.AutonomousTransferComplete;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.DownloadResponse;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.ScheduleDownload;
import dev.pharos.cwmp.rpc.ScheduleDownloadResponse;
import dev.pharos.cwmp.rpc.Status;
import dev.pharos.cwmp.rpc.TargetFile;
import dev.pharos.cwmp.rpc.TransferOutcome;
import dev.pharos.cwmp.rpc.Upload;
import dev.pharos.cwmp.rpc.UploadResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Files of devices of TR-069, over the same REST interface, and devices that do it wrongly.
final class FilesOverTr069Test {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Map<String, String> TOLD = Map.of("Device.DeviceInfo.SoftwareVersion", "1.0");
    private static final Answer LATER = new UploadResponse(Status.LATER, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN);
    private static final Answer FETCHES = new DownloadResponse(Status.LATER, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN);

    private static final TestServer SERVER = TestServer.shared();
    private static final Rest REST = SERVER.rest();

    private static VisitingDevice device(String serial) throws Exception {
        VisitingDevice device = new VisitingDevice(SERVER.acs(), serial, TOLD);
        device.visits();
        return device;
    }

    private static String files(String serial) {
        return "/api/v1/devices/" + Rest.segment("os::00256D-" + serial) + "/files";
    }

    private static long ask(String serial, String body) {
        Rest.Answer answer = REST.post(files(serial) + "/requests", body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(answer.json().get("state").stringValue()).isEqualTo("running");
        return answer.json().get("id").longValue();
    }

    private static JsonNode request(String serial, long id) {
        return REST.get(files(serial) + "/requests/" + id).json();
    }

    private static JsonNode becomes(String state, String serial, long id) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> request(serial, id).get("state").stringValue().equals(state));
        return request(serial, id);
    }

    private static int put(String link, String content) {
        return new Rest(URI.create(link), Map.of("Content-Type", "application/octet-stream"))
                .send("PUT", "", content)
                .status();
    }

    @Test
    void a_file_is_asked_for_in_the_next_session_by_the_older_name_where_need_be_and_comes_by_its_link()
            throws Exception {
        VisitingDevice device = device("LOG");
        assertThat(REST.get(files("LOG")).json().get("offers")).hasSize(2);
        long id = ask("LOG", "{\"action\":\"log\"}");
        assertThat(request("LOG", id).get("fault").stringValue()).contains("It is asked in its next session");
        assertThat(Instant.parse(request("LOG", id).get("awaitedSession").stringValue()))
                .isAfter(Instant.now());
        device.answers(
                asked -> asked instanceof Upload upload && upload.fileType().equals("4 Vendor Log File 1")
                        ? VisitingDevice.refusal(9003, "FileType")
                        : LATER);
        device.visits();
        assertThat(device.asked)
                .extracting(asked -> ((Upload) asked).fileType())
                .containsExactly("4 Vendor Log File 1", "2 Vendor Log File");
        assertThat(device.key()).hasSize(32);
        assertThat(device.link().length()).isLessThan(256);
        assertThat(request("LOG", id).get("fault").stringValue()).isEmpty();
        assertThat(request("LOG", id).has("awaitedSession")).isFalse();

        String link = device.link();
        assertThat(put(link.replaceFirst("token=.", "token=."), "x")).isEqualTo(403);
        assertThat(put(link, "all of it")).isEqualTo(201);
        assertThat(put(link, "once more")).isEqualTo(410);
        device.ended(device.key(), 9011, "it says so");
        device.visits();
        JsonNode complete = becomes("complete", "LOG", id);
        assertThat(complete.get("fault").stringValue()).isEmpty();
        assertThat(REST.get(files("LOG") + "/" + complete.get("file").longValue())
                        .response()
                        .body())
                .isEqualTo("all of it");
        device.visits();
        assertThat(device.asked).hasSize(2);
    }

    @Test
    void what_the_device_refuses_or_fails_at_is_said_in_its_words_and_nobody_ends_what_is_anothers() throws Exception {
        VisitingDevice device = device("BAD");
        device.answers(_ -> VisitingDevice.refusal(9001, "Not from you"));
        long refused = ask("BAD", "{\"action\":\"backup\"}");
        device.visits();
        assertThat(becomes("failed", "BAD", refused).get("fault").stringValue())
                .contains("9001")
                .contains("Not from you");

        device.answers(_ -> LATER);
        long failed = ask("BAD", "{\"action\":\"backup\",\"number\":3}");
        device.visits();
        assertThat(((Upload) device.asked.getLast()).fileType()).isEqualTo("3 Vendor Configuration File 3");
        String link = device.link();
        VisitingDevice other = device("OTHER");
        other.ended(device.key(), 0, "");
        other.visits();
        device.ended(device.key(), 9015, "Cannot contact https://x/y?token=hush");
        device.visits();
        String fault = becomes("failed", "BAD", failed).get("fault").stringValue();
        assertThat(fault).contains("9015", "Cannot contact").doesNotContain("hush");
        assertThat(put(link, "late")).isEqualTo(410);

        long silent = ask("BAD", "{\"action\":\"log\",\"number\":2}");
        device.visits();
        device.ended(device.key(), 0, "");
        device.visits();
        assertThat(becomes("failed", "BAD", silent).get("fault").stringValue()).contains("no file came");
    }

    @Test
    void a_kept_configuration_is_fetched_by_the_device_and_its_end_told() throws Exception {
        VisitingDevice device = device("CONFIG");
        JsonNode kept = REST.with("Content-Type", "application/octet-stream")
                .post(files("CONFIG") + "?name=all.txt", "the settings")
                .json();
        String restore = "{\"action\":\"restore\",\"file\":" + kept.get("id").longValue() + "}";
        long id = ask("CONFIG", restore);
        device.answers(_ -> FETCHES);
        device.visits();
        assertThat(device.asked).singleElement().isInstanceOfSatisfying(Download.class, download -> {
            assertThat(download.fileType()).isEqualTo("3 Vendor Configuration File");
            assertThat(download.target().fileSize()).isEqualTo(12);
            assertThat(download.target().targetFileName()).isEmpty();
        });
        assertThat(put(device.link(), "x")).isEqualTo(403);
        assertThat(new Rest(URI.create(device.link()), Map.of())
                        .get("")
                        .response()
                        .body())
                .isEqualTo("the settings");
        device.ended(device.key(), 0, "");
        device.visits();
        becomes("complete", "CONFIG", id);

        long atOnce = ask("CONFIG", restore);
        device.answers(_ -> new DownloadResponse(Status.DONE, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN));
        device.visits();
        becomes("complete", "CONFIG", atOnce);

        Rest.Answer unnamed = REST.post(files("CONFIG") + "/requests", restore.replace("}", ",\"number\":2}"));
        assertThat(unnamed.json().get("state").stringValue()).isEqualTo("failed");
        assertThat(unnamed.json().get("fault").stringValue()).contains("by its name");
        assertThat(REST.get(files("CONFIG")).json().get("requests")).hasSize(3);
        assertThat(List.copyOf(device.asked)).hasSize(2);
    }

    @Test
    void files_of_other_kinds_go_and_come_by_what_tr_069_and_makers_call_them() throws Exception {
        VisitingDevice device = device("KINDS");
        Rest bytes = REST.with("Content-Type", "application/octet-stream");
        long tones = bytes.post(files("KINDS") + "?name=ring.wav&kind=other", "ding")
                .json()
                .get("id")
                .longValue();
        long sent = ask("KINDS", "{\"action\":\"send\",\"file\":" + tones + ",\"type\":\"5 Ringer File\"}");
        device.answers(_ -> FETCHES);
        device.visits();
        assertThat(device.asked).singleElement().isInstanceOfSatisfying(Download.class, download -> {
            assertThat(download.fileType()).isEqualTo("5 Ringer File");
            assertThat(download.target()).isEqualTo(new TargetFile(4, "ring.wav"));
        });
        assertThat(new Rest(URI.create(device.link()), Map.of())
                        .get("")
                        .response()
                        .body())
                .isEqualTo("ding");
        device.ended(device.key(), 0, "");
        device.visits();
        assertThat(becomes("complete", "KINDS", sent).get("name").stringValue()).isEqualTo("5 Ringer File");

        long fetched = ask("KINDS", "{\"action\":\"fetch\",\"type\":\"X 00256D Core Dump\"}");
        device.answers(_ -> LATER);
        device.visits();
        assertThat(((Upload) device.asked.getLast()).fileType()).isEqualTo("X 00256D Core Dump");
        assertThat(put(device.link(), "core")).isEqualTo(201);
        JsonNode complete = becomes("complete", "KINDS", fetched);
        JsonNode dump = REST.get(files("KINDS")).json().get("items").get(0);
        assertThat(dump.get("id")).isEqualTo(complete.get("file"));
        assertThat(dump.get("kind").stringValue()).isEqualTo("other");
        assertThat(dump.get("name").stringValue()).isEqualTo("X_00256D_Core_Dump");

        long config = bytes.post(files("KINDS") + "?name=all.txt", "settings")
                .json()
                .get("id")
                .longValue();
        refuses("type", "{\"action\":\"send\",\"file\":" + tones + ",\"type\":\"1 Firmware Upgrade Image\"}");
        refuses("type", "{\"action\":\"fetch\",\"type\":\"4 Tone File\"}");
        refuses("type", "{\"action\":\"fetch\"}");
        refuses("type", "{\"action\":\"log\",\"type\":\"X 00256D Core Dump\"}");
        refuses("file", "{\"action\":\"send\",\"file\":" + config + ",\"type\":\"4 Tone File\"}");
        refuses("file", "{\"action\":\"restore\",\"file\":" + tones + "}");
        assertThat(bytes.post(files("KINDS") + "?name=a.txt&kind=log", "x").status())
                .isEqualTo(400);
    }

    private static void refuses(String field, String body) {
        Rest.Answer answer = REST.post(files("KINDS") + "/requests", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.response().body()).contains("\"" + field + "\"");
    }

    @Test
    void a_transfer_that_somebody_else_has_ordered_is_an_event_in_words_without_the_right_to_use_its_link()
            throws Exception {
        VisitingDevice device = device("OWN");
        device.tells(
                new AutonomousTransferComplete(
                        "",
                        "https://files.example/fw.img?signature=hush",
                        true,
                        "1 Firmware Upgrade Image",
                        new TargetFile(9, ""),
                        new TransferOutcome(
                                new FaultStruct(FaultCode.of(9018), "damaged"), CwmpTime.UNKNOWN, CwmpTime.UNKNOWN)),
                StandardEvent.AUTONOMOUS_TRANSFER_COMPLETE);
        device.visits();
        String events = files("OWN").replace("/files", "/events");
        await().atMost(PATIENCE)
                .until(
                        () -> REST.get(events)
                                .response()
                                .body()
                                .contains(
                                        "a transfer of its own (download of 1 Firmware Upgrade Image from"
                                                + " https://files.example/fw.img) failed: 9018 File transfer failure: file corrupted: damaged"));
        assertThat(REST.get(events).response().body()).doesNotContain("hush");
    }

    @Test
    void firmware_of_a_job_with_a_window_is_told_with_its_end_and_what_is_too_late_says_so() throws Exception {
        VisitingDevice device = device("WINDOW");
        long image = Images.upload(REST, "name=box&version=9.0&fileName=box.img");
        device.answers(_ -> new ScheduleDownloadResponse());
        LocalTime now = LocalTime.now(ZoneOffset.UTC);
        LocalTime end = now.plusHours(2).truncatedTo(ChronoUnit.MINUTES);
        Rest.Answer made = REST.post(
                "/api/v1/jobs",
                "{\"query\":\"serial = WINDOW\",\"firmware\":" + image + ",\"retries\":5,\"window\":{\"from\":\""
                        + now.minusHours(1).truncatedTo(ChronoUnit.MINUTES) + "\",\"to\":\"" + end
                        + "\",\"zone\":\"UTC\"}}");
        assertThat(made.status()).as(made.response().body()).isEqualTo(200);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            device.visits();
            return !device.asked.isEmpty();
        });
        ScheduleDownload planned = (ScheduleDownload) device.asked.getFirst();
        assertThat(planned.timeWindows()).singleElement().satisfies(window -> {
            assertThat(window.start()).isZero();
            assertThat(window.end()).isBetween(Duration.ofMinutes(110), Duration.ofMinutes(120));
        });
        device.ended(device.key(), 9020, "the windows are over");
        device.visits();
        String targets = "/api/v1/jobs/" + made.json().get("id").asLong() + "/targets";
        await().atMost(PATIENCE)
                .until(
                        () -> REST.get(targets)
                                .response()
                                .body()
                                .contains(
                                        "9020 File transfer failure: not possible within the time windows: the windows are over"));
    }
}
