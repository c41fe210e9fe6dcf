// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.config.RebootAction;
import dev.pharos.agent.fixture.BulkProfiles;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.agent.fixture.TestCollector;
import dev.pharos.agent.fixture.TestCollector.Answer;
import dev.pharos.agent.fixture.TestCollector.Delivery;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.message.OperateRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How reports reach a collector over HTTP, against a server on this host and in a time that only the test moves.
class BulkHttpTest {
    private static final Duration INTERVAL = Duration.ofSeconds(60);

    private final TestCollector collector = open();
    private final Stage stage = Stage.open(Stage.config().withRebootAction(new RebootAction.Simulated()));
    private final BulkProfiles profiles = new BulkProfiles(stage.controller()).enabled();

    private static TestCollector open() {
        try {
            return TestCollector.plain();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @AfterEach
    void close() {
        stage.close();
        collector.close();
    }

    private Delivery delivered() throws InterruptedException {
        stage.timer().advance(INTERVAL);
        return collector.next();
    }

    /// The report of noon and so many seconds.
    private static String json(int... seconds) {
        List<String> reports = new ArrayList<>();
        for (int second : seconds) {
            reports.add(
                    "{\"CollectionTime\":" + (1_767_268_800_000L + second * 1000L) + ",\"Device.Home.Name\":\"home\"}");
        }
        return "{\"Report\":[" + String.join(",", reports) + "]}";
    }

    @Test
    @Requirement({"R-BULK.1", "R-BULK.7", "R-BULK.8"})
    void a_report_says_which_device_it_is_of_and_how_it_is_written() throws Exception {
        String profile = profiles.posting(collector.url("127.0.0.1", "/in?tenant=a"), Map.of());
        String query = profile + "HTTP.RequestURIParameter.";
        stage.add(query, Map.of("Name", "the level", "Reference", "Device.Home.Level"));
        stage.add(query, Map.of("Name", "gone", "Reference", "Device.Home.Room.7.Name"));
        stage.add(query, Map.of("Name", "eid", "Reference", "Device.LocalAgent.EndpointID"));

        Delivery delivery = delivered();

        assertThat(delivery.method()).isEqualTo("POST");
        assertThat(delivery.target())
                .isEqualTo("/in?tenant=a&oui=00256D&pc=Home&sn=S1&the%20level=0&eid=proto%3A%3Aagent");
        assertThat(delivery.header("Content-Type")).isEqualTo("application/json; charset=UTF-8");
        assertThat(delivery.header("BBF-Report-Format")).isEqualTo("\"NameValuePair\"");
        assertThat(delivery.header("Date")).isEqualTo("Thu, 01 Jan 2026 12:01:00 GMT");
        assertThat(delivery.body()).isEqualTo(json(60));
        assertThat(delivery.headers()).doesNotContainKey("Authorization");
    }

    @Test
    @Requirement("R-BULK.1")
    void a_device_without_a_serial_number_says_its_endpoint_id() throws Exception {
        AgentConfig nameless = AgentConfig.of(
                Stage.AGENT,
                new dev.pharos.agent.config.DeviceIdentity("00256D", "Home", ""),
                "1.0",
                Stage.config().controllers());
        try (Stage other = Stage.open(nameless)) {
            new BulkProfiles(other.controller()).enabled().posting(collector.url(), Map.of());
            other.timer().advance(INTERVAL);
            assertThat(collector.next().target()).isEqualTo("/reports?eid=proto%3A%3Aagent");
        }
    }

    @Test
    @Requirement({"R-BULK.7", "R-BULK.8", "R-BULK.11"})
    void csv_says_that_it_has_a_header_line_and_may_be_put_and_compressed() throws Exception {
        String profile = profiles.posting(
                collector.url(), Map.of("Method", "PUT", "Compression", "GZIP", "UseDateHeader", "false"));
        profiles.set(profile, Map.of("EncodingType", "CSV"));

        Delivery column = delivered();
        profiles.set(profile + "CSVEncoding.", Map.of("ReportFormat", "ParameterPerRow"));
        Delivery row = delivered();

        assertThat(column.method()).isEqualTo("PUT");
        assertThat(column.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(column.headers()).doesNotContainKey("Date");
        assertThat(column.header("Content-Type")).isEqualTo("text/csv; charset=UTF-8; header=present");
        assertThat(column.header("BBF-Report-Format")).isEqualTo("\"ParameterPerColumn\"");
        assertThat(column.body()).isEqualTo("ReportTimestamp,Device.Home.Name\r\n1767268860000,home\r\n");
        assertThat(row.header("Content-Type")).isEqualTo("text/csv; charset=UTF-8; header=present");
        assertThat(row.header("BBF-Report-Format")).isEqualTo("\"ParameterPerRow\"");
        assertThat(row.body())
                .isEqualTo(String.join(
                        "\r\n",
                        "ReportTimestamp,ParameterName,ParameterValue,ParameterType",
                        "1767268920000,Device.Home.Name,home,string",
                        ""));
    }

    /// A profile that tries again, with an interval that ends in ten days.
    private String retrying(Map<String, String> more) {
        String profile = profiles.posting(collector.url(), Map.of("RetryEnable", "true"));
        profiles.set(profile, Map.of("ReportingInterval", "864000"));
        if (!more.isEmpty()) {
            profiles.set(profile + "HTTP.", more);
        }
        return profile;
    }

    private Duration nextWait() {
        return stage.timer().next().orElseThrow();
    }

    /// Has so many retries fail.
    private void retries(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            stage.timer().advance(nextWait());
            Delivery _ = collector.next();
        }
    }

    private void isInRange(int retry, int minimum, double factor) {
        int step = Math.min(retry, 10);
        double low = minimum * 1000 * Math.pow(factor, step - 1);
        assertThat(nextWait().toMillis()).as("retry " + retry).isBetween((long) Math.floor(low), (long)
                Math.ceil(low * factor));
    }

    @Test
    @Requirement({"R-BULK.2", "R-BULK.3"})
    void a_report_that_is_not_taken_is_sent_again_ever_later_until_it_is() throws Exception {
        String profile = retrying(Map.of());
        collector.answer(503);
        stage.timer().advance(Duration.ofDays(10));
        String first = collector.next().body();
        assertThat(stage.value("Device.BulkData.Status")).isEqualTo("Error");

        for (int retry = 1; retry <= 13; retry++) {
            isInRange(retry, 5, 2);
            stage.timer().advance(nextWait());
            assertThat(collector.next().body()).isEqualTo(first);
        }
        collector.answer(202);
        retries(1);

        assertThat(stage.value("Device.BulkData.Status")).isEqualTo("Enabled");
        assertThat(stage.timer().size()).isEqualTo(1);
        assertThat(stage.value(profile + "Enable")).isEqualTo("true");
    }

    @Test
    @Requirement("R-BULK.2")
    void the_waits_are_those_that_the_profile_says() throws Exception {
        String _ = retrying(Map.of("RetryMinimumWaitInterval", "7", "RetryIntervalMultiplier", "1500"));
        collector.answer(500);
        stage.timer().advance(Duration.ofDays(10));
        Delivery _ = collector.next();
        for (int retry = 1; retry <= 11; retry++) {
            isInRange(retry, 7, 1.5);
            retries(1);
        }
    }

    @Test
    @Requirement("R-BULK.3")
    void the_next_interval_ends_the_retries_of_the_one_before() throws Exception {
        String profile =
                profiles.posting(collector.url(), Map.of("RetryEnable", "true", "RetryMinimumWaitInterval", "40"));
        profiles.set(profile, Map.of("NumberOfRetainedFailedReports", "1"));
        collector.answer(500);
        assertThat(delivered().body()).isEqualTo(json(60));
        stage.timer().advance(nextWait().minusMillis(1));
        assertThat(collector.all()).isEmpty();
        collector.answer(200);
        // The retry of the first report would come later than this interval ends, or has been before.
        stage.timer().advance(INTERVAL);
        List<Delivery> later = collector.all();
        assertThat(later.getLast().body()).isIn(json(60, 120), json(120));
        assertThat(stage.timer().size()).isEqualTo(1);
    }

    @Test
    @Requirement("R-BULK.4")
    void after_a_delivery_waits_are_short_again() throws Exception {
        String _ = retrying(Map.of());
        collector.answer(500);
        stage.timer().advance(Duration.ofDays(10));
        Delivery _ = collector.next();
        retries(4);
        isInRange(5, 5, 2);
        collector.answer(200);
        retries(1);

        collector.answer(500);
        stage.timer().advance(nextWait());
        Delivery _ = collector.next();

        isInRange(1, 5, 2);
    }

    @Test
    @Requirement("R-BULK.5")
    void after_a_reboot_waits_are_short_again() throws Exception {
        String _ = retrying(Map.of());
        collector.answer(500);
        stage.timer().advance(Duration.ofDays(10));
        Delivery _ = collector.next();
        retries(4);
        isInRange(5, 5, 2);

        stage.controller().ask(new OperateRequest("Device.Reboot()", "r", true, Map.of()));
        stage.timer().advance(Duration.ofSeconds(1));
        Eventually.holds(() -> nextWait().compareTo(Duration.ofDays(1)) > 0);
        stage.timer().advance(nextWait());
        Delivery _ = collector.next();

        isInRange(1, 5, 2);
    }

    @Test
    void without_retries_a_failed_report_goes_with_the_next_one_and_the_oldest_give_way() throws Exception {
        String profile = profiles.posting(collector.url(), Map.of());
        profiles.set(profile, Map.of("NumberOfRetainedFailedReports", "2"));
        collector.answer(500);

        assertThat(delivered().body()).isEqualTo(json(60));
        assertThat(delivered().body()).isEqualTo(json(60, 120));
        assertThat(delivered().body()).isEqualTo(json(60, 120, 180));
        collector.answer(200);
        assertThat(delivered().body()).isEqualTo(json(120, 180, 240));
        assertThat(delivered().body()).isEqualTo(json(300));
    }

    @Test
    void failed_reports_are_rows_beneath_one_header_and_are_dropped_with_another_encoding() throws Exception {
        String profile = profiles.posting(collector.url(), Map.of());
        profiles.set(profile, Map.of("NumberOfRetainedFailedReports", "-1", "EncodingType", "CSV"));
        profiles.set(profile + "CSVEncoding.", Map.of("RowTimestamp", "None"));
        profiles.include(profile, "room", "Device.Home.Room.*.Name");
        collector.answer(500);
        assertThat(delivered().body()).isEqualTo("Device.Home.Name\r\nhome\r\n");
        stage.add("Device.Home.Room.", Map.of("Name", "den"));

        assertThat(delivered().body()).isEqualTo("Device.Home.Name,room.1\r\nhome,\r\nhome,den\r\n");
        profiles.set(profile, Map.of("EncodingType", "JSON"));
        assertThat(delivered().body()).contains("\"room.1\":\"den\"").doesNotContain("},{");
    }

    @Test
    void as_many_as_possible_are_so_many() throws Exception {
        String profile = profiles.posting(collector.url(), Map.of());
        profiles.set(profile, Map.of("NumberOfRetainedFailedReports", "-1"));
        collector.answer(500);
        for (int i = 0; i < Limits.BULK_RETAINED_REPORTS + 5; i++) {
            Delivery _ = delivered();
        }
        assertThat(delivered().body().split("CollectionTime", -1)).hasSize(Limits.BULK_RETAINED_REPORTS + 2);
    }

    @Test
    void failed_reports_are_not_sent_when_their_owner_has_lost_the_rights_that_they_were_made_with() throws Exception {
        String profile = profiles.posting(collector.url(), Map.of());
        profiles.set(profile, Map.of("NumberOfRetainedFailedReports", "-1"));
        String role = stage.add("Device.LocalAgent.ControllerTrust.Role.", Map.of("Name", "none", "Enable", "true"));
        collector.answer(500);
        assertThat(delivered().body()).isEqualTo(json(60));

        profiles.set(
                "Device.LocalAgent.Controller.1.",
                Map.of(
                        "AssignedRole",
                        "Device.LocalAgent.ControllerTrust.Role.1," + role.substring(0, role.length() - 1)));

        assertThat(delivered().body()).isEqualTo(json(120));
    }

    @Test
    void a_collector_that_is_not_there_is_tried_again() throws Exception {
        TestCollector gone = TestCollector.plain();
        String url = gone.url();
        gone.close();
        String profile = profiles.posting(url, Map.of());
        profiles.set(profile, Map.of("NumberOfRetainedFailedReports", "1"));
        stage.timer().advance(INTERVAL);
        assertThat(stage.value("Device.BulkData.Status")).isEqualTo("Error");

        profiles.set(profile + "HTTP.", Map.of("URL", collector.url()));
        assertThat(delivered().body()).isEqualTo(json(60, 120));
        assertThat(stage.value("Device.BulkData.Status")).isEqualTo("Enabled");
    }

    @Test
    void a_login_in_clear_is_shown_where_it_is_asked_for_and_read_by_nobody() throws Exception {
        String wanted = "Basic " + Base64.getEncoder().encodeToString("me:geheim ü".getBytes(StandardCharsets.UTF_8));
        collector.answer(delivery -> delivery.header("Authorization").equals(wanted)
                ? Answer.of(200)
                : Answer.of(401, "WWW-Authenticate", "Basic realm=\"reports\", charset=\"UTF-8\""));
        String profile = profiles.posting(collector.url(), Map.of("Username", "me", "Password", "geheim ü"));

        assertThat(delivered().header("Authorization")).isEmpty();

        assertThat(collector.next().header("Authorization")).isEqualTo(wanted);
        assertThat(stage.value("Device.BulkData.Status")).isEqualTo("Enabled");
        assertThat(stage.value(profile + "HTTP.Password")).isEmpty();
        profiles.set(profile + "HTTP.", Map.of("Password", "wrong"));
        stage.timer().advance(INTERVAL);
        assertThat(stage.value("Device.BulkData.Status")).isEqualTo("Error");
        assertThat(collector.all()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"MD5,MD5,true", "SHA-256,SHA-256,true", "SHA-512-256,SHA-512/256,true", "MD5,MD5,false"})
    void a_login_is_shown_as_a_digest_where_that_is_asked_for(String algorithm, String java, boolean qop)
            throws Exception {
        String challenge = "Basic realm=\"x\", Digest realm=\"a \\\"b\\\"\", nonce=\"n,1\", opaque=\"o\", algorithm="
                + algorithm + (qop ? ", qop=\"auth-int, auth\"" : "");
        collector.answer(delivery ->
                isRight(delivery, java, qop) ? Answer.of(200) : Answer.of(401, "WWW-Authenticate", challenge));
        String _ = profiles.posting(collector.url("127.0.0.1", "/a/b"), Map.of("Username", "me", "Password", "secret"));

        stage.timer().advance(INTERVAL);

        assertThat(collector.all()).hasSize(2);
        assertThat(stage.value("Device.BulkData.Status")).isEqualTo("Enabled");
    }

    /// What RFC 7616 says, once more.
    private static boolean isRight(Delivery delivery, String java, boolean qop) {
        String said = delivery.header("Authorization");
        if (!said.startsWith("Digest ")
                || !field(said, "uri").equals(delivery.target())
                || !field(said, "nonce").equals("n,1")
                || !field(said, "opaque").equals("o")
                || !field(said, "username").equals("me")) {
            return false;
        }
        String who = hash(java, "me:a \"b\":secret");
        String what = hash(java, "POST:" + delivery.target());
        String middle = qop ? ":n,1:00000001:" + field(said, "cnonce") + ":auth:" : ":n,1:";
        return field(said, "response").equals(hash(java, who + middle + what));
    }

    private static String field(String header, String name) {
        Matcher matcher = Pattern.compile("[ ,]" + name + "=\"([^\"]*)\"").matcher(header);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void a_report_follows_to_another_server_and_the_login_does_not() throws Exception {
        try (TestCollector other = TestCollector.plain()) {
            collector.answer(delivery -> Answer.of(307, "Location", other.url("127.0.0.1", "/there")));
            other.answer(delivery -> Answer.of(401, "WWW-Authenticate", "Basic realm=\"trap\""));
            String _ = profiles.posting(collector.url(), Map.of("Username", "me", "Password", "secret"));

            stage.timer().advance(INTERVAL);

            Delivery delivery = other.next();
            assertThat(delivery.method()).isEqualTo("POST");
            assertThat(delivery.target()).isEqualTo("/there?oui=00256D&pc=Home&sn=S1");
            assertThat(delivery.body()).isEqualTo(json(60));
            assertThat(delivery.header("BBF-Report-Format")).isEqualTo("\"NameValuePair\"");
            assertThat(delivery.headers()).doesNotContainKey("Authorization");
            assertThat(other.all()).isEmpty();
        }
    }

    @Test
    void a_report_that_is_sent_round_in_circles_or_to_where_it_may_not_go_is_not_delivered() throws Exception {
        String _ = profiles.posting(collector.url(), Map.of());
        for (String where : List.of("/again", "http://collector.example/", "ftp://127.0.0.1/", "::", "")) {
            collector.answer(delivery -> where.isEmpty() ? Answer.of(308) : Answer.of(308, "Location", where));
            stage.timer().advance(INTERVAL);
            assertThat(collector.all()).as(where).hasSize(where.equals("/again") ? 1 + Limits.BULK_REDIRECTS : 1);
            assertThat(stage.value("Device.BulkData.Status")).isEqualTo("Error");
        }
    }

    /// Begins a report whose collector answers once this latch is open.
    private CountDownLatch reportThatHangs() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        collector.answer(delivery -> {
            try {
                open.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return Answer.of(200);
        });
        String profile = profiles.posting(collector.url(), Map.of());
        stage.controller().ask(new OperateRequest(profile + "ForceCollection()", "", true, Map.of()));
        Eventually.holds(collector::isBusy);
        return open;
    }

    @Test
    void an_interval_that_ends_while_a_report_is_on_its_way_waits_for_it() throws Exception {
        CountDownLatch open = reportThatHangs();

        stage.timer().advance(INTERVAL);
        open.countDown();

        assertThat(collector.next().body()).isEqualTo(json(0));
        assertThat(collector.next().body()).isEqualTo(json(60));
    }

    @Test
    void an_agent_that_stops_does_not_wait_for_a_collector() throws Exception {
        CountDownLatch open = reportThatHangs();

        stage.agent().close();

        assertThat(stage.timer().size()).isZero();
        open.countDown();
    }
}
