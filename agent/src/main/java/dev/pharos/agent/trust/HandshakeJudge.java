// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.trust;

import dev.pharos.agent.access.AccessControl;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.UspException;
import dev.pharos.usp.integrity.Acquaintances;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says in the handshakes of transports, from what the data model has at the moment, whom the agent knows or may get to
/// know. [ControllerAuthentication] decides once more, when the connection stands.
final class HandshakeJudge implements Acquaintances {
    private static final Logger LOG = LoggerFactory.getLogger(HandshakeJudge.class);

    private final InstantiatedDataModel model;
    private final ControllerAuthentication authentication;
    private final FirstUse firstUse;

    HandshakeJudge(InstantiatedDataModel model, ControllerAuthentication authentication, FirstUse firstUse) {
        this.model = model;
        this.authentication = authentication;
        this.firstUse = firstUse;
    }

    /// The controller that is wanted, by its own certificate or by first use; or a broker, by that of one that is
    /// trusted, or of a controller that is the broker itself. And both by an authority that management has named.
    @Override
    public boolean knowsServer(Optional<EndpointId> wanted, List<X509Certificate> chain) {
        Snapshot snapshot = model.snapshot();
        X509Certificate leaf = chain.getFirst();
        if (authentication.isNamed(snapshot, chain)) {
            return true;
        }
        if (wanted.isEmpty()) {
            return authentication.broker(snapshot, leaf).isPresent() || isAnybodys(snapshot, leaf);
        }
        Optional<ObjectInstance> row = FirstUse.row(snapshot, wanted.get());
        return row.isPresent()
                && (authentication.isStored(snapshot, row.get(), leaf) || mayBecomeKnown(snapshot, wanted.get(), leaf));
    }

    @Override
    public boolean knowsClient(List<X509Certificate> chain) {
        Snapshot snapshot = model.snapshot();
        X509Certificate leaf = chain.getFirst();
        return isAnybodys(snapshot, leaf)
                || authentication.isNamed(snapshot, chain)
                || KnownCertificate.endpointIds(leaf).stream()
                        .flatMap(text -> endpoint(text).stream())
                        .anyMatch(id -> mayBecomeKnown(snapshot, id, leaf));
    }

    private boolean mayBecomeKnown(Snapshot snapshot, EndpointId id, X509Certificate leaf) {
        Optional<String> objection = firstUse.objection(snapshot, id, leaf);
        objection.ifPresent(reason -> LOG.info("{} is not let in: {}", id, reason));
        return objection.isEmpty();
    }

    private boolean isAnybodys(Snapshot snapshot, X509Certificate leaf) {
        return FirstUse.rows(snapshot, "Controller").stream()
                .filter(row -> row.value("Enable").orElse("").equals("true"))
                .anyMatch(row -> authentication.isStored(snapshot, row, leaf));
    }

    private static Optional<EndpointId> endpoint(String text) {
        try {
            return Optional.of(EndpointId.parse(text));
        } catch (MalformedInputException none) {
            return Optional.empty();
        }
    }

    /// A controller whose own certificate is revoked is banned, unless nobody could lift that any more.
    @Override
    public void revoked(X509Certificate certificate) {
        Snapshot snapshot = model.snapshot();
        if (FirstUse.rows(snapshot, "Controller").stream()
                .anyMatch(row -> authentication.isStored(snapshot, row, certificate))) {
            // Writes to the disk, which a handshake does not wait for.
            Thread.ofVirtual().name("banned-controller").start(() -> ban(certificate));
        }
    }

    private void ban(X509Certificate certificate) {
        for (ObjectInstance row : FirstUse.rows(model.snapshot(), "Controller")) {
            Snapshot snapshot = model.snapshot();
            String banned = snapshot.value(AccessControl.TRUST + "BannedRole").orElse("");
            if (!banned.isEmpty()
                    && authentication.isStored(snapshot, row, certificate)
                    && !AccessControl.isBanned(snapshot, row)) {
                ban(row, banned);
            }
        }
    }

    private void ban(ObjectInstance row, String role) {
        String who = row.value("EndpointID").orElse("");
        try {
            model.write(Origin.DEVICE, transaction -> {
                transaction.set(row.path() + "AssignedRole", role);
                transaction.set(row.path() + "InheritedRole", "");
                return row;
            });
            LOG.warn("{} is banned, since its certificate has been revoked", who);
        } catch (UspException last) {
            LOG.warn("{} is refused for its revoked certificate, but not banned: {}", who, last.getMessage());
        }
    }
}
