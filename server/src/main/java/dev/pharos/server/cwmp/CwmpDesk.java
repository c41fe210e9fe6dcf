// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import dev.pharos.controller.acs.SessionLog;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.acs.AcsConnection;
import dev.pharos.cwmp.acs.AcsSessions;
import dev.pharos.cwmp.acs.AcsStep;
import dev.pharos.cwmp.acs.Caller;
import dev.pharos.cwmp.acs.ShownCertificate;
import dev.pharos.cwmp.soap.Dialect;
import dev.pharos.cwmp.soap.Received;
import dev.pharos.cwmp.soap.SoapReader;
import dev.pharos.cwmp.soap.SoapWriter;
import dev.pharos.mtp.Turnstile;
import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.server.cwmp.Gatekeeper.Judgement;
import dev.pharos.usp.Bytes;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;

/// Answers the messages of devices, whatever connection they come on: looks at the login, then has the session answer.
/// Thread-safe.
final class CwmpDesk {
    private static final String XML = "text/xml; charset=\"utf-8\"";

    private final AcsSessions sessions;
    private final Gatekeeper gatekeeper;
    private final Turnstile turnstile;
    private final CwmpListener.Onlooker onlooker;
    private final Semaphore largeBodies = new Semaphore(Limits.LARGE_BODIES);

    CwmpDesk(AcsSessions sessions, Gatekeeper gatekeeper, Turnstile turnstile, CwmpListener.Onlooker onlooker) {
        this.sessions = sessions;
        this.gatekeeper = gatekeeper;
        this.turnstile = turnstile;
        this.onlooker = onlooker;
    }

    /// A connection; a challenge is good for the host that it comes from.
    static final class Place {
        private final AcsConnection connection;
        private final String address;
        private final String host;
        private final boolean loopback;
        private final boolean encrypted;
        private volatile Optional<String> login = Optional.empty();
        private volatile Optional<ShownCertificate> certificate = Optional.empty();

        Place(AcsConnection connection, String address, String host, boolean loopback, boolean encrypted) {
            this.connection = connection;
            this.address = address;
            this.host = host;
            this.loopback = loopback;
            this.encrypted = encrypted;
        }

        String address() {
            return address;
        }

        /// Once the handshake of its TLS is done.
        void shows(CertificateIdentity identity) {
            certificate = Optional.of(new ShownCertificate(
                    identity.commonName(), identity.namesEndpoints(), identity::proves, identity.owner()));
        }
    }

    Semaphore largeBodies() {
        return largeBodies;
    }

    /// What came was not even looked at.
    void refused(Place place, String reason) {
        onlooker.refused(place.address(), reason);
    }

    boolean knows(Place place, RequestHead head) {
        return sessions.knows(head.cookies(), place.connection);
    }

    boolean hasSession(Place place) {
        return sessions.knows(List.of(), place.connection);
    }

    FullHttpResponse answer(Place place, RequestHead head, byte[] body) {
        return switch (gatekeeper.judge(head.authorization(), head.method(), place.host, place.encrypted)) {
            case Judgement.Barred(long seconds) -> {
                refused(place, "too many wrong passwords came from its address");
                FullHttpResponse response = text(HttpResponseStatus.TOO_MANY_REQUESTS, "too many wrong logins");
                yield retryAfter(response, seconds);
            }
            case Judgement.Wrong(boolean stale) -> {
                if (!stale) {
                    refused(place, "wrong password for its login");
                }
                yield challenge(place, stale);
            }
            case Judgement.Proven(String username) -> {
                place.login = Optional.of(username);
                yield taken(place, head, body);
            }
            case Judgement.Anonymous _ -> taken(place, head, body);
        };
    }

    private FullHttpResponse taken(Place place, RequestHead head, byte[] body) {
        if (!knows(place, head)) {
            Optional<Duration> later = turnstile.enter("cwmp");
            if (later.isPresent()) {
                return retryAfter(
                        text(HttpResponseStatus.SERVICE_UNAVAILABLE, "too many devices come at once"),
                        later.get().toSeconds());
            }
        }
        // a device that says only now who it is, in its Inform, is answered with nothing that could be written
        // otherwise
        Dialect dialect = sessions.dialect(head.cookies(), place.connection);
        Received received = received(dialect, head, body);
        AcsSessions.Reply reply = sessions.take(new AcsSessions.Message(
                received,
                head.cookies(),
                place.connection,
                new Caller(place.address, place.loopback, place.login, place.certificate)));
        FullHttpResponse response = switch (reply.step()) {
            case AcsStep.Send(var envelope) -> {
                byte[] plain = new SoapWriter(dialect.writing()).write(envelope);
                yield sent(plain, dialect.compressible() ? head.accepts() : Optional.empty());
            }
            case AcsStep.Finish _ -> CwmpHandler.response(HttpResponseStatus.NO_CONTENT, new byte[0]);
            case AcsStep.Challenge _ -> challenge(place, false);
            case AcsStep.Refuse(String reason) -> text(HttpResponseStatus.BAD_REQUEST, reason);
            case AcsStep.Later(Duration after, String reason) ->
                retryAfter(
                        text(HttpResponseStatus.SERVICE_UNAVAILABLE, reason),
                        ThreadLocalRandom.current().nextLong(after.toSeconds(), 2 * after.toSeconds()));
        };
        onlooker.passed(new SessionLog.Exchange(
                place.address,
                received,
                Bytes.adopt(body),
                reply,
                response.content().readableBytes()));
        reply.cookie()
                .ifPresent(cookie -> response.headers()
                        .set(HttpHeaderNames.SET_COOKIE, RequestHead.COOKIE + "=" + cookie + "; Path=/"));
        return response;
    }

    private static FullHttpResponse sent(byte[] plain, Optional<AnswerCoding> accepted) {
        Optional<AnswerCoding> coding = accepted.filter(_ -> plain.length >= Limits.COMPRESSED_BYTES);
        FullHttpResponse sent = CwmpHandler.response(
                HttpResponseStatus.OK, coding.map(way -> way.compressed(plain)).orElse(plain));
        sent.headers().set(HttpHeaderNames.CONTENT_TYPE, XML);
        coding.ifPresent(way -> sent.headers().set(HttpHeaderNames.CONTENT_ENCODING, way.text()));
        return withLength(sent);
    }

    private static Received received(Dialect dialect, RequestHead head, byte[] body) {
        if (body.length <= Limits.BLANK_BYTES
                && new String(body, java.nio.charset.StandardCharsets.ISO_8859_1).isBlank()) {
            return new Received.Nothing();
        }
        try {
            return new Received.Message(new SoapReader(dialect.reading()).read(body, head.charset()));
        } catch (MalformedSoapException malformed) {
            return new Received.Malformed(malformed);
        }
    }

    private FullHttpResponse challenge(Place place, boolean stale) {
        FullHttpResponse response = text(HttpResponseStatus.UNAUTHORIZED, "this device has a login");
        response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, gatekeeper.challenge(place.host, stale));
        return response;
    }

    private static FullHttpResponse retryAfter(FullHttpResponse response, long seconds) {
        response.headers().set(HttpHeaderNames.RETRY_AFTER, String.valueOf(Math.max(1, seconds)));
        return response;
    }

    static FullHttpResponse text(HttpResponseStatus status, String reason) {
        FullHttpResponse response = CwmpHandler.response(status, CwmpHandler.bytes(reason + "\n"));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        return withLength(response);
    }

    private static FullHttpResponse withLength(FullHttpResponse response) {
        response.headers()
                .set(
                        HttpHeaderNames.CONTENT_LENGTH,
                        String.valueOf(response.content().readableBytes()));
        return response;
    }
}
