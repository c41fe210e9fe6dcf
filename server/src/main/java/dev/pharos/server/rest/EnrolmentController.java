// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.server.enrolment.Bootstraps;
import dev.pharos.server.enrolment.DeviceLoginDesk;
import dev.pharos.server.rest.json.BootstrapBody;
import dev.pharos.server.rest.json.BootstrapLogin;
import dev.pharos.server.rest.json.Bootstraps.Item;
import dev.pharos.server.rest.json.DeviceLogin;
import dev.pharos.server.rest.json.EnrolmentState;
import dev.pharos.server.rights.MakesDevice;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.BootstrapStore.Bootstrap;
import dev.pharos.server.store.EnrolmentStore;
import dev.pharos.server.store.Tenant;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Enrolment: with what devices come the first time, which have got a certificate, and logins at the broker.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "devices")
@Needs(Right.FLEET)
public final class EnrolmentController {
    private static final Duration OPEN = Duration.ofDays(1);

    private final UspController controller;
    private final Bootstraps bootstraps;
    private final DeviceLoginDesk logins;
    private final EnrolmentStore enrolments;
    private final Audit audit;
    private final Clock clock;

    public EnrolmentController(
            UspController controller,
            Bootstraps bootstraps,
            DeviceLoginDesk logins,
            EnrolmentStore enrolments,
            Audit audit,
            Clock clock) {
        this.controller = controller;
        this.bootstraps = bootstraps;
        this.logins = logins;
        this.enrolments = enrolments;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping("/bootstraps")
    @Operation(operationId = "listBootstraps", summary = "With what devices come the first time, without secrets")
    dev.pharos.server.rest.json.Bootstraps list() {
        return new dev.pharos.server.rest.json.Bootstraps(
                bootstraps.all().stream().map(Item::of).toList());
    }

    @PostMapping("/bootstraps")
    @Operation(
            operationId = "makeBootstrap",
            summary =
                    "Make a login for devices that come the first time, shown once, here; or take a certificate as one")
    BootstrapLogin make(@RequestBody BootstrapBody body, Principal user) {
        Optional<X509Certificate> certificate = body.checkedCertificate();
        @Nullable String password = certificate.isPresent() ? null : Bootstraps.password();
        Bootstrap made = new Bootstrap(
                body.checkedName(),
                body.checkedDevices(),
                body.checkedMost(),
                body.isApproving(),
                clock.instant().plus(Duration.ofDays(body.checkedDays())),
                Optional.ofNullable(password).map(Bootstraps::secret),
                certificate.map(this::encoded),
                clock.instant(),
                user.getName(),
                0,
                Tenant.current().orElse(Tenant.MAIN));
        if (bootstraps.find(made.name()).isPresent()) {
            throw new ApiException(409, "There already", "There is a bootstrap " + made.name() + "; remove it first.");
        }
        audit.record(user, "make bootstrap", "", made.name() + " for " + made.devices());
        if (!bootstraps.add(made)) {
            throw new ApiException(409, "Too many", "There are as many bootstraps as may be; remove one first.");
        }
        return new BootstrapLogin(Item.of(made), password);
    }

    private Bytes encoded(X509Certificate certificate) {
        try {
            if (bootstraps.isOfDevices(certificate)) {
                throw new ApiException(
                        409,
                        "A device's certificate",
                        "Who signs devices' certificates (--ca) has signed this one too: whoever shows it would be a"
                                + " device already. Bootstraps need an authority of their own.");
            }
            return Bytes.adopt(certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("it has just been read", impossible);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @DeleteMapping("/bootstraps/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removeBootstrap", summary = "Let nobody enrol by it; who has a certificate keeps it")
    void remove(@PathVariable String name, Principal user) {
        if (bootstraps.find(name).isEmpty()) {
            throw new ApiException(404, "Unknown bootstrap", "There is no bootstrap " + name + ".");
        }
        audit.record(user, "remove bootstrap", "", name);
        bootstraps.remove(name);
    }

    @Needs(Right.LOOK)
    @Reaches(Reach.DEVICE)
    @GetMapping("/devices/{id}/enrolment")
    @Operation(operationId = "getEnrolment", summary = "Whether a device has got a certificate, and may get another")
    EnrolmentState state(@PathVariable EndpointId id) {
        known(id);
        return EnrolmentState.of(enrolments.find(id), enrolments.openUntil(id).filter(clock.instant()::isBefore));
    }

    @Reaches(Reach.DEVICE)
    @PostMapping("/devices/{id}/enrolment")
    @Operation(
            operationId = "openEnrolment",
            summary = "Let a device enrol within a day although it has a credential of its own already")
    EnrolmentState open(@PathVariable EndpointId id, Principal user) {
        known(id);
        audit.record(user, "let enrol again", id.toString(), "");
        enrolments.open(id, clock.instant().plus(OPEN));
        return state(id);
    }

    @Reaches(Reach.DEVICE)
    @MakesDevice
    @PostMapping("/devices/{id}/login")
    @Operation(
            operationId = "makeDeviceLogin",
            summary =
                    "Make a device's login at the server's broker, shown once, here; the one before ends, and a device"
                            + " that was not known is let in with it")
    DeviceLogin login(@PathVariable EndpointId id, Principal user) {
        audit.record(user, "make login", id.toString(), "");
        return new DeviceLogin(id.toString(), logins.make(id));
    }

    private void known(EndpointId id) {
        if (controller.device(id).isEmpty()) {
            throw ApiException.unknownDevice(id.toString());
        }
    }
}
