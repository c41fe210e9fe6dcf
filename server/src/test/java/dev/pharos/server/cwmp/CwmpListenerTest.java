// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.cwmp.acs.DeviceDesk;
import dev.pharos.cwmp.acs.Reception;
import dev.pharos.cwmp.acs.ShownCertificate;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.GetRpcMethods;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.rpc.KickedResponse;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.soap.Dialect;
import dev.pharos.cwmp.soap.ReadingQuirks;
import dev.pharos.cwmp.soap.WritingQuirks;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.mtp.HttpDigest;
import dev.pharos.mtp.Turnstile;
import dev.pharos.mtp.tls.HttpsTrust;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.pki.SubjectName;
import dev.pharos.testkit.ManualClock;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.http.HttpChallenge;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ACS's listener as devices treat it, over real connections.
class CwmpListenerTest {
    private static final String ENVELOPE = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'"
            + " xmlns:c='urn:dslforum-org:cwmp-1-2'><s:Header><c:ID s:mustUnderstand='1'>7</c:ID></s:Header><s:Body>%s"
            + "</s:Body></s:Envelope>";
    private static final String INFORM = ENVELOPE.formatted("<c:Inform><DeviceId><Manufacturer>A</Manufacturer>"
            + "<OUI>00256D</OUI><ProductClass>Box</ProductClass><SerialNumber>1</SerialNumber></DeviceId><Event>"
            + "<EventStruct><EventCode>2 PERIODIC</EventCode><CommandKey/></EventStruct></Event></c:Inform>");
    private static final String METHODS =
            ENVELOPE.formatted("<c:GetRPCMethodsResponse><MethodList/></c:GetRPCMethodsResponse>");
    private static final String NAME = "00256D-Box-1";

    private final ManualClock clock = ManualClock.standing();
    private final List<Desk> desks = new CopyOnWriteArrayList<>();
    private final List<String> untrusted = new CopyOnWriteArrayList<>();
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private boolean loginWanted;
    private Dialect dialect = Dialect.FIELD;
    private AcsRequest<?> request = new GetRpcMethods();
    private final CwmpListener listener = new CwmpListener(new CwmpListener.Parts(
            this::receive,
            name -> name.equals(NAME) ? Optional.of(CwmpListener.secret(NAME, "secret")) : Optional.empty(),
            new Turnstile(1_000, 1_000),
            clock,
            () -> {},
            (from, reason) -> untrusted.add(reason)));
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    CwmpListenerTest() throws IOException {
        address = URI.create(listener.listen(new CwmpListenerConfig("127.0.0.1", 0, Optional.empty())));
    }

    @AfterEach
    void it_stops() {
        client.shutdownNow();
        listener.close();
    }

    private Reception.Welcome receive(
            Inform inform, dev.pharos.cwmp.CwmpVersion version, dev.pharos.cwmp.acs.Caller caller) {
        if (loginWanted && !caller.login().equals(Optional.of(NAME))) {
            return new Reception.Welcome.LoginWanted();
        }
        shown.add(caller.certificate().map(ShownCertificate::owner).orElse("none"));
        Desk desk = new Desk();
        desks.add(desk);
        return new Reception.Welcome.In(desk);
    }

    /// Asks one thing.
    private final class Desk implements DeviceDesk {
        private final Deque<AcsRequest<?>> requests = new ArrayDeque<>(List.of(request));
        private final List<Answer> answers = new CopyOnWriteArrayList<>();

        @Override
        public Dialect dialect() {
            return dialect;
        }

        @Override
        public boolean holdsReports() {
            return false;
        }

        @Override
        public Answer report(CpeRequest<?> report) {
            return new KickedResponse("");
        }

        @Override
        public Optional<AcsRequest<?>> next() {
            return Optional.ofNullable(requests.poll());
        }

        @Override
        public void answered(AcsRequest<?> request, Answer answer) {
            answers.add(answer);
        }

        @Override
        public void ended(boolean inOrder, String reason) {}
    }

    private HttpResponse<String> post(byte[] body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body, String... headers) throws IOException, InterruptedException {
        return post(bytes(body), headers);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// What a device is asked that says that it takes these codings.
    private HttpResponse<byte[]> asked(String... codings) throws IOException, InterruptedException {
        String cookie =
                post(INFORM).headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        HttpRequest.Builder next =
                HttpRequest.newBuilder(address).header("Cookie", cookie).POST(HttpRequest.BodyPublishers.noBody());
        for (String coding : codings) {
            next.header("Accept-Encoding", coding);
        }
        return client.send(next.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String coding(HttpResponse<?> answer) {
        return answer.headers().firstValue("Content-Encoding").orElse("");
    }

    @Test
    void a_device_that_takes_it_is_asked_compressed_where_that_saves_something() throws Exception {
        String value = "value ".repeat(1_000);
        request = new SetParameterValues(List.of(new ParameterValue("Device.X", PrimitiveType.STRING, value)), "");
        HttpResponse<byte[]> gzip = asked("br;q=1, gzip;q=0.5, *;q=0.1");
        assertThat(coding(gzip)).isEqualTo("gzip");
        assertThat(gzip.headers().firstValueAsLong("Content-Length")).hasValue(gzip.body().length);
        assertThat(gzip.body().length).isLessThan(1_000);
        assertThat(new String(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes(), UTF_8))
                .contains(value)
                .endsWith("Envelope>");
        HttpResponse<byte[]> deflate = asked("deflate", "gzip;q=0");
        assertThat(coding(deflate)).isEqualTo("deflate");
        assertThat(new String(new InflaterInputStream(new ByteArrayInputStream(deflate.body())).readAllBytes(), UTF_8))
                .contains(value);
        for (HttpResponse<byte[]> plain : List.of(asked(), asked("identity"), asked("*"), asked("gzip;q=nonsense"))) {
            assertThat(coding(plain)).isEmpty();
            assertThat(new String(plain.body(), UTF_8)).contains(value);
        }
        dialect = new Dialect(ReadingQuirks.FIELD, WritingQuirks.NONE, false);
        assertThat(coding(asked("gzip")))
                .as("its kind does not take what it says")
                .isEmpty();
        dialect = Dialect.FIELD;
        request = new GetRpcMethods();
        assertThat(coding(asked("gzip"))).as("too little to be worth it").isEmpty();
    }

    private static byte[] zipped(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    /// What is answered to these bytes until the connection ends.
    private String raw(byte[]... parts) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            for (byte[] part : parts) {
                out.write(part);
            }
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] head(String line, String... headers) {
        return bytes(line + "\r\nHost: acs\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
    }

    @Test
    void who_speaks_no_tls_where_tls_is_wanted_is_told_of(@TempDir Path folder) throws IOException {
        var own = new TestAuthority(folder).issue(SubjectName.host("localhost"));
        URI secured = URI.create(listener.listen(
                new CwmpListenerConfig("127.0.0.1", 0, Optional.of(TlsSettings.server(own.chain(), own.key())))));
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), secured.getPort())) {
            plain.getOutputStream().write("POST /cwmp HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            await().atMost(Duration.ofSeconds(30)).until(() -> untrusted.equals(List.of("it speaks no TLS")));
        }
    }

    private int informed(URI at, TlsSettings tls) throws IOException, InterruptedException {
        try (HttpClient certified = HttpClient.newBuilder()
                .sslContext(HttpsTrust.withCertificate(tls))
                .build()) {
            return certified
                    .send(
                            HttpRequest.newBuilder(at)
                                    .POST(HttpRequest.BodyPublishers.ofString(INFORM))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void the_certificate_of_a_device_is_seen_and_that_of_a_stranger_ends_the_handshake_in_words(@TempDir Path folder)
            throws Exception {
        TestAuthority authority = new TestAuthority(folder);
        TestAuthority stranger = new TestAuthority(folder, "Nobody We Know");
        var own = authority.issue(SubjectName.host("localhost"));
        var device = authority.issue(SubjectName.of(EndpointId.of("os::00256D-1")));
        var model = authority.issue();
        var other = stranger.issue(SubjectName.of(EndpointId.of("os::00256D-1")));
        URI secured = URI.create(listener.listen(new CwmpListenerConfig(
                "localhost",
                0,
                Optional.of(TlsSettings.server(own.chain(), own.key()).withTrusted(authority.trusted())))));
        TlsSettings trusting = TlsSettings.trusting(authority.trusted());
        assertThat(informed(secured, trusting.withCertificate(device.chain(), device.key())))
                .isEqualTo(200);
        assertThat(informed(secured, trusting.withCertificate(model.chain(), model.key())))
                .isEqualTo(200);
        assertThat(informed(secured, trusting)).isEqualTo(200);
        assertThat(shown).hasSize(3).startsWith("os::00256D-1").endsWith("none");
        assertThat(shown.get(1)).startsWith("peer ");
        assertThatThrownBy(() -> informed(secured, trusting.withCertificate(other.chain(), other.key())))
                .isInstanceOf(IOException.class);
        await().atMost(Duration.ofSeconds(30)).until(() -> !untrusted.isEmpty());
        assertThat(untrusted)
                .singleElement()
                .asString()
                .startsWith("refused in the TLS handshake: its certificate is signed by CN=Nobody We Know,")
                .endsWith(" which is not trusted here");
    }

    @Test
    void a_session_goes_by_its_cookie_on_whatever_connection() throws Exception {
        HttpResponse<String> informed = post(INFORM);
        assertThat(informed.statusCode()).isEqualTo(200);
        assertThat(informed.body()).contains("InformResponse>", ">7</cwmp:ID>", "urn:dslforum-org:cwmp-1-2");
        assertThat(informed.headers().firstValue("Content-Type")).contains("text/xml; charset=\"utf-8\"");
        assertThat(informed.headers().firstValue("Content-Length"))
                .contains(String.valueOf(bytes(informed.body()).length));
        String cookie = informed.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).matches("pharos=[A-Za-z0-9_-]{32}; Path=/");
        String value = cookie.substring(0, cookie.indexOf(';'));
        try (HttpClient other = HttpClient.newHttpClient()) {
            HttpRequest empty = HttpRequest.newBuilder(address)
                    .header("Cookie", "a=b, " + value.replace("=", "=\"") + "\"")
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(other.send(empty, HttpResponse.BodyHandlers.ofString()).body())
                    .contains("<cwmp:GetRPCMethods");
        }
        assertThat(post(METHODS, "Cookie", value).statusCode()).isEqualTo(204);
        assertThat(post(" \r\n", "Cookie", value).statusCode()).isEqualTo(204);
        assertThat(desks.getFirst().answers).hasSize(1);
    }

    @Test
    void a_device_is_written_to_and_read_as_its_kind_is_once_it_has_said_who_it_is() throws Exception {
        dialect = new Dialect(
                new ReadingQuirks(true, true, Set.of(), Optional.of(StandardCharsets.ISO_8859_1)),
                new WritingQuirks(
                        WritingQuirks.BooleanValues.DIGITS,
                        WritingQuirks.TimeValues.AS_GIVEN,
                        WritingQuirks.DuLists.REPEATED),
                true);
        request = new SetParameterValues(
                List.of(new ParameterValue("Device.A.Enable", PrimitiveType.BOOLEAN, "true")), "");
        post(INFORM);

        assertThat(post("").body()).contains(">1</Value>").doesNotContain("true");
        String fault = ENVELOPE.formatted("<s:Fault><faultcode>Client</faultcode><faultstring>CWMP fault</faultstring>"
                + "<detail><c:Fault><FaultCode>9002</FaultCode><FaultString>M\u00fcll</FaultString></c:Fault></detail>"
                + "</s:Fault>");
        post(fault.getBytes(StandardCharsets.ISO_8859_1), "Content-Type", "text/xml; charset=utf-8");
        assertThat(desks.getFirst().answers.getFirst())
                .isInstanceOfSatisfying(
                        CwmpFault.class,
                        told -> assertThat(told.fault().faultString()).isEqualTo("M\u00fcll"));
    }

    @Test
    void a_device_without_cookies_is_known_by_its_connection() throws Exception {
        post(INFORM);
        // the client keeps the connection
        assertThat(post("").body()).contains("<cwmp:GetRPCMethods");
        try (HttpClient other = HttpClient.newHttpClient()) {
            HttpRequest empty = HttpRequest.newBuilder(address)
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            HttpResponse<String> refused = other.send(empty, HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("a session begins with an Inform");
        }
    }

    @Test
    void pieces_and_compression_and_old_http_are_taken() throws Exception {
        assertThat(post(zipped(bytes(INFORM)), "Content-Encoding", "gzip").statusCode())
                .isEqualTo(200);
        String pieces = INFORM.length() <= 0xfff ? Integer.toHexString(INFORM.length()) : "";
        assertThat(raw(
                        head("POST /cwmp HTTP/1.1", "Transfer-Encoding: chunked", "Connection: close"),
                        bytes(pieces + "\r\n" + INFORM + "\r\n0\r\n\r\n")))
                .startsWith("HTTP/1.1 200")
                .contains("InformResponse");
        assertThat(raw(head("POST /cwmp/?x HTTP/1.0", "Content-Length: " + INFORM.length()), bytes(INFORM)))
                .startsWith("HTTP/1.1 200")
                .contains("InformResponse");
        assertThat(raw(
                        head(
                                "POST /cwmp HTTP/1.1",
                                "Expect: 100-continue",
                                "Connection: close",
                                "Content-Length: " + INFORM.length()),
                        bytes(INFORM)))
                .startsWith("HTTP/1.1 100")
                .contains("HTTP/1.1 200");
    }

    @Test
    void what_is_too_large_is_refused_before_it_is_read() throws Exception {
        assertThat(raw(head("POST /cwmp HTTP/1.1", "Content-Length: " + 50_000_000)))
                .startsWith("HTTP/1.1 413");
        byte[] bomb = zipped(new byte[2 * Limits.INFORM_BYTES]);
        assertThat(bomb.length).isLessThan(10_000);
        assertThat(raw(head("POST /cwmp HTTP/1.1", "Content-Encoding: gzip", "Content-Length: " + bomb.length), bomb))
                .startsWith("HTTP/1.1 413");
        byte[] piece = bytes("10000\r\n" + " ".repeat(0x10000) + "\r\n");
        byte[][] endless = new byte[18][];
        endless[0] = head("POST /cwmp HTTP/1.1", "Transfer-Encoding: chunked");
        for (int i = 1; i < endless.length; i++) {
            endless[i] = piece;
        }
        assertThat(raw(endless)).startsWith("HTTP/1.1 413");
        assertThat(desks).isEmpty();
    }

    /// What is answered to a device that sends this and then nothing for ever.
    private String halfClosed(byte[]... parts) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            socket.setSoTimeout(60_000);
            for (byte[] part : parts) {
                socket.getOutputStream().write(part);
            }
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void wrong_lengths_broken_pieces_and_damaged_compression_begin_no_session() throws Exception {
        byte[] inform = bytes(INFORM);
        byte[] gzip = zipped(inform);
        byte[] half = Arrays.copyOf(gzip, gzip.length / 2);
        String post = "POST /cwmp HTTP/1.1";
        String length = "Content-Length: ";
        assertThat(raw(head(post, length + 5, length + 7), inform)).startsWith("HTTP/1.1 400");
        assertThat(raw(head(post, length + inform.length / 2), inform)).startsWith("HTTP/1.1 400");
        assertThat(halfClosed(head(post, length + 2 * inform.length), inform)).isEmpty();
        assertThat(raw(head(post, "Transfer-Encoding: chunked"), bytes("none\r\n" + INFORM)))
                .startsWith("HTTP/1.1 400");
        for (byte[] damaged : List.of(inform, half)) {
            assertThat(raw(head(post, "Connection: close", "Content-Encoding: gzip", length + damaged.length), damaged))
                    .doesNotContain("HTTP/1.1 200");
        }
        assertThat(desks).isEmpty();

        String pieces = Integer.toHexString(inform.length).toUpperCase(Locale.ROOT) + ";of=one\r\n" + INFORM;
        assertThat(raw(
                        head(post, "Transfer-Encoding: chunked", "Connection: close"),
                        bytes(pieces + "\r\n000\r\nX-Trailer: y\r\n\r\n")))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void a_cookie_that_is_said_twice_is_one_session_and_beside_one_of_before_the_one_that_is_known_counts()
            throws Exception {
        String cookie = post(INFORM).headers().firstValue("Set-Cookie").orElseThrow();
        String value = cookie.substring(0, cookie.indexOf(';'));
        try (HttpClient other = HttpClient.newHttpClient()) {
            HttpRequest empty = HttpRequest.newBuilder(address)
                    .header("Cookie", "pharos=of-before; " + value)
                    .header("Cookie", value + "; " + value)
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(other.send(empty, HttpResponse.BodyHandlers.ofString()).body())
                    .contains("<cwmp:GetRPCMethods");
        }
    }

    @Test
    void what_is_no_message_is_refused_and_the_connection_ends() throws Exception {
        Map<byte[], String> wrong = Map.of(
                bytes("nonsense\r\n\r\n"), "400",
                head("GET /cwmp HTTP/1.1"), "405",
                head("POST /elsewhere HTTP/1.1", "Content-Length: 0"), "404",
                head("POST /cwmp HTTP/1.1", "Content-Encoding: secret", "Content-Length: 0"), "415",
                head("POST /cwmp HTTP/1.1", "Content-Length: -5"), "400",
                head("POST /cwmp HTTP/1.1", "X: " + "y".repeat(Limits.HEADER_BYTES), "Content-Length: 0"), "400");
        for (Map.Entry<byte[], String> each : wrong.entrySet()) {
            assertThat(raw(each.getKey()))
                    .as(new String(each.getKey(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 " + each.getValue());
        }
        List<String> bodies = new ArrayList<>(
                List.of("no XML", "<a/>", "<!DOCTYPE a [<!ENTITY b 'c'>]>" + INFORM, INFORM.substring(0, 200)));
        for (String body : bodies) {
            HttpResponse<String> refused = post(body);
            assertThat(refused.statusCode()).as(body).isEqualTo(400);
        }
        assertThat(desks).isEmpty();
        assertThat(untrusted).contains("devices come to /cwmp").doesNotContain("devices come by POST");
        assertThat(post(INFORM).statusCode()).isEqualTo(200);
    }

    private static String digest(HttpResponse<String> challenge, String password) {
        return HttpChallenge.answer(
                        HttpChallenge.parse(challenge.headers().allValues("WWW-Authenticate")),
                        new HttpChallenge.Login(NAME, password, "POST", "/cwmp"),
                        () -> "0123456789abcdef",
                        1)
                .orElseThrow();
    }

    @Test
    void a_login_is_asked_for_by_digest_and_holds_for_the_connection() throws Exception {
        loginWanted = true;
        HttpResponse<String> challenge = post(INFORM);
        assertThat(challenge.statusCode()).isEqualTo(401);
        assertThat(post(INFORM, "Authorization", digest(challenge, "secret")).statusCode())
                .isEqualTo(200);
        assertThat(post("").body()).contains("<cwmp:GetRPCMethods");
    }

    @Test
    void a_wrong_login_is_refused_and_too_many_of_them_are_not_even_looked_at() throws Exception {
        loginWanted = true;
        HttpResponse<String> challenge = post(INFORM);
        int refused = 0;
        HttpResponse<String> answer = post(INFORM, "Authorization", digest(challenge, "guess"));
        while (answer.statusCode() == 401 && refused < 1_000) {
            refused++;
            answer = post(INFORM, "Authorization", digest(challenge, "guess"));
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(refused).isBetween(1, 100);
        assertThat(untrusted)
                .containsOnly("wrong password for its login", "too many wrong passwords came from its address")
                .endsWith("too many wrong passwords came from its address");
        assertThat(post(INFORM, "Authorization", digest(challenge, "secret")).statusCode())
                .isEqualTo(429);
    }

    @Test
    void an_old_challenge_is_asked_again_and_that_is_no_failure() throws Exception {
        loginWanted = true;
        HttpResponse<String> challenge = post(INFORM);
        clock.advance(HttpDigest.NONCE_LIFE);
        HttpResponse<String> again = post(INFORM, "Authorization", digest(challenge, "secret"));
        assertThat(again.statusCode()).isEqualTo(401);
        assertThat(again.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("stale=true");
        assertThat(post(INFORM, "Authorization", digest(again, "secret")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_login_in_clear_counts_for_nothing_where_others_could_read_it() throws Exception {
        loginWanted = true;
        String basic = "Basic " + Base64.getEncoder().encodeToString(bytes(NAME + ":secret"));
        assertThat(post(INFORM, "Authorization", basic).statusCode()).isEqualTo(401);
        loginWanted = false;
        assertThat(post(INFORM, "Authorization", basic).statusCode()).isEqualTo(200);
    }

    @Test
    void a_login_in_clear_counts_where_the_connection_is_encrypted() {
        Gatekeeper gatekeeper = new Gatekeeper(
                name -> name.equals(NAME) ? Optional.of(CwmpListener.secret(NAME, "secret")) : Optional.empty(), clock);
        String right = "Basic " + Base64.getEncoder().encodeToString(bytes(NAME + ":secret"));
        String wrong = "Basic " + Base64.getEncoder().encodeToString(bytes(NAME + ":guess"));
        String unknown = "Basic " + Base64.getEncoder().encodeToString(bytes("who:secret"));
        assertThat(gatekeeper.judge(right, "POST", "h", true)).isEqualTo(new Gatekeeper.Judgement.Proven(NAME));
        assertThat(gatekeeper.judge(wrong, "POST", "h", true)).isEqualTo(new Gatekeeper.Judgement.Wrong(false));
        assertThat(gatekeeper.judge(unknown, "POST", "h", true)).isEqualTo(new Gatekeeper.Judgement.Anonymous());
        assertThat(gatekeeper.judge("Basic ?", "POST", "h", true)).isEqualTo(new Gatekeeper.Judgement.Anonymous());
    }
}
