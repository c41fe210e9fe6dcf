// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.device.proxied.ProxiedDevices;
import dev.pharos.pki.Authority;
import dev.pharos.pki.CertificateOrder;
import dev.pharos.pki.Issued;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.Validity;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// A device with a bridge for LwM2M, and the data model in which its things appear.
final class House implements AutoCloseable {
    static final KeyFile.Key KEY =
            new KeyFile.Key("lamp", "lamp-identity", Bytes.ofHex("00112233445566778899aabbccddeeff"));
    static final Authority MAKER = Authority.create("Maker of things", KeyKind.EC, always());
    /// What the device shows things.
    static final Issued OURS = issued(MAKER, "gateway");

    private static final Duration SOON = Duration.ofSeconds(10);

    private final LwM2mBridge bridge;
    final InstantiatedDataModel model;
    final List<String> changes = new CopyOnWriteArrayList<>();

    House() throws IOException {
        this(Limits.AWAKE);
    }

    /// @param awake how long a thing in queue mode listens
    House(Duration awake) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        bridge = new LwM2mBridge(
                new LwM2mConfig(
                        Optional.of(any),
                        Optional.of(any),
                        List.of(KEY),
                        Optional.of(new ThingCertificates(
                                List.of(OURS.certificate()), OURS.key(), List.of(MAKER.certificate())))),
                awake);
        model = InstantiatedDataModel.start(
                List.of(new ProxiedDevices(bridge, Clock.systemUTC())), ChangeJournal.none());
        model.onChange(set -> set.changes().forEach(change -> {
            if (change instanceof Change.ValueChanged changed) {
                changes.add(changed.path() + "=" + changed.after());
            }
        }));
    }

    static Issued issued(Authority by, String commonName) {
        return by.issue(
                new CertificateOrder(
                        commonName,
                        List.of(),
                        Set.of(CertificateOrder.Use.CLIENT, CertificateOrder.Use.SERVER),
                        always()),
                KeyKind.EC);
    }

    private static Validity always() {
        return Validity.days(Instant.now(), 1);
    }

    static Authority somebodyElse() {
        return Authority.create("Somebody", KeyKind.EC, always());
    }

    InetSocketAddress plain() {
        return bridge.addresses().get(0);
    }

    InetSocketAddress secure() {
        return bridge.addresses().get(1);
    }

    String value(String path) {
        return model.snapshot().value(path).orElse("(nothing)");
    }

    List<ObjectInstance> things() {
        return model.snapshot().root().rows("ProxiedDevice");
    }

    void set(String path, String value) {
        model.write(Origin.MANAGEMENT, tx -> {
            tx.set(path, value);
            return 0;
        });
    }

    void awaitValue(String path, String value) {
        await(path)
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> value(path).equals(value));
    }

    void awaitThings(int count) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> things().size() == count);
    }

    /// Where in the data model the thing's resource is, with trailing dot.
    String resource(String thing, String path) {
        return thing + "X_PHAROS-DEV_Resource."
                + model.snapshot().object(thing).orElseThrow().rows("X_PHAROS-DEV_Resource").stream()
                        .filter(row -> row.value("Path").orElse("").equals(path))
                        .findFirst()
                        .orElseThrow()
                        .instanceNumber()
                        .orElseThrow()
                + ".";
    }

    @Override
    public void close() {
        model.close();
    }
}
