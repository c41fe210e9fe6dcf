// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import dev.pharos.server.rights.Access;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Right;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Lets through what the role of the asker allows. What says nothing of rights is for administrators only, so that
/// nothing new is open by mistake.
public final class RightsGuard implements HandlerInterceptor {
    private final Supplier<Problems> problems;
    private final Refusals refusals;
    private final Map<HandlerMethod, Right> needed = new ConcurrentHashMap<>();

    /// Who is told of what was refused.
    @FunctionalInterface
    public interface Refusals {
        void refused(String user, String what);
    }

    public RightsGuard(Supplier<Problems> problems, Refusals refusals) {
        this.problems = problems;
        this.refusals = refusals;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!(handler instanceof HandlerMethod method)) {
            return true;
        }
        Right right = needed.computeIfAbsent(method, RightsGuard::needed);
        Optional<Access> access = Access.current();
        // who is not signed in got so far only where nobody has to be
        if (access.isEmpty() || access.get().may(right)) {
            return true;
        }
        if (!request.getMethod().equals("GET")) {
            @Nullable String user = request.getRemoteUser();
            refusals.refused(user == null ? "" : user, request.getMethod() + " " + request.getRequestURI());
        }
        problems.get().forbidden(response, access.get().refusal(right));
        return false;
    }

    /// What this operation needs.
    public static Right needed(HandlerMethod method) {
        @Nullable Needs own = method.getMethodAnnotation(Needs.class);
        @Nullable Needs all = own == null ? method.getBeanType().getAnnotation(Needs.class) : own;
        return all == null ? Right.PEOPLE : all.value();
    }
}
