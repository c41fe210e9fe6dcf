// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.store.StoreException;
import dev.pharos.server.auth.Problems;
import dev.pharos.server.rest.json.Problem;
import dev.pharos.server.store.IdempotencyStore;
import dev.pharos.server.store.IdempotencyStore.Answered;
import dev.pharos.server.store.IdempotencyStore.Claim;
import dev.pharos.usp.Bytes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/// Bounds request bodies, and answers a request that is sent again with the same `Idempotency-Key` from memory
/// instead of doing it twice.
public final class IdempotencyFilter extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyFilter.class);
    private static final String HEADER = "Idempotency-Key";
    private static final String TOKENS = "/api/v1/tokens";
    private static final String USERS = "/api/v1/users";
    private static final Set<String> CHANGING = Set.of("POST", "PATCH", "PUT", "DELETE");

    /// Nothing was done: the same request may be tried again with the same key.
    private static final Set<Integer> NOT_DONE = Set.of(401, 403, 429, 500, 503);

    private final IdempotencyStore store;
    private final Problems problems;
    private final Clock clock;

    public IdempotencyFilter(IdempotencyStore store, Problems problems, Clock clock) {
        this.store = store;
        this.problems = problems;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/v1/")
                || !CHANGING.contains(request.getMethod())
                || isUpload(request);
    }

    /// What is far too large to be held, and needs no key: the same image once more is the one that is there.
    private static boolean isUpload(HttpServletRequest request) {
        String path = request.getRequestURI();
        return request.getMethod().equals("POST")
                && (path.equals(FirmwareController.PATH)
                        || path.equals(ModuleController.PATH)
                        || path.matches("/api/v1/devices/[^/]+/files"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byte[] body = request.getInputStream().readNBytes(Limits.REQUEST_BODY + 1);
        if (body.length > Limits.REQUEST_BODY) {
            problems.write(
                    response,
                    Problem.of(413, "Too large", "A request body may have " + Limits.REQUEST_BODY + " bytes at most."));
            return;
        }
        HttpServletRequest again = new BufferedRequest(request, body);
        @Nullable String key = request.getHeader(HEADER);
        @Nullable Principal user = request.getUserPrincipal();
        if (key == null || user == null) {
            chain.doFilter(again, response);
        } else if (key.isBlank() || key.length() > Limits.IDEMPOTENCY_KEY) {
            problems.write(
                    response,
                    Problem.of(
                            400, "Bad request", HEADER + " must have 1 to " + Limits.IDEMPOTENCY_KEY + " characters."));
        } else {
            try {
                once(user.getName(), key, again, body, response, chain);
            } catch (StoreException unavailable) {
                LOG.warn("an idempotency key could not be looked up: {}", unavailable.getMessage());
                problems.write(response, ApiErrors.DATABASE_GONE);
            }
        }
    }

    private void once(
            String user,
            String key,
            HttpServletRequest request,
            byte[] body,
            HttpServletResponse response,
            FilterChain chain)
            throws ServletException, IOException {
        String what = request.getMethod() + " " + request.getRequestURI() + "?" + request.getQueryString() + "\n"
                + new String(body, StandardCharsets.UTF_8);
        Claim claim = store.claim(user, key, what, clock.instant());
        switch (claim) {
            case IdempotencyStore.Fresh fresh -> carryOut(user, key, request, response, chain);
            case IdempotencyStore.Different different ->
                problems.write(
                        response,
                        Problem.of(422, "Key used before", "This " + HEADER + " came with another request before."));
            case IdempotencyStore.Running running ->
                problems.write(
                        response,
                        Problem.of(409, "Still running", "The first request with this " + HEADER + " still runs."));
            case Answered answered -> {
                response.setStatus(answered.status());
                response.setHeader("Idempotent-Replayed", "true");
                if (!answered.contentType().isEmpty()) {
                    response.setContentType(answered.contentType());
                }
                response.getOutputStream().write(answered.body().toByteArray());
            }
        }
    }

    private void carryOut(
            String user, String key, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper(response);
        boolean done = false;
        try {
            chain.doFilter(request, kept);
            done = !NOT_DONE.contains(kept.getStatus());
        } finally {
            if (done) {
                store.finish(user, key, answer(request, kept));
            } else {
                store.forget(user, key);
            }
        }
        kept.copyBodyToResponse();
    }

    /// Whether the answer to a request of this path holds a secret.
    private static boolean holdsSecret(String path) {
        return path.equals(TOKENS)
                || path.equals(USERS)
                || path.endsWith("/password")
                || path.endsWith("/collector-login")
                || path.endsWith("/cwmp-login")
                || ((path.startsWith(FirmwareController.PATH) || path.startsWith(ModuleController.PATH))
                        && path.endsWith("/link"));
    }

    private static Answered answer(HttpServletRequest request, ContentCachingResponseWrapper response) {
        if (holdsSecret(request.getRequestURI()) && response.getStatus() == HttpServletResponse.SC_OK) {
            // a secret is shown once and kept nowhere
            return new Answered(
                    409,
                    Problem.MEDIA_TYPE,
                    Bytes.ofUtf8("{\"type\":\"about:blank\",\"title\":\"Made before\",\"status\":409,"
                            + "\"detail\":\"The first request with this key made it; its secret is shown once.\"}"));
        }
        @Nullable String type = response.getContentType();
        return new Answered(
                response.getStatus(), type == null ? "" : type, Bytes.copyOf(response.getContentAsByteArray()));
    }
}
