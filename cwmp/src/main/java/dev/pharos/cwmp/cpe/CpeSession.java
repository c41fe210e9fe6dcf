// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.cpe;

import dev.pharos.cwmp.CwmpVersion;
import dev.pharos.cwmp.Limits;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.GetRpcMethods;
import dev.pharos.cwmp.rpc.GetRpcMethodsResponse;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.rpc.Request;
import dev.pharos.cwmp.rpc.Response;
import dev.pharos.cwmp.rpc.SoapFaultCode;
import dev.pharos.cwmp.soap.Envelope;
import dev.pharos.cwmp.soap.Received;
import dev.pharos.cwmp.soap.SoapHeader;
import dev.pharos.cwmp.soap.SoapHeader.Versions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One session of a CPE with its ACS, as a state machine: it is told what the ACS has answered and says what is to be
/// sent next. First the Inform, then the reports unless the ACS holds them, then an empty request, then whatever the
/// ACS
/// asks for, one request at a time, until it has nothing more to ask and the CPE nothing to report. For one thread.
public final class CpeSession {
    private final CwmpVersion version;
    private final CpeDevice device;
    private final Outbox outbox;

    private Waiting waiting = new Waiting.ForNothing();
    private CwmpVersion chosen;
    private boolean informed;
    private boolean held;
    private int sent;
    private int exchanges;

    /// What the last request of ours was, and so what the ACS may answer.
    private sealed interface Waiting {
        record ForInform(Envelope inform, int sendings) implements Waiting {}

        record ForReport(Report report, Envelope envelope, int sendings) implements Waiting {}

        /// It was empty, or an answer: the turn is the ACS's.
        record ForRequest() implements Waiting {}

        /// The session has not begun or is over.
        record ForNothing() implements Waiting {}
    }

    /// @param version the newest that this end has; the ACS is offered all up to it
    public CpeSession(CwmpVersion version, CpeDevice device, Outbox outbox) {
        this.version = version;
        this.chosen = version;
        this.device = device;
        this.outbox = outbox;
    }

    /// Opens the session.
    public Step.Post begin() {
        List<EventStruct> events = outbox.tell();
        Inform inform = new Inform(
                device.deviceId(),
                events,
                1,
                device.currentTime(),
                outbox.retryCount(),
                device.informParameters(events));
        SoapHeader header = nextHeader();
        if (version.compareTo(CwmpVersion.V1_4) >= 0) {
            header = header.withVersions(new Versions(offered(), Optional.empty()));
        }
        return post(new Envelope(version.namespace(), header, inform), 1);
    }

    private List<String> offered() {
        return Arrays.stream(CwmpVersion.values())
                .filter(each -> each.compareTo(version) <= 0)
                .map(CwmpVersion::number)
                .toList();
    }

    private SoapHeader nextHeader() {
        sent++;
        return SoapHeader.ofId("cpe-" + sent);
    }

    private Step.Post post(Envelope inform, int sendings) {
        waiting = new Waiting.ForInform(inform, sendings);
        return new Step.Post(Optional.of(inform));
    }

    private Step.Post post(Report report, Envelope envelope, int sendings) {
        waiting = new Waiting.ForReport(report, envelope, sendings);
        return new Step.Post(Optional.of(envelope));
    }

    private Step.Post post(Optional<Envelope> turn) {
        waiting = new Waiting.ForRequest();
        return new Step.Post(turn);
    }

    /// The connection broke, or the ACS answered with an HTTP status that ends the session.
    ///
    /// @throws IllegalStateException where no session is under way
    public Step.End broken(String reason) {
        underWay();
        return end(reason);
    }

    private void underWay() {
        if (waiting instanceof Waiting.ForNothing) {
            throw new IllegalStateException("this session is not under way");
        }
    }

    /// The ACS has answered what was last to be sent.
    ///
    /// @throws IllegalStateException where nothing was to be sent
    public Step next(Received received) {
        underWay();
        exchanges++;
        if (exchanges > Limits.EXCHANGES) {
            return end("more than " + Limits.EXCHANGES + " exchanges in one session");
        }
        if (received instanceof Received.Message(Envelope envelope)) {
            held = envelope.header().holdRequests();
        } else {
            held = false;
        }
        return switch (waiting) {
            case Waiting.ForInform(Envelope inform, int sendings) -> afterInform(inform, sendings, received);
            case Waiting.ForReport(Report report, Envelope envelope, int sendings) ->
                afterReport(report, envelope, sendings, received);
            case Waiting.ForRequest _ -> onTurn(received);
            case Waiting.ForNothing _ -> end("nothing was asked");
        };
    }

    private Step afterInform(Envelope inform, int sendings, Received received) {
        if (!(received instanceof Received.Message(Envelope(var _, SoapHeader header, var body)))) {
            return end("the Inform was answered by " + shown(received));
        }
        if (isRetry(body) && sendings < Limits.SENDINGS) {
            return post(inform, sendings + 1);
        }
        if (!isResponse(body, (Inform) inform.body())) {
            return end("the Inform was answered by " + shown(received));
        }
        Optional<String> use = header.versions().use();
        if (use.isPresent() && !offered().contains(use.get())) {
            return end("the ACS wants CWMP " + use.get() + ", which is not there");
        }
        chosen = use.flatMap(CwmpVersion::of).orElse(version);
        informed = true;
        outbox.informed();
        return reportOrTurn();
    }

    private Step afterReport(Report report, Envelope envelope, int sendings, Received received) {
        if (!(received instanceof Received.Message(Envelope(var _, var _, var body)))) {
            return end(report.request().method() + " was answered by " + shown(received));
        }
        if (isRetry(body)) {
            return sendings < Limits.SENDINGS
                    ? post(report, envelope, sendings + 1)
                    : end("the ACS wants " + report.request().method() + " again and again");
        }
        if (!isResponse(body, report.request()) && !(body instanceof CwmpFault)) {
            return end(report.request().method() + " was answered by " + shown(received));
        }
        // a fault settles it too: the ACS has heard of it and does not want it
        outbox.settled(report);
        device.answered(report.request(), (Answer) body);
        return reportOrTurn();
    }

    private static boolean isRetry(Object body) {
        return body instanceof CwmpFault fault && fault.fault().faultCode() == StandardFaultCode.ACS_RETRY_REQUEST;
    }

    private static boolean isResponse(Object body, CpeRequest<?> request) {
        return request.responseType().isInstance(body);
    }

    private Step reportOrTurn() {
        Optional<Report> report = held ? Optional.empty() : outbox.next();
        return report.isPresent() ? report(report.get()) : post(Optional.empty());
    }

    private Step report(Report report) {
        return post(report, new Envelope(chosen.namespace(), nextHeader(), report.request()), 1);
    }

    private Step onTurn(Received received) {
        return switch (received) {
            case Received.Nothing _ -> {
                Optional<Report> report = outbox.next();
                yield report.isPresent() ? report(report.get()) : end(Step.End.DONE);
            }
            case Received.Message(Envelope envelope) ->
                envelope.body() instanceof Request<?> request
                        ? post(Optional.of(envelope.answer(answer(envelope.header(), request))))
                        : end("the ACS has sent " + shown(received) + " to no request");
            case Received.Malformed(var reason) ->
                reason.id().isPresent()
                        ? post(Optional.of(new Envelope(
                                chosen.namespace(),
                                SoapHeader.ofId(reason.id()),
                                CwmpFault.of(StandardFaultCode.INVALID_ARGUMENTS, reason.detail()))))
                        : end("the ACS has sent what cannot be read: " + reason.detail());
        };
    }

    private Answer answer(SoapHeader header, Request<?> request) {
        if (!header.notUnderstood().isEmpty()) {
            return new CwmpFault(
                    SoapFaultCode.MUST_UNDERSTAND,
                    CwmpFault.of(StandardFaultCode.REQUEST_DENIED, "not understood: " + header.notUnderstood())
                            .fault(),
                    List.of());
        }
        if (!device.methods().contains(request.method()) || !(request instanceof AcsRequest<?> asked)) {
            return CwmpFault.of(StandardFaultCode.METHOD_NOT_SUPPORTED, request.method() + " is not supported");
        }
        return asked instanceof GetRpcMethods ? new GetRpcMethodsResponse(device.methods()) : asked(asked);
    }

    private <R extends Response> Answer asked(AcsRequest<R> request) {
        Answer answer = device.answer(request);
        if (!(answer instanceof CwmpFault) && !request.responseType().isInstance(answer)) {
            throw new IllegalStateException("the device answers " + request.method() + " with " + answer.getClass());
        }
        return answer;
    }

    private Step.End end(String reason) {
        waiting = new Waiting.ForNothing();
        if (!informed) {
            outbox.failed();
        }
        return new Step.End(informed, reason);
    }

    private static String shown(Received received) {
        return switch (received) {
            case Received.Nothing _ -> "nothing";
            case Received.Malformed(var reason) -> "what cannot be read: " + reason.detail();
            case Received.Message(Envelope(var _, var _, var body)) ->
                switch (body) {
                    case Request<?> request -> "the request " + request.method();
                    case Response response -> "the response to " + response.method();
                    case CwmpFault fault ->
                        "fault " + fault.fault().faultCode().code() + ", "
                                + fault.fault().faultString();
                };
        };
    }
}
