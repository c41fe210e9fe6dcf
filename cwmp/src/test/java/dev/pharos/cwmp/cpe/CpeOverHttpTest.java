// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.cpe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.CwmpVersion;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.cpe.Outbox.Contents;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.TransferOutcome;
import dev.pharos.cwmp.soap.Envelope;
import dev.pharos.cwmp.soap.ReadingQuirks;
import dev.pharos.cwmp.soap.Received;
import dev.pharos.cwmp.soap.SoapReader;
import dev.pharos.cwmp.soap.SoapWriter;
import dev.pharos.cwmp.soap.WritingQuirks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A whole session over HTTP, with an ACS that follows a script, in another's handwriting: prefixes, blanks and order
/// are
/// not ours.
class CpeOverHttpTest {
    private static final String ENVELOPE = """
            <?xml version="1.0"?>
            <SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"
                xmlns:x="urn:dslforum-org:cwmp-1-2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
              <SOAP-ENV:Header><x:ID SOAP-ENV:mustUnderstand="1">%s</x:ID></SOAP-ENV:Header>
              <SOAP-ENV:Body>
                %s
              </SOAP-ENV:Body>
            </SOAP-ENV:Envelope>
            """;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> script = new ArrayList<>();
    private final TestDevice device = new TestDevice();
    private final Outbox outbox = new Outbox(Contents.NOTHING, contents -> {});
    private HttpServer acs;

    CpeOverHttpTest() throws IOException {
        acs = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void an_acs_listens() {
        acs.createContext("/acs", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            int turn = received.size() - 1;
            byte[] answer = (turn < script.size() ? script.get(turn) : "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.length == 0 ? 204 : 200, answer.length == 0 ? -1 : answer.length);
            if (answer.length > 0) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        acs.start();
    }

    @AfterEach
    void it_goes() {
        acs.stop(0);
    }

    private Step.End session() throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + acs.getAddress().getPort() + "/acs");
        CpeSession session = new CpeSession(CwmpVersion.V1_4, device, outbox);
        try (HttpClient http = HttpClient.newHttpClient()) {
            Step step = session.begin();
            while (step instanceof Step.Post(Optional<Envelope> envelope)) {
                byte[] body =
                        envelope.map(new SoapWriter(WritingQuirks.NONE)::write).orElse(new byte[0]);
                HttpResponse<byte[]> response = http.send(
                        HttpRequest.newBuilder(address)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                step = session.next(read(response.body()));
            }
            return (Step.End) step;
        }
    }

    private static Received read(byte[] body) {
        if (body.length == 0) {
            return new Received.Nothing();
        }
        try {
            return new Received.Message(new SoapReader(ReadingQuirks.NONE).read(body));
        } catch (MalformedSoapException malformed) {
            return new Received.Malformed(malformed);
        }
    }

    private void answer(String id, String body) {
        script.add(ENVELOPE.formatted(id, body));
    }

    @Test
    void a_device_is_managed() throws IOException, InterruptedException {
        outbox.add(new EventStruct(StandardEvent.BOOT, ""));
        outbox.add(new Report(
                new TransferComplete("dl", new TransferOutcome(FaultStruct.NONE, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN)),
                List.of(
                        new EventStruct(StandardEvent.TRANSFER_COMPLETE, ""),
                        new EventStruct(MethodEvent.DOWNLOAD, "dl"))));
        answer("1", "<x:InformResponse><MaxEnvelopes>1</MaxEnvelopes></x:InformResponse>");
        answer("2", "<x:TransferCompleteResponse/>");
        answer(
                "set",
                "<x:SetParameterValues><ParameterList><ParameterValueStruct><Name> Device.A </Name>"
                        + "<Value xsi:type='xsd:string'>Tom &amp; Jerry</Value></ParameterValueStruct></ParameterList>"
                        + "<ParameterKey>v2</ParameterKey></x:SetParameterValues>");
        answer(
                "get",
                "<x:GetParameterValues><ParameterNames><string>Device.A</string></ParameterNames></x:GetParameterValues>");
        answer("bad", "<x:ScheduleInform><DelaySeconds>soon</DelaySeconds></x:ScheduleInform>");
        answer("odd", "<x:X_Dance/>");

        assertThat(session()).isEqualTo(new Step.End(true, "done"));

        assertThat(device.values).containsEntry("Device.A", "Tom & Jerry");
        assertThat(received).hasSize(7);
        assertThat(received.get(0)).contains("<EventCode>1 BOOT</EventCode>", "<EventCode>M Download</EventCode>");
        assertThat(received.get(1)).contains("<cwmp:TransferComplete><CommandKey>dl</CommandKey>");
        assertThat(received.get(2)).isEmpty();
        assertThat(received.get(3)).contains(">set</cwmp:ID>", "<Status>0</Status>");
        assertThat(received.get(4)).contains(">get</cwmp:ID>", ">Tom &amp; Jerry</Value>");
        assertThat(received.get(5)).contains(">bad</cwmp:ID>", "<FaultCode>9003</FaultCode>");
        assertThat(received.get(6)).contains(">odd</cwmp:ID>", "<FaultCode>9000</FaultCode>");
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void an_acs_that_answers_nothing_is_tried_again_later() throws IOException, InterruptedException {
        outbox.add(new EventStruct(StandardEvent.BOOT, ""));
        assertThat(session().informed()).isFalse();
        answer("ignored", "");
        script.add(ENVELOPE.formatted("1", "<x:InformResponse><MaxEnvelopes>1</MaxEnvelopes></x:InformResponse>"));
        assertThat(session().informed()).isTrue();
        assertThat(received.get(1)).contains("<RetryCount>1</RetryCount>", "1 BOOT");
    }
}
