// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.trust;

import dev.pharos.agent.access.AccessControl;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Writes down which certificate is whose, so that the next use of it is none by somebody new (R-SEC.8).
final class CertificateMemory {
    private static final String CONTROLLERS = "Device.LocalAgent.Controller.";
    private static final String CERTIFICATES = "Device.LocalAgent.Certificate.";
    private static final String CREDENTIAL = "Credential";

    private final InstantiatedDataModel model;
    private final CertificateStore certificates;

    CertificateMemory(InstantiatedDataModel model, CertificateStore certificates) {
        this.model = model;
        this.certificates = certificates;
    }

    /// Makes the row of a controller that is new, which nobody notifies of anything yet.
    ///
    /// @return its path
    /// @throws UspException where that cannot be stored
    String meet(EndpointId controller) {
        return model.write(Origin.DEVICE, transaction -> {
            String row = transaction.add(CONTROLLERS, Map.of("EndpointID", controller.toString()));
            transaction.set(row + "Alias", FirstUse.ALIAS + number(row));
            transaction.set(row + "Enable", "true");
            transaction.set(row + "OnBoardingComplete", "true");
            return row;
        });
    }

    /// Stores the first certificate of a controller as its own.
    ///
    /// @param row of the controller
    /// @throws UspException where that cannot be stored, or somebody else has been faster
    void learn(String row, X509Certificate leaf) {
        remember(row, leaf, transaction -> {
            if (!AccessControl.items(controller(transaction, row), CREDENTIAL).isEmpty()) {
                throw new UspException(
                        StandardErrorCode.VALUE_CONFLICT, "it has become known by another certificate just now");
            }
        });
    }

    /// Stores a further certificate as the controller's own, in the place of one that was stored so before. Those that
    /// management has named stay.
    ///
    /// @param row of the controller
    /// @throws UspException where that cannot be stored
    void renew(String row, X509Certificate leaf) {
        remember(row, leaf, transaction -> {});
    }

    /// Forgets the certificates that were stored for a controller which is none any more.
    ///
    /// @param before when it was one
    void forget(Snapshot before, ObjectInstance row) {
        List<String> others = FirstUse.rows(model.snapshot(), "Controller").stream()
                .flatMap(controller -> AccessControl.items(controller, CREDENTIAL).stream())
                .toList();
        for (String reference : AccessControl.items(row, CREDENTIAL)) {
            before.object(reference + ".")
                    .filter(CertificateMemory::isMet)
                    .filter(_ -> !others.contains(reference))
                    .filter(met -> model.snapshot().object(met.path()).isPresent())
                    .ifPresent(this::drop);
        }
    }

    private void drop(ObjectInstance met) {
        certificates.remove(
                met.value("SerialNumber").orElse(""), met.value("Issuer").orElse(""));
        model.write(Origin.DEVICE, transaction -> {
            transaction.delete(met.path());
            return met;
        });
    }

    private static ObjectInstance controller(Transaction transaction, String row) {
        return transaction
                .snapshot()
                .object(row)
                .orElseThrow(() -> new UspException(StandardErrorCode.OBJECT_DOES_NOT_EXIST, row));
    }

    private static boolean isMet(ObjectInstance certificate) {
        return certificate.value("Alias").orElse("").startsWith(FirstUse.ALIAS);
    }

    private void remember(String row, X509Certificate leaf, Consumer<Transaction> condition) {
        KnownCertificate certificate = new KnownCertificate(leaf);
        boolean added = certificates
                .find(certificate.serialNumber(), certificate.issuer())
                .isEmpty();
        if (added) {
            certificates.add(certificate);
        }
        List<KnownCertificate> replaced;
        try {
            replaced = model.write(Origin.DEVICE, transaction -> {
                condition.accept(transaction);
                return replace(transaction, row, certificate);
            });
        } catch (RuntimeException failed) {
            if (added) {
                certificates.remove(certificate.serialNumber(), certificate.issuer());
            }
            throw failed;
        }
        replaced.forEach(old -> certificates.remove(old.serialNumber(), old.issuer()));
    }

    /// @return what it replaces
    private List<KnownCertificate> replace(Transaction transaction, String row, KnownCertificate certificate) {
        Optional<String> present = rowOf(transaction.snapshot(), certificate);
        String path = present.orElseGet(() -> add(transaction, certificate));
        List<String> own = new ArrayList<>();
        List<KnownCertificate> replaced = new ArrayList<>();
        for (String reference : AccessControl.items(controller(transaction, row), CREDENTIAL)) {
            Optional<ObjectInstance> old = transaction.snapshot().object(reference + ".");
            boolean met = old.isPresent() && !old.get().path().equals(path) && isMet(old.get());
            if (met) {
                certificates
                        .find(
                                old.get().value("SerialNumber").orElse(""),
                                old.get().value("Issuer").orElse(""))
                        .ifPresent(replaced::add);
                transaction.delete(old.get().path());
            } else if (!(reference + ".").equals(path)) {
                own.add(reference);
            }
        }
        own.add(path.substring(0, path.length() - 1));
        transaction.set(row + CREDENTIAL, String.join(",", own));
        return replaced;
    }

    private static String add(Transaction transaction, KnownCertificate certificate) {
        String path = transaction.add(
                CERTIFICATES, Map.of("SerialNumber", certificate.serialNumber(), "Issuer", certificate.issuer()));
        transaction.set(path + "Enable", "true");
        transaction.set(path + "Alias", FirstUse.ALIAS + number(path));
        return path;
    }

    private static Optional<String> rowOf(Snapshot snapshot, KnownCertificate certificate) {
        return FirstUse.rows(snapshot, "Certificate").stream()
                .filter(certificate::isIn)
                .map(ObjectInstance::path)
                .findFirst();
    }

    private static String number(String row) {
        return row.substring(row.lastIndexOf('.', row.length() - 2) + 1, row.length() - 1);
    }
}
