// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.mtp.HttpDigest;
import dev.pharos.mtp.Turnstile;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;

/// Where an ACS calls the device: a GET at a path that nobody guesses, with a login that the ACS has written. It
/// changes
/// nothing but that a session is opened, to the ACS that the device knows. Thread-safe.
final class CallListener implements AutoCloseable {
    private static final String REALM = "connection request";

    private final HttpDigest digest = new HttpDigest(REALM, Clock.systemUTC());
    private final Turnstile turnstile = new Turnstile(Limits.CALLS_A_SECOND, Limits.CALLS_AT_ONCE);
    private final String path;
    private final Callee callee;
    private final LocalHttp http;

    /// With what somebody proves to be the ACS.
    record Login(String username, String password) {
        /// Without the password.
        @Override
        public String toString() {
            return username;
        }
    }

    /// Who is called.
    interface Callee {
        /// Empty as long as nobody may call.
        Optional<Login> login();

        /// @return false where no session is opened
        boolean called();
    }

    private CallListener(InetSocketAddress at, String path, Callee callee) throws IOException {
        this.path = path;
        this.callee = callee;
        this.http = LocalHttp.open(at, "cpe-call", Limits.CALL_SILENCE, this::answer);
    }

    /// @param at an address of this host; port 0 is any free one
    /// @throws IOException where it cannot listen there
    static CallListener open(InetSocketAddress at, String path, Callee callee) throws IOException {
        return new CallListener(at, path, callee);
    }

    /// What the ACS is told: `http://ADDRESS:PORT/PATH`.
    String url() {
        return http.url() + path;
    }

    private FullHttpResponse answer(LocalHttp.Asked asked) {
        if (!asked.uri().equals(path)) {
            return LocalHttp.response(HttpResponseStatus.NOT_FOUND);
        }
        if (!asked.method().equals(HttpMethod.GET)) {
            FullHttpResponse refused = LocalHttp.response(HttpResponseStatus.METHOD_NOT_ALLOWED);
            refused.headers().set(HttpHeaderNames.ALLOW, HttpMethod.GET.name());
            return refused;
        }
        HttpDigest.Verdict verdict = Optional.ofNullable(asked.headers().get(HttpHeaderNames.AUTHORIZATION))
                .flatMap(HttpDigest::parameters)
                .map(said -> digest.judge(said, HttpMethod.GET.name(), asked.caller(), this::secret))
                .orElse(HttpDigest.Verdict.NONE);
        return switch (verdict) {
            case RIGHT -> called();
            case STALE -> challenge(asked.caller(), true);
            case WRONG, NONE -> challenge(asked.caller(), false);
        };
    }

    private Optional<byte[]> secret(String username) {
        return callee.login()
                .filter(login -> login.username().equals(username))
                .map(login -> HttpDigest.secret(username, REALM, login.password()));
    }

    private FullHttpResponse challenge(String caller, boolean stale) {
        FullHttpResponse response = LocalHttp.response(HttpResponseStatus.UNAUTHORIZED);
        response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, digest.challenge(caller, stale));
        return response;
    }

    private FullHttpResponse called() {
        boolean comes = turnstile.enter("call").isEmpty() && callee.called();
        return LocalHttp.response(comes ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE);
    }

    @Override
    public void close() {
        http.close();
    }
}
