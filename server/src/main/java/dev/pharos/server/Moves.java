// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.controller.UspController;
import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.acs.UspErrands;
import dev.pharos.controller.migration.Eligibility;
import dev.pharos.controller.migration.MigrationRunner;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.Stores;
import dev.pharos.mtp.tls.OwnAuthority;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.server.enrolment.MoveLogins;
import dev.pharos.server.store.AuditStore;
import dev.pharos.server.store.Database;
import dev.pharos.server.store.DeviceLoginStore;
import dev.pharos.server.store.PostgresMigrationStore;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// What moves devices from TR-069 to USP.
final class Moves {
    private Moves() {}

    static MigrationRunner runner(UspController controller, AcsOffice office, Database database, Clock clock) {
        return new MigrationRunner(new MigrationRunner.Parts(
                        new PostgresMigrationStore(database),
                        office,
                        controller::call,
                        controller.stores().twins(),
                        (device, text) -> controller.note(device, EventKind.MIGRATION, text),
                        clock))
                .start();
    }

    /// Does over USP what waited for a session of TR-069.
    static UspErrands errands(UspController controller, AcsOffice office, MigrationRunner migrations) {
        return new UspErrands(office, controller::call, migrations::isSettled).start();
    }

    /// With which those come to our brokers that have moved.
    static MoveLogins logins(Database database, Clock clock) {
        return new MoveLogins(new DeviceLoginStore(database), new AuditStore(database), clock);
    }

    /// @param listeners of all transports
    static Eligibility eligibility(
            Stores stores, AcsOffice office, ServerOptions options, Map<String, String> listeners)
            throws StartException {
        UspDoors doors = doors(options, listeners);
        return new Eligibility(stores, office, (device, transport) -> doors.door(device, transport, stores.twins()));
    }

    /// Where devices would find us. At a broker that is not ours they would need a login of which we know nothing.
    ///
    /// @param listeners of all transports
    private static UspDoors doors(ServerOptions options, Map<String, String> listeners) throws StartException {
        Map<String, String> own = new LinkedHashMap<>(listeners);
        own.keySet().retainAll(Set.of("ws", "wss", "mqtt", "mqtts", "stomp", "stomps"));
        if (options.externalBroker().isPresent()) {
            own.remove("mqtt");
        }
        return new UspDoors(options.endpointId, own, authority(options));
    }

    private static Supplier<Optional<X509Certificate>> authority(ServerOptions options) throws StartException {
        TlsSettings tls = options.clientTls();
        if (tls.certificateChain().isEmpty()) {
            return Optional::empty;
        }
        try {
            return OwnAuthority.open(tls)::current;
        } catch (IOException unusable) {
            throw StartException.usage(String.valueOf(unusable.getMessage()));
        }
    }
}
