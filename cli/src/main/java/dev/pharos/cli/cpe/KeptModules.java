// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.agent.localagent.KeptProperties;
import dev.pharos.cwmp.CwmpVersion;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.Body;
import dev.pharos.cwmp.rpc.ChangeDuState;
import dev.pharos.cwmp.rpc.DuStateChangeComplete;
import dev.pharos.cwmp.soap.Envelope;
import dev.pharos.cwmp.soap.ReadingQuirks;
import dev.pharos.cwmp.soap.SoapHeader;
import dev.pharos.cwmp.soap.SoapReader;
import dev.pharos.cwmp.soap.SoapWriter;
import dev.pharos.cwmp.soap.WritingQuirks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// What a device remembers over restarts of what its ACS has ordered of software modules, in order, and which ends of
/// operations it has heard of. Every change is safe when the method returns. Thread-safe.
final class KeptModules {
    static final String FILE = "cwmp-modules.properties";
    private static final String ORDER = "order.";
    private static final String RESULTS = ".results";
    private static final String BEGUN = ".begun";
    private static final String HEARD = "heard.";

    private final KeptProperties file;
    private final List<ModuleOrder> orders = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    /// @throws IOException where what was kept cannot be read; its text says what to do
    KeptModules(Path folder) throws IOException {
        file = new KeptProperties(Optional.of(folder), FILE);
        Properties words = file.load();
        for (int i = 0; words.containsKey(ORDER + i); i++) {
            orders.add(new ModuleOrder(
                    body(words, ORDER + i, ChangeDuState.class),
                    body(words, ORDER + i + RESULTS, DuStateChangeComplete.class)
                            .results(),
                    words.containsKey(ORDER + i + BEGUN)));
        }
        for (int i = 0; words.containsKey(HEARD + i); i++) {
            heard.add(words.getProperty(HEARD + i));
        }
    }

    private static <T extends Body> T body(Properties words, String name, Class<T> kind) throws IOException {
        try {
            byte[] text = words.getProperty(name, "").getBytes(StandardCharsets.UTF_8);
            Body body = new SoapReader(ReadingQuirks.NONE).read(text).body();
            if (kind.isInstance(body)) {
                return kind.cast(body);
            }
        } catch (MalformedSoapException broken) {
            throw new IOException(FILE + " cannot be read, delete it to go on: " + broken.getMessage(), broken);
        }
        throw new IOException(FILE + " holds what is no " + kind.getSimpleName() + ": delete it to go on");
    }

    synchronized List<ModuleOrder> orders() {
        return List.copyOf(orders);
    }

    /// The one that is at work, or is done and not told yet.
    synchronized Optional<ModuleOrder> first() {
        return orders.isEmpty() ? Optional.empty() : Optional.of(orders.getFirst());
    }

    synchronized void add(ModuleOrder order) {
        orders.add(order);
        store();
    }

    /// What the first one is now.
    synchronized void first(ModuleOrder order) {
        orders.set(0, order);
        store();
    }

    /// The first one is told.
    synchronized void removeFirst() {
        orders.removeFirst();
        store();
    }

    /// Notes that one has heard of this end of an operation.
    ///
    /// @param end by which it is known again
    /// @return false where that is known already
    synchronized boolean hears(String end) {
        if (heard.contains(end)) {
            return false;
        }
        heard.add(end);
        if (heard.size() > Limits.ENDS_HEARD) {
            heard.removeFirst();
        }
        store();
        return true;
    }

    /// As from the factory.
    synchronized void forget() {
        orders.clear();
        heard.clear();
        store();
    }

    private void store() {
        Properties words = new Properties();
        for (int i = 0; i < orders.size(); i++) {
            ModuleOrder order = orders.get(i);
            words.setProperty(ORDER + i, text(order.asked()));
            words.setProperty(ORDER + i + RESULTS, text(order.report().request()));
            if (order.begun()) {
                words.setProperty(ORDER + i + BEGUN, "true");
            }
        }
        for (int i = 0; i < heard.size(); i++) {
            words.setProperty(HEARD + i, heard.get(i));
        }
        try {
            file.store(words, "what the ACS has ordered of software modules");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String text(Body body) {
        Envelope envelope = new Envelope(CwmpVersion.V1_4.namespace(), SoapHeader.EMPTY, body);
        return new String(new SoapWriter(WritingQuirks.NONE).write(envelope), StandardCharsets.UTF_8);
    }
}
