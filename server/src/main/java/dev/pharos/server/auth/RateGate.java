// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import dev.pharos.server.rate.AskerAddress;
import dev.pharos.server.rate.Askers;
import dev.pharos.server.rate.RateLimiter;
import dev.pharos.server.rate.RateLimiter.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Lets nobody ask more often than is good for others, and says in each answer how much is left, in the
/// fields of draft-ietf-httpapi-ratelimit-headers: those of its newest revision, and the three of earlier
/// ones that most clients read.
public final class RateGate {
    private static final String ASKER = RateGate.class.getName() + ".asker";
    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    private final RateLimiter limiter;
    private final Problems problems;
    private final UnaryOperator<String> askers;

    /// @param askers as what somebody of a name counts
    public RateGate(RateLimiter limiter, Problems problems, UnaryOperator<String> askers) {
        this.limiter = limiter;
        this.problems = problems;
        this.askers = askers;
    }

    /// Whether this request may go on; where not, it is answered.
    boolean letsPass(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> asker = asker(request);
        return asker.isEmpty() ? letsUnknownPass(request, response) : passes(Askers.REQUESTS, asker.get(), response);
    }

    /// Whether this request, whose sender has shown nothing that counts, may go on; where not, it is
    /// answered.
    boolean letsUnknownPass(HttpServletRequest request, HttpServletResponse response) throws IOException {
        return passes(Askers.UNKNOWN, AskerAddress.block(request.getRemoteAddr()), response);
    }

    /// Whether this request for something heavy may go on; where not, it is answered. Where it may,
    /// [#heavyIsOver] must follow.
    boolean letsHeavyPass(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> asker = asker(request);
        if (asker.isEmpty()) {
            return true;
        }
        if (!passes(Askers.HEAVY, asker.get(), response)) {
            return false;
        }
        if (limiter.beginHeavy(asker.get())) {
            return true;
        }
        problems.askedTooOften(response, Askers.HEAVY.words() + " at the same time", Duration.ofSeconds(1));
        return false;
    }

    void heavyIsOver(HttpServletRequest request) {
        asker(request).ifPresent(limiter::endHeavy);
    }

    /// Once for each request: a tenant that is suspended meanwhile is still what it was counted as.
    private Optional<String> asker(HttpServletRequest request) {
        @Nullable String user = request.getRemoteUser();
        if (user == null) {
            return Optional.empty();
        }
        if (request.getAttribute(ASKER) instanceof String known) {
            return Optional.of(known);
        }
        String asker = askers.apply(user);
        request.setAttribute(ASKER, asker);
        return Optional.of(asker);
    }

    private boolean passes(Askers askers, String who, HttpServletResponse response) throws IOException {
        Optional<Verdict> verdict = limiter.ask(askers, who);
        if (verdict.isEmpty()) {
            return true;
        }
        say(verdict.get(), response);
        if (verdict.get().again().isEmpty()) {
            return true;
        }
        problems.askedTooOften(response, askers.words(), verdict.get().again().get());
        return false;
    }

    private static void say(Verdict verdict, HttpServletResponse response) {
        String name = "\"" + verdict.askers().text() + "\"";
        long filling = seconds(verdict.rate().filling());
        long full = seconds(verdict.full());
        response.setHeader("RateLimit-Policy", name + ";q=" + verdict.rate().burst() + ";w=" + filling);
        response.setHeader("RateLimit", name + ";r=" + verdict.left() + ";t=" + full);
        response.setHeader("RateLimit-Limit", Long.toString(verdict.rate().burst()));
        response.setHeader("RateLimit-Remaining", Long.toString(verdict.left()));
        response.setHeader("RateLimit-Reset", Long.toString(full));
    }

    /// Rounded up: who waits that long has waited long enough.
    static long seconds(Duration duration) {
        return Math.ceilDiv(duration.toNanos(), NANOS);
    }
}
