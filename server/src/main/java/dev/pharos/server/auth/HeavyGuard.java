// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import dev.pharos.server.rate.Heavy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Lets nobody have the server do much too often. Whoever may not do it at all was refused before.
public final class HeavyGuard implements HandlerInterceptor {
    private final Supplier<RateGate> gate;

    public HeavyGuard(Supplier<RateGate> gate) {
        this.gate = gate;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        return !isHeavy(handler) || gate.get().letsHeavyPass(request, response);
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (isHeavy(handler)) {
            gate.get().heavyIsOver(request);
        }
    }

    private static boolean isHeavy(Object handler) {
        return handler instanceof HandlerMethod method && method.hasMethodAnnotation(Heavy.class);
    }
}
