// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.auth.Sessions;
import dev.pharos.server.auth.Tenants;
import dev.pharos.server.auth.TokenRegistry;
import dev.pharos.server.auth.Users;
import dev.pharos.server.firmware.FirmwareRepository;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.NewTenant;
import dev.pharos.server.rest.json.TenantBody;
import dev.pharos.server.rest.json.TenantList;
import dev.pharos.server.rest.json.TenantState;
import dev.pharos.server.rest.json.TenantView;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Right;
import dev.pharos.server.rights.Role;
import dev.pharos.server.store.DeviceTenants;
import dev.pharos.server.store.Tenant;
import dev.pharos.server.store.TenantStore;
import dev.pharos.server.store.TenantStore.StoredTenant;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Who shares this server, and to whom devices belong. See docs/tenants.md.
@RestController
@RequestMapping("/api/v1/tenants")
@Tag(name = "administration")
@Needs(Right.PLATFORM)
public final class TenantController {
    private static final String OF_MAIN = " of main";

    private final Tenants tenants;
    private final DeviceTenants devices;
    private final Users users;
    private final TokenRegistry tokens;
    private final Sessions sessions;
    private final FirmwareRepository images;
    private final Audit audit;
    private final Clock clock;

    public TenantController(
            Tenants tenants,
            DeviceTenants devices,
            Users users,
            TokenRegistry tokens,
            Sessions sessions,
            FirmwareRepository images,
            Audit audit,
            Clock clock) {
        this.tenants = tenants;
        this.devices = devices;
        this.users = users;
        this.tokens = tokens;
        this.sessions = sessions;
        this.images = images;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping
    @Operation(operationId = "listTenants", summary = "Who shares this server")
    TenantList list() {
        return new TenantList(tenants.store().all().stream().map(TenantView::of).toList());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "addTenant",
            summary = "Make a tenant and its first administrator, whose password is shown once, here")
    NewTenant add(@RequestBody TenantBody body, Principal user) {
        String name = body.checkedName();
        String administrator = body.checkedAdministrator();
        if (!tenants.store().mayBeMore()) {
            throw new ApiException(
                    409,
                    "One tenant only",
                    "The server's login at PostgreSQL has no role " + "pharos_people"
                            + ", by which tenants are kept apart: see docs/tenants.md.");
        }
        audit.record(user, "add tenant", "", name + ", administrator " + administrator);
        StoredTenant made = tenants.store()
                .add(name, user.getName(), clock.instant())
                .orElseThrow(() -> new ApiException(
                        409, "Name taken", "A tenant is called " + name + ", or there are as many as may be."));
        tenants.changed();
        Users.Made first = made.tenant()
                .within(() -> users.add(administrator, Role.ADMIN, Optional.empty(), user.getName() + OF_MAIN))
                .orElseThrow(() -> new IllegalStateException("a new tenant has people"));
        return new NewTenant(TenantView.of(made), administrator, first.password());
    }

    @PutMapping("/{name}")
    @Operation(operationId = "changeTenant", summary = "Suspend a tenant, or let it in again")
    TenantView change(@PathVariable String name, @RequestBody TenantState state, Principal user) {
        other(name);
        audit.record(
                user, "change tenant", "", name + ": " + state.checked().name().toLowerCase(Locale.ROOT));
        tenants.store().put(name, state.checked());
        tenants.changed();
        return TenantView.of(known(name));
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "removeTenant",
            summary = "Remove a suspended tenant with everything that belongs to it; its name is typed once more")
    void remove(
            @PathVariable String name,
            @RequestParam(required = false, defaultValue = "") String confirm,
            Principal user) {
        StoredTenant gone = other(name);
        if (gone.state() != TenantStore.State.SUSPENDED) {
            throw new ApiException(409, "Not suspended", "Suspend " + name + " first: then it can be taken back.");
        }
        if (gone.devices() > 0) {
            throw hasDevices(gone);
        }
        if (!confirm.equals(name)) {
            throw new BadRequestException("confirm", "must be the name of the tenant, " + name);
        }
        audit.record(user, "remove tenant", "", name);
        Tenant tenant = gone.tenant();
        List<UUID> files = tenant.within(images::own);
        if (!tenants.store().remove(tenant)) {
            throw hasDevices(known(name));
        }
        tenants.changed();
        tokens.forgetOf(tenant);
        sessions.closeOf(tenant);
        files.forEach(images::forget);
    }

    private static ApiException hasDevices(StoredTenant tenant) {
        return new ApiException(
                409,
                "It has devices",
                tenant.name() + " has " + tenant.devices() + " devices: remove them, or give them to another tenant,"
                        + " first. They would come back as somebody else's.");
    }

    @PutMapping("/{name}/devices/{device}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "giveToTenant", summary = "Give a device to a tenant, with all that is known of it")
    void give(@PathVariable String name, @PathVariable EndpointId device, Principal user) {
        Tenant to = known(name).tenant();
        Tenant from = devices.of(device).orElseThrow(() -> ApiException.unknownDevice(device.toString()));
        audit.record(user, "give to tenant", device.toString(), name);
        // those whom it concerns find it in their own log
        for (Tenant concerned : Set.of(from, to)) {
            if (!concerned.equals(Tenant.MAIN) && !from.equals(to)) {
                concerned.within(() -> {
                    String what = concerned.equals(to) ? "is of this tenant now" : "is of another tenant now";
                    audit.record(user.getName() + OF_MAIN, "give to tenant", device.toString(), what);
                    return true;
                });
            }
        }
        devices.move(device, to);
    }

    private StoredTenant known(String name) {
        return tenants.store()
                .find(name)
                .orElseThrow(() -> new ApiException(404, "Unknown tenant", "There is no tenant " + name + "."));
    }

    private StoredTenant other(String name) {
        StoredTenant tenant = known(name);
        if (tenant.tenant().equals(Tenant.MAIN)) {
            throw new ApiException(409, "The first tenant", "The tenant " + name + " always exists.");
        }
        return tenant;
    }
}
