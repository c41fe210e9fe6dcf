// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.CwmpVersion;
import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.cpe.CpeDevice;
import dev.pharos.cwmp.cpe.CpeSession;
import dev.pharos.cwmp.cpe.Outbox;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.cpe.Step;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.Response;
import dev.pharos.cwmp.rpc.Status;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.TransferOutcome;
import dev.pharos.cwmp.rpc.Upload;
import dev.pharos.cwmp.rpc.UploadResponse;
import dev.pharos.cwmp.soap.ReadingQuirks;
import dev.pharos.cwmp.soap.Received;
import dev.pharos.cwmp.soap.SoapReader;
import dev.pharos.cwmp.soap.SoapWriter;
import dev.pharos.cwmp.soap.WritingQuirks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A device of TR-069 that can give a file away and nothing else, and does not name it by the key that it was told.
final class ForgetfulCpe implements CpeDevice {
    static final String KIND = """
            kinds:
              - name: forgetful
                because: it names transfers by no key
                match: {oui: 00256D}
                quirks:
                  command-keys: lost
            """;

    private static final String FILES = RestApi.device("os::00256D-FORGETS") + "/files";

    private final URI acs;
    private final Outbox outbox = new Outbox(Outbox.Contents.NOTHING, _ -> {});
    private boolean asked;

    ForgetfulCpe(URI acs) {
        this.acs = acs;
    }

    /// It is told to give its configuration away, and says that it does so later.
    ///
    /// @return the request, as REST says it
    JsonNode beginsATransfer(RestApi rest) throws IOException, InterruptedException {
        comes();
        JsonNode request = rest.post(FILES + "/requests", "{\"action\":\"backup\",\"number\":1}");
        comes();
        assertThat(asked).isTrue();
        return request;
    }

    /// It tells that this has failed, and which is not said.
    void endsIt(RestApi rest, JsonNode request) throws IOException, InterruptedException {
        FaultStruct fault = new FaultStruct(StandardFaultCode.UPLOAD_FAILURE, "no room");
        outbox.add(new Report(
                new TransferComplete("", new TransferOutcome(fault, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN)),
                List.of(new EventStruct(StandardEvent.TRANSFER_COMPLETE, ""))));
        comes();
        JsonNode now = rest.get(FILES).path("requests").get(0);
        assertThat(now.path("id")).isEqualTo(request.path("id"));
        assertThat(now.path("state").asString()).as(now.toString()).isEqualTo("failed");
        assertThat(now.toString()).contains("no room");
    }

    private void comes() throws IOException, InterruptedException {
        outbox.add(new EventStruct(StandardEvent.PERIODIC, ""));
        CpeSession session = new CpeSession(CwmpVersion.V1_4, this, outbox);
        SoapWriter writer = new SoapWriter(WritingQuirks.NONE);
        try (HttpClient http = HttpClient.newHttpClient()) {
            Step step = session.begin();
            String cookie = "";
            while (step instanceof Step.Post post) {
                byte[] body = post.envelope().map(writer::write).orElse(new byte[0]);
                HttpResponse<byte[]> answer = http.send(
                        HttpRequest.newBuilder(acs)
                                .header("Cookie", cookie)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                cookie = answer.headers()
                        .firstValue("Set-Cookie")
                        .map(set -> set.replaceFirst(";.*", ""))
                        .orElse(cookie);
                step = session.next(received(answer.body()));
            }
        }
    }

    private static Received received(byte[] body) {
        try {
            return body.length == 0
                    ? new Received.Nothing()
                    : new Received.Message(new SoapReader(ReadingQuirks.NONE).read(body));
        } catch (MalformedSoapException wrong) {
            return new Received.Malformed(wrong);
        }
    }

    @Override
    public DeviceId deviceId() {
        return new DeviceId("Acme", "00256D", "", "FORGETS");
    }

    @Override
    public CwmpTime currentTime() {
        return CwmpTime.UNKNOWN;
    }

    @Override
    public List<ParameterValue> informParameters(List<EventStruct> events) {
        return List.of();
    }

    @Override
    public List<String> methods() {
        return List.of("GetRPCMethods", "Upload");
    }

    @Override
    public <R extends Response> Answer answer(AcsRequest<R> request) {
        if (request instanceof Upload) {
            asked = true;
            return new UploadResponse(Status.LATER, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN);
        }
        return CwmpFault.of(StandardFaultCode.METHOD_NOT_SUPPORTED, "not here");
    }
}
