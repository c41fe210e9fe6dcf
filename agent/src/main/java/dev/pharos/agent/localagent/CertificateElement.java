// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.agent.access.AccessControl;
import dev.pharos.agent.access.Requester;
import dev.pharos.agent.trust.CertificateStore;
import dev.pharos.agent.trust.KnownCertificate;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `Device.LocalAgent.Certificate.`: the certificates of controllers and authorities that the agent was told
/// of. One of them counts as soon as a Controller's or ControllerTrust's `Credential` refers to it.
public final class CertificateElement implements ServiceElement {
    private static final String FINGERPRINTS = "SHA-1,SHA-224,SHA-256,SHA-384,SHA-512";

    private final CertificateStore store;
    private @Nullable DeviceContext context;

    public CertificateElement(CertificateStore store) {
        this.store = store;
    }

    @Override
    public SupportedDataModel supported() {
        return LocalAgentModel.CERTIFICATE;
    }

    @Override
    public void start(DeviceContext context) {
        this.context = context;
        context.update(transaction -> {
            transaction.set(LocalAgentModel.LOCAL_AGENT + "SupportedFingerprintAlgorithms", FINGERPRINTS);
            store.all().forEach(certificate -> add(transaction, certificate));
            return transaction;
        });
    }

    private static String add(Transaction transaction, KnownCertificate certificate) {
        return transaction.add(
                LocalAgentModel.CERTIFICATES,
                Map.of("SerialNumber", certificate.serialNumber(), "Issuer", certificate.issuer()));
    }

    @Override
    public Map<String, String> operate(CommandCall call) {
        ObjectInstance object = call.object();
        return switch (call.command().name()) {
            case "AddCertificate()" -> {
                added(call);
                yield Map.of();
            }
            case "AddMyCertificate()" -> {
                addOwn(call);
                yield Map.of();
            }
            case "Delete()" -> {
                store.remove(
                        object.value("SerialNumber").orElse(""),
                        object.value("Issuer").orElse(""));
                mounted().update(transaction -> {
                    transaction.delete(object.path());
                    return object;
                });
                yield Map.of();
            }
            case "GetFingerprint()" ->
                Map.of("Fingerprint", certificate(object).fingerprint(call.input("FingerprintAlgorithm", "")));
            default ->
                throw new UspException(
                        StandardErrorCode.COMMAND_FAILURE, call.command().name());
        };
    }

    private KnownCertificate certificate(ObjectInstance row) {
        return store.find(
                        row.value("SerialNumber").orElse(""),
                        row.value("Issuer").orElse(""))
                .orElseThrow(() -> new UspException(StandardErrorCode.COMMAND_FAILURE, "is being deleted"));
    }

    private String added(CommandCall call) {
        String alias = call.input("Alias", "");
        KnownCertificate certificate = KnownCertificate.parse(call.input("Certificate", ""));
        boolean taken = mounted()
                .snapshot()
                .object(LocalAgentModel.LOCAL_AGENT)
                .map(agent -> agent.rows("Certificate"))
                .orElse(List.of())
                .stream()
                .anyMatch(row -> row.value("Alias").orElse("").equals(alias));
        if (taken) {
            throw new UspException(StandardErrorCode.DUPLICATE_KEY, "Alias: another certificate has it");
        }
        store.add(certificate);
        return mounted().update(transaction -> {
            String row = add(transaction, certificate);
            transaction.set(row + "Enable", "true");
            if (!alias.isEmpty()) {
                transaction.set(row + "Alias", alias);
            }
            return row;
        });
    }

    /// Only the controller itself adds to what it may present.
    private void addOwn(CommandCall call) {
        String controller = call.object().path();
        if (Requester.current().filter(by -> by.row().equals(controller)).isEmpty()) {
            throw new UspException(StandardErrorCode.REQUEST_DENIED, "another controller's certificates");
        }
        String row = added(call);
        mounted().update(transaction -> {
            List<String> own = new ArrayList<>(AccessControl.items(
                    transaction.snapshot().object(controller).orElseThrow(), "Credential"));
            own.add(row.substring(0, row.length() - 1));
            transaction.set(controller + "Credential", String.join(",", own));
            return row;
        });
    }

    private DeviceContext mounted() {
        return Objects.requireNonNull(context, "not started");
    }
}
