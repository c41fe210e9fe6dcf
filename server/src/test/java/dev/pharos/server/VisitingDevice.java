// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.CwmpVersion;
import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.FaultCode;
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
import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.Response;
import dev.pharos.cwmp.rpc.ScheduleDownload;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.TransferOutcome;
import dev.pharos.cwmp.rpc.Upload;
import dev.pharos.cwmp.soap.Envelope;
import dev.pharos.cwmp.soap.ReadingQuirks;
import dev.pharos.cwmp.soap.Received;
import dev.pharos.cwmp.soap.SoapReader;
import dev.pharos.cwmp.soap.SoapWriter;
import dev.pharos.cwmp.soap.WritingQuirks;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A device of TR-069 that comes when a test says so, tells some values, and answers to transfers of files as the
/// test says; nothing else of it can be asked for.
final class VisitingDevice implements CpeDevice {
    /// Transfers that it was asked for.
    final List<AcsRequest<?>> asked = new ArrayList<>();

    /// What it says that it can be called for; more of it is answered as transfers are.
    final List<String> methods =
            new ArrayList<>(List.of("GetRPCMethods", "GetParameterValues", "Upload", "Download", "ScheduleDownload"));

    private final URI acs;
    private final DeviceId id;
    private final Map<String, String> told;
    private final Outbox outbox = new Outbox(Outbox.Contents.NOTHING, _ -> {});
    private Function<AcsRequest<?>, Answer> way = _ -> refusal(9000, "no");

    VisitingDevice(URI acs, String serial, Map<String, String> told) {
        this(acs, new DeviceId("A", "00256D", "", serial), told);
    }

    VisitingDevice(URI acs, DeviceId id, Map<String, String> told) {
        this.acs = acs;
        this.id = id;
        this.told = told;
    }

    static CwmpFault refusal(int code, String why) {
        return new CwmpFault(
                CwmpFault.of(StandardFaultCode.REQUEST_DENIED, why).soapCode(),
                new FaultStruct(FaultCode.of(code), why),
                List.of());
    }

    void answers(Function<AcsRequest<?>, Answer> how) {
        way = how;
    }

    /// With its next visit it tells that a transfer has ended.
    ///
    /// @param code 0 where that went well
    void ended(String commandKey, int code, String why) {
        FaultStruct fault = code == 0 ? FaultStruct.NONE : new FaultStruct(FaultCode.of(code), why);
        tells(
                new TransferComplete(commandKey, new TransferOutcome(fault, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN)),
                StandardEvent.TRANSFER_COMPLETE);
    }

    void tells(CpeRequest<?> report, StandardEvent event) {
        outbox.add(new Report(report, List.of(new EventStruct(event, ""))));
    }

    /// One session.
    void visits() throws IOException, InterruptedException {
        outbox.add(new EventStruct(StandardEvent.PERIODIC, ""));
        CpeSession session = new CpeSession(CwmpVersion.V1_4, this, outbox);
        SoapWriter writer = new SoapWriter(WritingQuirks.NONE);
        try (HttpClient http = HttpClient.newHttpClient()) {
            Step step = session.begin();
            String cookie = "";
            while (step instanceof Step.Post(Optional<Envelope> envelope)) {
                HttpRequest.Builder post = HttpRequest.newBuilder(acs)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(
                                envelope.map(writer::write).orElse(new byte[0])));
                if (!cookie.isEmpty()) {
                    post.header("Cookie", cookie);
                }
                HttpResponse<byte[]> answer = http.send(post.build(), HttpResponse.BodyHandlers.ofByteArray());
                cookie = answer.headers()
                        .firstValue("Set-Cookie")
                        .map(set -> set.replaceFirst(";.*", ""))
                        .orElse(cookie);
                step = session.next(received(answer.body()));
            }
        }
    }

    private static Received received(byte[] body) {
        if (body.length == 0) {
            return new Received.Nothing();
        }
        try {
            return new Received.Message(new SoapReader(ReadingQuirks.NONE).read(body));
        } catch (MalformedSoapException wrong) {
            return new Received.Malformed(wrong);
        }
    }

    @Override
    public DeviceId deviceId() {
        return id;
    }

    @Override
    public CwmpTime currentTime() {
        return CwmpTime.UNKNOWN;
    }

    @Override
    public List<ParameterValue> informParameters(List<EventStruct> events) {
        return told.entrySet().stream()
                .map(each -> new ParameterValue(each.getKey(), PrimitiveType.STRING, each.getValue()))
                .toList();
    }

    @Override
    public List<String> methods() {
        return List.copyOf(methods);
    }

    @Override
    public <R extends Response> Answer answer(AcsRequest<R> request) {
        if (request instanceof GetParameterValues get) {
            return new GetParameterValuesResponse(informParameters(List.of()).stream()
                    .filter(each -> get.parameterNames().stream().anyMatch(name -> isMeant(each.name(), name)))
                    .toList());
        }
        asked.add(request);
        return way.apply(request);
    }

    /// @param asked whole, or what it begins with where a dot is at its end, or nothing is asked for
    private static boolean isMeant(String path, String asked) {
        return path.equals(asked) || ((asked.isEmpty() || asked.endsWith(".")) && path.startsWith(asked));
    }

    /// The link of the last transfer that it was asked for.
    String link() {
        return switch (asked.getLast()) {
            case Upload upload -> upload.location().url();
            case Download download -> download.location().url();
            default -> throw new AssertionError("no transfer: " + asked.getLast());
        };
    }

    /// Its key.
    String key() {
        return switch (asked.getLast()) {
            case Upload upload -> upload.commandKey();
            case Download download -> download.commandKey();
            case ScheduleDownload download -> download.commandKey();
            default -> throw new AssertionError("no transfer: " + asked.getLast());
        };
    }
}
