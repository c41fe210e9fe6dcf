// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.enrolment;

import dev.pharos.controller.UspController;
import dev.pharos.controller.observe.ControllerObserver;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.StoreException;
import dev.pharos.server.auth.Secret;
import dev.pharos.server.broker.DeviceLogins;
import dev.pharos.server.store.AuditStore;
import dev.pharos.server.store.BootstrapStore.Bootstrap;
import dev.pharos.server.store.DeviceLoginStore;
import dev.pharos.server.store.DeviceLoginStore.DeviceLogin;
import dev.pharos.server.store.EnrolmentStore;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.SetResponse.OperationFailure;
import dev.pharos.usp.message.SetResponse.OperationSuccess;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Devices' logins at our own brokers. A device that comes there with a bootstrap is let in as somebody who has proved
/// nothing; once it is online, it is given a login of its own, written over USP into the rows by which it came, and
/// goes on with that. From its first use on, the bootstrap is worth nothing to that device. Thread-safe; waits for the
/// database.
public final class DeviceLoginDesk implements DeviceLogins, ControllerObserver {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceLoginDesk.class);

    private final Parts parts;
    private final Semaphore turns = new Semaphore(Limits.LOGINS_GIVEN_AT_ONCE);

    /// By what devices have come that have not been given a login yet; the oldest are forgotten, and come again.
    private final LinkedHashMap<EndpointId, String> newcomers = new LinkedHashMap<>();

    /// What the desk works with.
    public record Parts(
            UspController controller,
            Bootstraps bootstraps,
            DeviceLoginStore logins,
            EnrolmentStore enrolments,
            AuditStore audit,
            Clock clock) {}

    public DeviceLoginDesk(Parts parts) {
        this.parts = parts;
    }

    /// Makes a login for a device in place of the one before, for somebody to write it into the device. One that was
    /// not known is let in with it.
    ///
    /// @return the password; the user name is the Endpoint ID
    public String make(EndpointId device) {
        String password = Secret.random(Limits.PASSWORD_BYTES);
        DeviceLogin made = DeviceLogin.byHand(Secret.hash(password));
        if (parts.controller().device(device).isEmpty()) {
            parts.controller().expect(device, true);
        }
        if (!parts.logins().put(device, made, Integer.MAX_VALUE, parts.clock().instant())) {
            throw new StoreException("the inventory has lost " + device + " meanwhile");
        }
        return password;
    }

    // ---- at the broker

    /// The user name is the Endpoint ID.
    @Override
    public Optional<EndpointId> device(String userName, String password) {
        EndpointId id;
        try {
            id = EndpointId.parse(userName);
        } catch (MalformedInputException noDevice) {
            return Optional.empty();
        }
        Bytes shown = Secret.hash(password);
        Optional<DeviceLogin> login = parts.logins()
                .find(id)
                .filter(kept -> MessageDigest.isEqual(kept.secret().toByteArray(), shown.toByteArray()));
        login.filter(kept -> !kept.used()).ifPresent(_ -> {
            parts.logins().use(id, shown, parts.clock().instant());
            forget(id);
        });
        return login.map(_ -> id);
    }

    @Override
    public Newcomer newcomer(String userName, String password, EndpointId claimed) {
        Optional<Bootstrap> by = parts.bootstraps().byLogin(userName, password);
        if (by.isEmpty()) {
            return new Newcomer.Unknown();
        }
        Optional<String> objection = Bootstraps.objection(
                        by.get(), claimed, parts.clock().instant())
                .or(() -> Bootstraps.another(parts.enrolments(), by.get(), claimed))
                .or(() -> credential(claimed, by.get()));
        if (objection.isPresent()) {
            return new Newcomer.TurnedAway(objection.get());
        }
        DeviceRecord device = parts.controller()
                .device(claimed)
                .orElseGet(() -> by.get()
                        .tenant()
                        .within(() ->
                                parts.controller().expect(claimed, by.get().approves())));
        if (device.verified()) {
            parts.controller().excused(claimed);
        }
        remember(claimed, by.get().name());
        return new Newcomer.LetIn();
    }

    /// Why a device may not come by a bootstrap that is for it.
    private Optional<String> credential(EndpointId device, Bootstrap by) {
        Optional<DeviceRecord> known = parts.controller().device(device);
        Optional<DeviceLogin> before = known.flatMap(_ -> parts.logins().find(device));
        boolean opened = known.flatMap(_ -> parts.enrolments().openUntil(device))
                .filter(parts.clock().instant()::isBefore)
                .isPresent();
        boolean provided = known.filter(DeviceRecord::verified).isPresent()
                || before.filter(login -> login.used() || login.bootstrap().isEmpty())
                        .isPresent()
                || known.flatMap(_ -> parts.enrolments().find(device)).isPresent();
        if (provided && !opened) {
            return Optional.of(EnrolmentDesk.HAS_ITS_OWN);
        }
        boolean counted =
                before.filter(login -> login.bootstrap().equals(by.name())).isPresent();
        return counted || by.enrolled() < by.most() ? Optional.empty() : Optional.of(EnrolmentDesk.full(by));
    }

    private synchronized void remember(EndpointId device, String bootstrap) {
        newcomers.put(device, bootstrap);
        if (newcomers.size() > Limits.NEWCOMERS) {
            newcomers.pollFirstEntry();
        }
    }

    private synchronized Optional<String> forget(EndpointId device) {
        return Optional.ofNullable(newcomers.remove(device));
    }

    // ---- once it is online

    @Override
    public void deviceChanged(DeviceRecord device) {
        boolean ready = device.approved() && device.status() == DeviceStatus.ONLINE;
        Optional<String> client = rows(device.transport());
        if (!ready || client.isEmpty()) {
            return;
        }
        forget(device.id())
                .ifPresent(by ->
                        Thread.ofVirtual().name("device-login").start(() -> inTurn(device.id(), by, client.get())));
    }

    /// Where a device keeps the logins with which it comes by a transport.
    private static Optional<String> rows(String transport) {
        return switch (transport) {
            case "mqtt" -> Optional.of("Device.MQTT.Client.");
            case "stomp" -> Optional.of("Device.STOMP.Connection.");
            default -> Optional.empty();
        };
    }

    private void inTurn(EndpointId device, String by, String rows) {
        turns.acquireUninterruptibly();
        try {
            Optional<Bootstrap> bootstrap = parts.bootstraps().find(by);
            if (bootstrap.isPresent()) {
                give(device, bootstrap.get(), rows);
            }
        } catch (StoreException unavailable) {
            LOG.warn("{} is given no login now", device, unavailable);
        } finally {
            turns.release();
        }
    }

    /// Kept before it is sent: the device may use it before its answer comes. Where the answer does not come it may
    /// have it, and else comes with the bootstrap again.
    private void give(EndpointId device, Bootstrap by, String rows) {
        String password = Secret.random(Limits.PASSWORD_BYTES);
        DeviceLogin made = DeviceLogin.by(by.name(), Secret.hash(password));
        parts.audit()
                .add(new AuditStore.Entry(
                        parts.clock().instant(), "bootstrap " + by.name(), "give login", device.toString(), rows));
        if (!parts.logins().put(device, made, by.most(), parts.clock().instant())) {
            fail(device, EnrolmentDesk.full(by));
            return;
        }
        SetRequest request = new SetRequest(
                false,
                List.of(new SetRequest.UpdateObject(
                        rows + "[Username==\"" + by.name() + "\"].",
                        List.of(
                                new ParameterSetting("Username", device.toString(), true),
                                new ParameterSetting("Password", password, true)))));
        try {
            wrong(parts.controller().call(device, request, Limits.ANSWER)).ifPresent(reason -> {
                parts.logins().takeBack(device, made.secret());
                fail(device, reason);
            });
        } catch (CallException failed) {
            if (!mayHaveIt(failed)) {
                parts.logins().takeBack(device, made.secret());
            }
            fail(device, failed.reason());
        }
    }

    private static boolean mayHaveIt(CallException failed) {
        return switch (failed) {
            case DeviceUnreachableException away -> away.sent();
            case CallTimedOutException late -> late.sent();
            default -> false;
        };
    }

    private static Optional<String> wrong(SetResponse answer) {
        for (SetResponse.UpdatedObjectResult each : answer.updatedObjectResults()) {
            switch (each.operationStatus()) {
                case OperationFailure failure -> {
                    return Optional.of(failure.fault().toString());
                }
                case OperationSuccess success -> {
                    if (!success.updatedInstanceResults().isEmpty()) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.of("none of its rows has that user name");
    }

    private void fail(EndpointId device, String reason) {
        parts.controller()
                .note(
                        device,
                        EventKind.WARNING,
                        "it was given no login of its own: " + SecretParameters.BY_NAME.masked(reason));
    }
}
