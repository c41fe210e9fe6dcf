// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.mtp.coap.Doorman.Arrival;
import dev.pharos.mtp.coap.Doorman.Verdict;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.MessageDeliverer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what others ask of our resource: a POST brings a Record, or a block of one, and is answered with 2.04
/// when the Record is handed on (R-COAP.7 of USP 1.2); everything else is refused with the code that says why
/// (R-COAP.11 to R-COAP.13). Runs on the socket's thread.
final class RequestDesk implements MessageDeliverer {
    private static final Logger LOG = LoggerFactory.getLogger(RequestDesk.class);
    private static final List<String> DISCOVERY = List.of(".well-known", "core");

    private final CoapNode node;
    private final Doorman doorman;
    private final HalfBodies ofKnown;
    private final HalfBodies ofStrangers;

    RequestDesk(CoapNode node, Doorman doorman) {
        this.node = node;
        this.doorman = doorman;
        this.ofKnown = halfBodies(node);
        this.ofStrangers = halfBodies(node);
    }

    private static HalfBodies halfBodies(CoapNode node) {
        return new HalfBodies(
                node.limits().maxRecordBytes(),
                new HalfBodies.Room(Limits.HALF_BODIES, Limits.HALF_BODY_BYTES),
                new HalfBodies.Room(Limits.HALF_BODIES_FROM_ONE, Limits.HALF_BODY_BYTES_FROM_ONE),
                Limits.HALF_BODY_LIFE.toNanos());
    }

    /// Why a request is not carried out.
    private record Refusal(ResponseCode code, String reason) {}

    @Override
    public void deliverRequest(Exchange exchange) {
        if (!node.isOpen()) {
            exchange.sendReject();
            return;
        }
        try {
            read(exchange, exchange.getRequest());
        } catch (RuntimeException ours) {
            LOG.error("a request could not be handled", ours);
            exchange.sendResponse(new Response(ResponseCode.INTERNAL_SERVER_ERROR));
        }
    }

    @Override
    public void deliverResponse(Exchange exchange, Response response) {
        exchange.getRequest().setResponse(response);
    }

    private void read(Exchange exchange, Request request) {
        if (request.getOptions().getUriPath().equals(DISCOVERY)) {
            discovered(exchange, request);
            return;
        }
        Optional<Refusal> refusal = refusal(request);
        if (refusal.isPresent()) {
            // With a GET, peers like ours look whether somebody is there.
            refuse(exchange, request, Optional.empty(), refusal.get(), request.getCode() != Code.GET);
            return;
        }
        ReplyTo replyTo;
        try {
            replyTo = ReplyTo.read(request.getOptions().getUriQuery(), source(request), node.secure());
        } catch (MalformedInputException malformed) {
            refuse(
                    exchange,
                    request,
                    Optional.empty(),
                    new Refusal(ResponseCode.BAD_REQUEST, malformed.detail()),
                    true);
            return;
        }
        body(exchange, request, replyTo);
    }

    private void discovered(Exchange exchange, Request request) {
        if (request.getCode() != Code.GET) {
            exchange.sendResponse(new Response(ResponseCode.METHOD_NOT_ALLOWED));
            return;
        }
        Response response = new Response(ResponseCode.CONTENT);
        response.getOptions().setContentFormat(MediaTypeRegistry.APPLICATION_LINK_FORMAT);
        response.setPayload("</" + String.join("/", node.plan().path()) + ">;rt=\"bbf.usp.endpoint\";if=\""
                + node.plan().kind() + "\";ct=42");
        exchange.sendResponse(response);
    }

    private Optional<Refusal> refusal(Request request) {
        OptionSet options = request.getOptions();
        if (options.hasProxyUri() || options.hasProxyScheme()) {
            return refusal(ResponseCode.PROXY_NOT_SUPPORTED, "it takes us for a proxy");
        }
        if (!options.getUriPath().equals(node.plan().path())) {
            return refusal(ResponseCode.NOT_FOUND, "no such resource");
        }
        if (request.getCode() != Code.POST) {
            return refusal(ResponseCode.METHOD_NOT_ALLOWED, "only POST is for a USP Endpoint");
        }
        if (options.hasContentFormat() && !options.isContentFormat(MediaTypeRegistry.APPLICATION_OCTET_STREAM)) {
            return refusal(ResponseCode.UNSUPPORTED_CONTENT_FORMAT, "a Record is application/octet-stream (42)");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refusal(ResponseCode code, String reason) {
        return Optional.of(new Refusal(code, reason));
    }

    private void body(Exchange exchange, Request request, ReplyTo replyTo) {
        Bytes payload = request.getPayload() == null ? Bytes.EMPTY : Bytes.copyOf(request.getPayload());
        BlockOption block = request.getOptions().getBlock1();
        if (block == null) {
            if (payload.size() > node.limits().maxRecordBytes()) {
                refuse(
                        exchange,
                        request,
                        Optional.empty(),
                        new Refusal(ResponseCode.REQUEST_ENTITY_TOO_LARGE, "too large a record"),
                        true);
            } else {
                record(exchange, request, replyTo, payload);
            }
            return;
        }
        Integer size = request.getOptions().getSize1();
        HalfBodies bodies = node.knows(source(request)) ? ofKnown : ofStrangers;
        HalfBodies.Step step = bodies.take(
                new HalfBodies.Key(source(request), replyTo.uri().toString()),
                new HalfBodies.Block(
                        block.getNum(),
                        block.getSzx(),
                        block.isM(),
                        payload,
                        size == null ? OptionalInt.empty() : OptionalInt.of(size)),
                System.nanoTime());
        switch (step) {
            case HalfBodies.Step.Next _ -> {
                Response next = new Response(ResponseCode.CONTINUE);
                next.getOptions().setBlock1(block);
                exchange.sendResponse(next);
            }
            case HalfBodies.Step.Whole(Bytes whole) -> record(exchange, request, replyTo, whole);
            case HalfBodies.Step.Wrong(ResponseCode code, String reason) ->
                // A body that must begin again is usual where one of both has restarted.
                refuse(
                        exchange,
                        request,
                        Optional.empty(),
                        new Refusal(code, reason),
                        code != ResponseCode.REQUEST_ENTITY_INCOMPLETE);
        }
    }

    private void record(Exchange exchange, Request request, ReplyTo replyTo, Bytes record) {
        EndpointId sender;
        try {
            sender = node.plan().terms().reader().sender(record);
        } catch (MalformedInputException malformed) {
            refuse(
                    exchange,
                    request,
                    Optional.empty(),
                    new Refusal(ResponseCode.BAD_REQUEST, "not a Record: " + malformed.detail()),
                    true);
            return;
        }
        Arrival arrival =
                new Arrival(source(request), replyTo, sender, ShownCertificates.of(request.getSourceContext()));
        switch (doorman.judge(arrival)) {
            case Verdict.Ours(CoapConnection connection) -> deliver(exchange, request, connection, record);
            case Verdict.Admitted admitted -> {
                switch (node.connection(arrival, admitted)) {
                    case CoapNode.Found.Connection(CoapConnection connection) ->
                        deliver(exchange, request, connection, record);
                    case CoapNode.Found.Later(var after) -> exchange.sendResponse(later(after.toSeconds()));
                }
            }
            case Verdict.Refused(ResponseCode code, String reason, boolean told) ->
                refuse(exchange, request, Optional.of(sender), new Refusal(code, reason), told);
        }
    }

    /// The sender waits for the response while nobody takes its Record.
    private void deliver(Exchange exchange, Request request, CoapConnection connection, Bytes record) {
        node.comesFrom(connection, request.getSourceContext());
        boolean[] answered = {false};
        connection.deliver(record, new CoapConnection.Receipt() {
            @Override
            public void taken() {
                answered[0] = true;
                Response done = new Response(ResponseCode.CHANGED);
                BlockOption block = request.getOptions().getBlock1();
                if (block != null) {
                    done.getOptions().setBlock1(block);
                }
                exchange.sendResponse(done);
            }

            @Override
            public void refused() {
                answered[0] = true;
                exchange.sendResponse(later(Limits.RETRY_SECONDS));
            }
        });
        if (!answered[0]) {
            exchange.sendAccept();
        }
    }

    private static Response later(long seconds) {
        Response response = new Response(ResponseCode.SERVICE_UNAVAILABLE);
        response.getOptions().setMaxAge(seconds);
        return response;
    }

    /// The sender reads why in the payload (RFC 7252 section 5.5.2).
    private void refuse(Exchange exchange, Request request, Optional<EndpointId> who, Refusal refusal, boolean told) {
        Response response = new Response(refusal.code());
        response.setPayload(refusal.reason().getBytes(StandardCharsets.UTF_8));
        if (refusal.code() == ResponseCode.REQUEST_ENTITY_TOO_LARGE) {
            response.getOptions().setSize1(node.limits().maxRecordBytes());
        }
        exchange.sendResponse(response);
        if (told) {
            node.refused(who, source(request), Texts.of(refusal.code()) + ": " + refusal.reason());
        }
    }

    private static InetSocketAddress source(Request request) {
        return request.getSourceContext().getPeerAddress();
    }
}
