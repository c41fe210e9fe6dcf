// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.store.DeviceStore;
import dev.pharos.server.auth.Tenants;
import dev.pharos.server.rights.Access;
import dev.pharos.server.rights.MakesDevice;
import dev.pharos.server.rights.OfWholeServer;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.rights.Scope;
import dev.pharos.server.store.DeviceTenants;
import dev.pharos.server.store.OthersDeviceException;
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
/// scopes ([Reaches]) is refused, so that nothing new shows a device by mistake. Where there are several tenants, a
/// device
/// of another is unknown to everybody, and what is of all of them is for who looks after the server.
public final class ReachGuard implements HandlerInterceptor {
    private final Supplier<DeviceStore> devices;
    private final DeviceTenants owners;
    private final Tenants tenants;
    private final Audit audit;
    private final Map<HandlerMethod, Optional<Reach>> reaches = new ConcurrentHashMap<>();

    public ReachGuard(Supplier<DeviceStore> devices, DeviceTenants owners, Tenants tenants, Audit audit) {
        this.devices = devices;
        this.owners = owners;
        this.tenants = tenants;
        this.audit = audit;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Optional<Access> access = Access.current();
        if (access.isEmpty() || !(handler instanceof HandlerMethod method)) {
            return true;
        }
        Optional<Reach> reach = reaches.computeIfAbsent(method, ReachGuard::reach);
        Optional<Scope> scope = access.get().scope();
        if (scope.isPresent() && reach.isEmpty()) {
            throw refused(
                    request,
                    "This is about the whole fleet, and your access is limited: it "
                            + scope.get().words() + ".");
        }
        boolean several = tenants.areSeveral();
        boolean whole = isOfWholeServer(method)
                || (reach.equals(Optional.of(Reach.DEVICE)) && id(request).equals("-"));
        if (several && whole && !access.get().may(Right.PLATFORM)) {
            throw refused(request, access.get().refusal(Right.PLATFORM));
        }
        if (((several && !whole) || scope.isPresent()) && reach.equals(Optional.of(Reach.DEVICE))) {
            mustBeTheirs(id(request), scope.isEmpty() && method.hasMethodAnnotation(MakesDevice.class));
        }
        return true;
    }

    private void mustBeTheirs(String id, boolean mayBeNew) {
        Optional<EndpointId> device = device(id);
        if (device.flatMap(devices.get()::find).isPresent()) {
            return;
        }
        if (device.isEmpty() || !mayBeNew) {
            throw ApiException.unknownDevice(id);
        }
        if (owners.of(device.get()).isPresent()) {
            throw new OthersDeviceException(device.get());
        }
    }

    private ApiException refused(HttpServletRequest request, String why) {
        if (!request.getMethod().equals("GET")) {
            audit.record(
                    String.valueOf(request.getRemoteUser()),
                    "refused",
                    "",
                    request.getMethod() + " " + request.getRequestURI());
        }
        return new ApiException(403, "Not allowed", why);
    }

    private static boolean isOfWholeServer(HandlerMethod method) {
        return method.hasMethodAnnotation(OfWholeServer.class)
                || method.getBeanType().isAnnotationPresent(OfWholeServer.class);
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
