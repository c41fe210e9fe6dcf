// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.enrolment;

import dev.pharos.server.auth.Secret;
import dev.pharos.server.store.BootstrapStore;
import dev.pharos.server.store.BootstrapStore.Bootstrap;
import dev.pharos.server.store.EnrolmentStore;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.integrity.Acquaintances;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// With what devices come the first time: logins and certificates that are good for nothing but to enrol. Thread-safe.
public final class Bootstraps implements Acquaintances {
    private static final int SECRET_BYTES = 24;

    private final BootstrapStore store;
    private final Signers signers;
    private final Clock clock;

    /// Certificates are looked at while a connection is made, when nobody may wait for the database.
    private volatile List<Known> known;

    private record Known(String name, X509Certificate certificate) {}

    public Bootstraps(BootstrapStore store, Signers signers, Clock clock) {
        this.store = store;
        this.signers = signers;
        this.clock = clock;
        this.known = read(store);
    }

    private static List<Known> read(BootstrapStore store) {
        return store.certificates().stream()
                .map(each -> new Known(each.bootstrap(), stored(each.der())))
                .toList();
    }

    private static X509Certificate stored(Bytes der) {
        try {
            return certificate(der.toByteArray());
        } catch (CertificateException impossible) {
            throw new IllegalStateException("it could be read when it was stored", impossible);
        }
    }

    /// A certificate, PEM or DER.
    public static X509Certificate certificate(byte[] encoded) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    public List<Bootstrap> all() {
        return store.all();
    }

    public Optional<Bootstrap> find(String name) {
        return store.find(name);
    }

    /// A password for a bootstrap that is a login; it is shown once.
    public static String password() {
        return Secret.random(SECRET_BYTES);
    }

    /// What is kept of it.
    public static Bytes secret(String password) {
        return Secret.hash(password);
    }

    /// Whether a certificate would make a device of whoever shows it to the other listeners, since it is one of those
    /// that sign devices' certificates, or is signed by one.
    public boolean isOfDevices(X509Certificate certificate) throws IOException {
        for (X509Certificate signer : signers.read()) {
            if (signer.equals(certificate) || leads(List.of(certificate), signer)) {
                return true;
            }
        }
        return false;
    }

    /// Who signs devices' certificates, read anew each time.
    @FunctionalInterface
    public interface Signers {
        List<X509Certificate> read() throws IOException;
    }

    /// @return whether it is kept; not where there is one of this name, or as many as may be
    public synchronized boolean add(Bootstrap made) {
        boolean added = store.add(made);
        known = read(store);
        return added;
    }

    /// Nobody enrols by it from now on. Who has a certificate keeps it.
    ///
    /// @return whether it was there
    public synchronized boolean remove(String name) {
        boolean removed = store.remove(name);
        known = read(store);
        return removed;
    }

    /// Whose login this is.
    Optional<Bootstrap> byLogin(String name, String password) {
        byte[] shown = Secret.hash(password).toByteArray();
        return store.find(name)
                .filter(found -> found.secret()
                        .filter(secret -> MessageDigest.isEqual(secret.toByteArray(), shown))
                        .isPresent());
    }

    /// Whose certificate was shown in the handshake.
    ///
    /// @param chain the one that was shown first
    Optional<Bootstrap> byCertificate(List<X509Certificate> chain) {
        return nameOf(chain).flatMap(store::find);
    }

    private Optional<String> nameOf(List<X509Certificate> chain) {
        return known.stream()
                .filter(each -> leads(chain, each.certificate()))
                .map(Known::name)
                .findFirst();
    }

    private boolean leads(List<X509Certificate> chain, X509Certificate to) {
        if (chain.isEmpty() || chain.getFirst().equals(to)) {
            return !chain.isEmpty();
        }
        if (to.getBasicConstraints() < 0) {
            return false;
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(to, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(clock.instant()));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509")
                                    .generateCertPath(chain.stream()
                                            .filter(each -> !each.equals(to))
                                            .toList()),
                            parameters);
            return true;
        } catch (GeneralSecurityException leadsElsewhere) {
            return false;
        }
    }

    /// Whether a device comes within what a bootstrap is for: `os::00256D-*` is for each that begins so.
    public static boolean covers(String devices, EndpointId device) {
        String id = device.toString();
        return devices.endsWith("*") ? id.startsWith(devices.substring(0, devices.length() - 1)) : id.equals(devices);
    }

    /// Why a device may not come by a bootstrap, whatever is known of the device; empty where it may.
    static Optional<String> objection(Bootstrap by, EndpointId device, Instant now) {
        if (!now.isBefore(by.until())) {
            return Optional.of("the bootstrap " + by.name() + " has expired on " + by.until());
        }
        return covers(by.devices(), device)
                ? Optional.empty()
                : Optional.of("the bootstrap " + by.name() + " is for " + by.devices() + " and not for " + device);
    }

    /// Why it may not although the bootstrap is for it.
    static Optional<String> another(EnrolmentStore devices, Bootstrap by, EndpointId device) {
        return devices.isOfAnother(by.tenant(), device)
                ? Optional.of("the device belongs to another tenant than the bootstrap " + by.name())
                : Optional.empty();
    }

    @Override
    public boolean knowsServer(Optional<EndpointId> wanted, List<X509Certificate> chain) {
        return false;
    }

    @Override
    public boolean knowsClient(List<X509Certificate> chain) {
        return nameOf(chain).isPresent();
    }

    @Override
    public void revoked(X509Certificate certificate) {}
}
