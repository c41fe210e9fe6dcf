// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.enrolment;

import dev.pharos.controller.observe.WirePlace;
import dev.pharos.controller.store.StoreException;
import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.pki.CertificateBundle;
import dev.pharos.pki.CertificateRequest;
import dev.pharos.server.auth.SignInGuard;
import dev.pharos.server.enrolment.EnrolmentDesk.Newcomer;
import dev.pharos.server.enrolment.EnrolmentDesk.Verdict;
import dev.pharos.server.store.BootstrapStore.Bootstrap;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// EST, as far as devices need it (RFC 7030): `cacerts`, `simpleenroll` by a bootstrap, `simplereenroll` by the
/// certificate that a device has. Thread-safe; waits for the database.
final class EstCounter {
    private static final Logger LOG = LoggerFactory.getLogger(EstCounter.class);
    private static final String PATH = "/.well-known/est/";
    private static final String CHALLENGE = "Basic realm=\"enrolment\", charset=\"UTF-8\"";
    private static final String REQUEST = "application/pkcs10";
    private static final String BUNDLE = "application/pkcs7-mime; smime-type=certs-only";

    private final EstListener.Parts parts;

    /// Its own: a device with a wrong password must not keep people out.
    private final SignInGuard guard;

    EstCounter(EstListener.Parts parts) {
        this.parts = parts;
        this.guard = new SignInGuard(parts.clock());
    }

    /// What counts of a request.
    record Request(
            String method, String uri, Optional<String> authorization, Optional<String> contentType, Bytes body) {
        static final Request UNREADABLE = new Request("", "", Optional.empty(), Optional.empty(), Bytes.EMPTY);
    }

    /// @param chain what was shown in the handshake, and found good
    /// @param host whose failures are counted
    FullHttpResponse answer(Request request, List<X509Certificate> chain, WirePlace place, String host) {
        if (request.method().isEmpty()) {
            return text(HttpResponseStatus.BAD_REQUEST, "no request of HTTP");
        }
        Optional<Duration> later = parts.turnstile().enter(place.transport());
        if (later.isPresent()) {
            return later(HttpResponseStatus.SERVICE_UNAVAILABLE, later.get(), "too many come at once");
        }
        return switch (request.uri()) {
            case PATH + "cacerts" ->
                request.method().equals("GET") ? bundle(List.of(parts.desk().authority())) : wrongMethod("GET");
            case PATH + "simpleenroll", PATH + "simplereenroll" ->
                request.method().equals("POST") ? asked(request, chain, place, host) : wrongMethod("POST");
            default -> text(HttpResponseStatus.NOT_FOUND, "EST is at " + PATH);
        };
    }

    private FullHttpResponse asked(Request request, List<X509Certificate> chain, WirePlace place, String host) {
        try {
            return request.uri().endsWith("/simpleenroll")
                    ? enrol(request, chain, place, host)
                    : renew(request, chain, place);
        } catch (MalformedInputException malformed) {
            parts.refusals().refused(Optional.empty(), place, "its certificate request: " + malformed.detail());
            return text(HttpResponseStatus.BAD_REQUEST, "the certificate request: " + malformed.detail());
        } catch (StoreException unavailable) {
            LOG.error("{} could not enrol", place.address(), unavailable);
            return later(HttpResponseStatus.SERVICE_UNAVAILABLE, Limits.TROUBLE, "the inventory cannot be asked");
        }
    }

    private FullHttpResponse enrol(Request request, List<X509Certificate> chain, WirePlace place, String host)
            throws MalformedInputException {
        Optional<Bootstrap> shown = parts.bootstraps().byCertificate(chain);
        if (shown.isEmpty()) {
            Optional<Duration> barred = guard.wait(host);
            if (barred.isPresent()) {
                return later(HttpResponseStatus.TOO_MANY_REQUESTS, barred.get(), "too many wrong logins");
            }
            if (request.authorization().isEmpty()) {
                return unauthorized(
                        chain.isEmpty()
                                ? "a device that comes the first time shows its bootstrap"
                                : "the certificate is no bootstrap; simplereenroll renews it");
            }
            shown = login(request.authorization().get());
            if (shown.isEmpty()) {
                guard.failed(host);
                parts.refusals().refused(Optional.empty(), place, "it came to enrol with a login that nobody has");
                return unauthorized("nobody has this login");
            }
            guard.succeeded(host);
        }
        CertificateRequest asked = read(request);
        Optional<CertificateIdentity> identity =
                chain.isEmpty() ? Optional.empty() : Optional.of(CertificateIdentity.of(chain.getFirst()));
        return told(parts.desk().enrol(new Newcomer(shown.get(), identity, place), asked), asked.endpoint(), place);
    }

    private FullHttpResponse renew(Request request, List<X509Certificate> chain, WirePlace place)
            throws MalformedInputException {
        if (chain.isEmpty() || parts.bootstraps().knowsClient(chain)) {
            return text(HttpResponseStatus.FORBIDDEN, "a device renews its certificate by showing it");
        }
        CertificateRequest asked = read(request);
        return told(parts.desk().renew(chain.getFirst(), asked, place), asked.endpoint(), place);
    }

    private Optional<Bootstrap> login(String header) {
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            String login =
                    new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = login.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : parts.bootstraps().byLogin(login.substring(0, colon), login.substring(colon + 1));
        } catch (IllegalArgumentException nonsense) {
            return Optional.empty();
        }
    }

    /// The body is base64, whatever its headers say of that (RFC 8951).
    private static CertificateRequest read(Request request) throws MalformedInputException {
        String type = request.contentType().orElse("");
        if (!type.regionMatches(true, 0, REQUEST, 0, REQUEST.length())) {
            throw new MalformedInputException(StandardErrorCode.INVALID_TYPE, "its Content-Type must be " + REQUEST);
        }
        try {
            return CertificateRequest.parse(
                    Base64.getMimeDecoder().decode(request.body().toByteArray()));
        } catch (IllegalArgumentException nonsense) {
            throw new MalformedInputException(StandardErrorCode.INVALID_VALUE, "it is no base64");
        }
    }

    private FullHttpResponse told(Verdict verdict, EndpointId device, WirePlace place) {
        return switch (verdict) {
            case Verdict.Signed(List<X509Certificate> chain) -> bundle(chain);
            case Verdict.Later(Duration after, String reason, boolean news) -> {
                // it asks every half a minute, and people need to be told once
                if (news) {
                    parts.refusals().refused(Optional.of(device), place, reason);
                }
                yield later(HttpResponseStatus.ACCEPTED, after, reason);
            }
            case Verdict.Refused(String reason) -> {
                parts.refusals().refused(Optional.of(device), place, reason);
                yield text(HttpResponseStatus.FORBIDDEN, reason);
            }
        };
    }

    private static FullHttpResponse bundle(List<X509Certificate> certificates) {
        String body = Base64.getMimeEncoder().encodeToString(CertificateBundle.of(certificates)) + "\r\n";
        FullHttpResponse response = response(HttpResponseStatus.OK, body, BUNDLE);
        response.headers().set("Content-Transfer-Encoding", "base64");
        return response;
    }

    private static FullHttpResponse unauthorized(String reason) {
        FullHttpResponse response = text(HttpResponseStatus.UNAUTHORIZED, reason);
        response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, CHALLENGE);
        return response;
    }

    private static FullHttpResponse wrongMethod(String right) {
        FullHttpResponse response = text(HttpResponseStatus.METHOD_NOT_ALLOWED, "this is asked by " + right);
        response.headers().set(HttpHeaderNames.ALLOW, right);
        return response;
    }

    private static FullHttpResponse later(HttpResponseStatus status, Duration after, String reason) {
        FullHttpResponse response = text(status, reason);
        response.headers().set(HttpHeaderNames.RETRY_AFTER, Math.max(1, after.toSeconds()));
        return response;
    }

    static FullHttpResponse text(HttpResponseStatus status, String reason) {
        return response(status, reason + "\n", "text/plain; charset=utf-8");
    }

    private static FullHttpResponse response(HttpResponseStatus status, String body, String type) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        return response;
    }
}
