// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.acs;

import dev.pharos.cwmp.CwmpNamespace;
import dev.pharos.cwmp.CwmpVersion;
import dev.pharos.cwmp.Limits;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.GetRpcMethods;
import dev.pharos.cwmp.rpc.GetRpcMethodsResponse;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.rpc.InformResponse;
import dev.pharos.cwmp.rpc.Request;
import dev.pharos.cwmp.rpc.Response;
import dev.pharos.cwmp.rpc.SoapFaultCode;
import dev.pharos.cwmp.rpc.UnknownRequest;
import dev.pharos.cwmp.soap.Dialect;
import dev.pharos.cwmp.soap.Envelope;
import dev.pharos.cwmp.soap.Received;
import dev.pharos.cwmp.soap.SoapHeader;
import dev.pharos.cwmp.soap.SoapHeader.Versions;
import dev.pharos.usp.EndpointId;
import java.util.List;
import java.util.Optional;

/// One session of the ACS with a device, as a state machine: it is told what the device has sent and says what it is
/// answered. The Inform opens it; then the device reports until it sends an empty request; then it is asked, one
/// request
/// at a time, until there is nothing more to ask. For one thread at a time.
public final class AcsSession {
    /// What a device may call, for GetRPCMethods.
    static final List<String> METHODS = List.of(
            "Inform",
            "GetRPCMethods",
            "TransferComplete",
            "AutonomousTransferComplete",
            "DUStateChangeComplete",
            "AutonomousDUStateChangeComplete",
            "RequestDownload",
            "Kicked");

    private final DeviceDesk desk;
    private final CwmpNamespace namespace;
    private Turn turn = new Turn.OfDevice();
    private boolean ended;
    private int asked;
    private int exchanges = 1;

    /// What may come now.
    private sealed interface Turn {
        /// Its reports, or nothing, so that it is ours.
        record OfDevice() implements Turn {}

        /// The answer to this request.
        record Asked(AcsRequest<?> request) implements Turn {}

        /// It was told that there is nothing more: nothing once more, or a report that it held back.
        record Finished() implements Turn {}

        record Over(String reason) implements Turn {}
    }

    private AcsSession(DeviceDesk desk, CwmpNamespace namespace) {
        this.desk = desk;
        this.namespace = namespace;
    }

    /// What an Inform leads to.
    ///
    /// @param session empty where the device was not let in
    record Opened(Optional<AcsSession> session, AcsStep answer) {}

    /// A device has sent its Inform.
    static Opened open(Envelope envelope, Inform inform, Reception reception, Caller caller) {
        SoapHeader header = envelope.header();
        List<String> supported = header.versions().supported();
        Optional<CwmpVersion> version =
                supported.isEmpty() ? Optional.of(envelope.namespace().version()) : CwmpVersion.newestOf(supported);
        if (!header.notUnderstood().isEmpty()) {
            return away(envelope, notUnderstood(header));
        }
        if (version.isEmpty()) {
            return away(
                    envelope,
                    CwmpFault.of(
                            StandardFaultCode.ACS_VERSION_INCOMPATIBLE,
                            "none of the versions that the device has is known here"));
        }
        return switch (reception.receive(inform, version.get(), caller)) {
            case Reception.Welcome.Away(CwmpFault fault) -> away(envelope, fault);
            case Reception.Welcome.LoginWanted _ -> new Opened(Optional.empty(), new AcsStep.Challenge());
            case Reception.Welcome.In(DeviceDesk desk) -> {
                SoapHeader answer = SoapHeader.ofId(header.id()).withHoldRequests(desk.holdsReports());
                if (!supported.isEmpty()) {
                    answer = answer.withVersions(
                            new Versions(List.of(), Optional.of(version.get().number())));
                }
                yield new Opened(
                        Optional.of(new AcsSession(desk, envelope.namespace())),
                        new AcsStep.Send(new Envelope(envelope.namespace(), answer, new InformResponse(1))));
            }
        };
    }

    private static Opened away(Envelope envelope, CwmpFault fault) {
        return new Opened(Optional.empty(), new AcsStep.Send(envelope.answer(fault)));
    }

    private static CwmpFault notUnderstood(SoapHeader header) {
        return new CwmpFault(
                SoapFaultCode.MUST_UNDERSTAND,
                CwmpFault.of(StandardFaultCode.ACS_REQUEST_DENIED, "not understood: " + header.notUnderstood())
                        .fault(),
                List.of());
    }

    /// The device has sent something else than an Inform.
    AcsStep next(Received received) {
        exchanges++;
        if (exchanges > Limits.EXCHANGES) {
            return refuse("more than " + Limits.EXCHANGES + " exchanges in one session");
        }
        return switch (turn) {
            case Turn.OfDevice _, Turn.Finished _ -> onDevicesTurn(received);
            case Turn.Asked(AcsRequest<?> request) -> onAnswer(request, received);
            case Turn.Over(String reason) -> new AcsStep.Refuse("the session is over: " + reason);
        };
    }

    private AcsStep onDevicesTurn(Received received) {
        return switch (received) {
            case Received.Nothing _ -> ask();
            case Received.Malformed(MalformedSoapException reason) ->
                reason.id().isPresent()
                        ? new AcsStep.Send(new Envelope(
                                namespace,
                                SoapHeader.ofId(reason.id()),
                                CwmpFault.of(StandardFaultCode.ACS_INVALID_ARGUMENTS, reason.detail())))
                        : refuse("the device has sent what cannot be read: " + reason.detail());
            case Received.Message(Envelope envelope) ->
                switch (envelope.body()) {
                    case Request<?> request -> new AcsStep.Send(answered(envelope, request));
                    case Response response -> refuse("the device has answered " + response.method() + " unasked");
                    case CwmpFault fault ->
                        refuse("the device has sent a fault unasked: "
                                + fault.fault().faultString());
                };
        };
    }

    private Envelope answered(Envelope envelope, Request<?> request) {
        Envelope answer = envelope.answer(answer(envelope.header(), request));
        boolean hold = !ended && desk.holdsReports();
        return new Envelope(answer.namespace(), answer.header().withHoldRequests(hold), answer.body());
    }

    private Answer answer(SoapHeader header, Request<?> request) {
        if (!header.notUnderstood().isEmpty()) {
            return notUnderstood(header);
        }
        if (request instanceof GetRpcMethods) {
            return new GetRpcMethodsResponse(METHODS);
        }
        if (request instanceof UnknownRequest || !(request instanceof CpeRequest<?> report)) {
            return CwmpFault.of(StandardFaultCode.ACS_METHOD_NOT_SUPPORTED, request.method() + " is not supported");
        }
        return reported(report);
    }

    private Answer reported(CpeRequest<?> report) {
        Answer answer = desk.report(report);
        if (!(answer instanceof CwmpFault) && !report.responseType().isInstance(answer)) {
            throw new IllegalStateException(report.method() + " is answered with " + answer.getClass());
        }
        return answer;
    }

    private AcsStep onAnswer(AcsRequest<?> request, Received received) {
        return switch (received) {
            case Received.Nothing _ -> refuse("the device has answered " + request.method() + " with nothing");
            case Received.Malformed(MalformedSoapException reason) ->
                heard(
                        request,
                        CwmpFault.of(
                                StandardFaultCode.INTERNAL_ERROR,
                                "the answer to " + request.method() + " cannot be read: " + reason.detail()));
            case Received.Message(Envelope envelope) ->
                switch (envelope.body()) {
                    case CwmpFault fault -> heard(request, fault);
                    case Response response ->
                        request.responseType().isInstance(response)
                                ? heard(request, response)
                                : refuse("the device has answered " + request.method() + " with that of "
                                        + response.method());
                    case Request<?> other ->
                        refuse("the device has sent " + other.method() + " in place of an answer to "
                                + request.method());
                };
        };
    }

    private AcsStep heard(AcsRequest<?> request, Answer answer) {
        // not asked any longer, whatever the desk makes of it
        turn = new Turn.OfDevice();
        desk.answered(request, answer);
        return ask();
    }

    private AcsStep ask() {
        if (ended) {
            turn = new Turn.Finished();
            return new AcsStep.Finish();
        }
        Optional<AcsRequest<?>> request = desk.next();
        if (request.isEmpty()) {
            turn = new Turn.Finished();
            end(true, "done");
            return new AcsStep.Finish();
        }
        asked++;
        turn = new Turn.Asked(request.get());
        SoapHeader header = SoapHeader.ofId("acs-" + asked).withHoldRequests(desk.holdsReports());
        return new AcsStep.Send(new Envelope(namespace, header, request.get()));
    }

    private AcsStep.Refuse refuse(String reason) {
        abandon(reason);
        return new AcsStep.Refuse(reason);
    }

    /// The session is over without its end: the device is gone, has begun another, or does what it may not.
    void abandon(String reason) {
        turn = new Turn.Over(reason);
        end(false, reason);
    }

    private void end(boolean inOrder, String reason) {
        if (!ended) {
            ended = true;
            desk.ended(inOrder, reason);
        }
    }

    Dialect dialect() {
        return desk.dialect();
    }

    Optional<EndpointId> device() {
        return desk.device();
    }

    /// Whether all was asked, so that nothing is lost with the session.
    boolean isOver() {
        return ended;
    }
}
