// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.store.DeviceStore;
import dev.pharos.server.rights.Access;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Scope;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/// Keeps whoever has a [Scope] to its devices: a device out of it is unknown, and what says nothing of how it keeps to
/// scopes ([Reaches]) is refused, so that nothing new shows a device by mistake.
public final class ReachGuard implements HandlerInterceptor {
    private final Supplier<DeviceStore> devices;
    private final Audit audit;
    private final Map<HandlerMethod, Optional<Reach>> reaches = new ConcurrentHashMap<>();

    public ReachGuard(Supplier<DeviceStore> devices, Audit audit) {
        this.devices = devices;
        this.audit = audit;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Optional<Scope> scope = Access.current().flatMap(Access::scope);
        if (scope.isEmpty() || !(handler instanceof HandlerMethod method)) {
            return true;
        }
        Optional<Reach> reach = reaches.computeIfAbsent(method, ReachGuard::reach);
        if (reach.isEmpty()) {
            if (!request.getMethod().equals("GET")) {
                audit.record(
                        String.valueOf(request.getRemoteUser()),
                        "refused",
                        "",
                        request.getMethod() + " " + request.getRequestURI());
            }
            throw new ApiException(
                    403,
                    "Not allowed",
                    "This is about the whole fleet, and your access is limited: it "
                            + scope.get().words() + ".");
        }
        if (reach.get() == Reach.DEVICE) {
            String id = id(request);
            if (device(id).flatMap(devices.get()::find).isEmpty()) {
                throw ApiException.unknownDevice(id);
            }
        }
        return true;
    }

    private static String id(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        && variables.get("id") instanceof String id
                ? id
                : "";
    }

    private static Optional<EndpointId> device(String id) {
        try {
            return Optional.of(EndpointId.parse(id));
        } catch (MalformedInputException none) {
            return Optional.empty();
        }
    }

    /// How this operation keeps to scopes; empty where it does not.
    public static Optional<Reach> reach(HandlerMethod method) {
        @Nullable Reaches own = method.getMethodAnnotation(Reaches.class);
        @Nullable Reaches all = own == null ? method.getBeanType().getAnnotation(Reaches.class) : own;
        return Optional.ofNullable(all).map(Reaches::value);
    }
}
