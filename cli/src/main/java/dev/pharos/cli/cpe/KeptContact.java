// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.agent.localagent.KeptProperties;
import dev.pharos.cwmp.CwmpVersion;
import dev.pharos.cwmp.EventCode;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.Notification;
import dev.pharos.cwmp.cpe.Outbox.Contents;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.cwmp.rpc.EventStruct;
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
import java.security.SecureRandom;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a device remembers of its ACS over restarts: which one knows it, what it has still to be told, how it wants to
/// hear of changes, and its last ParameterKey. A factory reset deletes the files. Thread-safe.
final class KeptContact {
    static final String SETTINGS = "cwmp.properties";
    static final String OUTBOX = "cwmp-outbox.properties";

    private static final String KNOWN_TO = "knownTo";
    private static final String CONFIGURED = "configured";
    private static final String PARAMETER_KEY = "parameterKey";
    private static final String CALL_PATH = "callPath";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String REBOOT = "reboot";
    private static final Pattern ORDER = Pattern.compile("(?:firmware|transfer[.]([0-9]{1,18}))[.]url");
    private static final String WATCHED = "watched.";
    private static final Map<Notification, String> WORDS = words();

    private final KeptProperties settingsFile;
    private final KeptProperties outboxFile;
    private final Properties settings;
    private final KeptModules modules;

    /// @throws IOException where what was kept cannot be read
    KeptContact(Path folder) throws IOException {
        settingsFile = new KeptProperties(Optional.of(folder), SETTINGS);
        outboxFile = new KeptProperties(Optional.of(folder), OUTBOX);
        settings = settingsFile.load();
        modules = new KeptModules(folder);
    }

    /// What it was to do with software modules.
    KeptModules modules() {
        return modules;
    }

    private static Map<Notification, String> words() {
        Map<Notification, String> words = new EnumMap<>(Notification.class);
        for (Notification each : Notification.values()) {
            words.put(each, String.valueOf(each.number()));
        }
        return words;
    }

    private synchronized void put(String name, String value) {
        if (!value.equals(settings.getProperty(name))) {
            settings.setProperty(name, value);
            store();
        }
    }

    private void store() {
        try {
            settingsFile.store(settings, "what this device remembers of its ACS");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private synchronized String get(String name) {
        return settings.getProperty(name, "");
    }

    /// Whether the ACS at this place has heard of the device since the last factory reset, and no other since.
    boolean isKnownTo(String url) {
        return get(KNOWN_TO).equals(url);
    }

    void knownTo(String url) {
        put(KNOWN_TO, url);
    }

    /// What the program was told where the ACS is, at its last start.
    String configured() {
        return get(CONFIGURED);
    }

    void configured(String url) {
        put(CONFIGURED, url);
    }

    /// The path at which the ACS can call the device: the same over restarts, and nobody guesses it.
    String callPath() {
        String known = get(CALL_PATH);
        if (!known.isEmpty()) {
            return known;
        }
        byte[] drawn = new byte[16];
        RANDOM.nextBytes(drawn);
        String path = "/" + HexFormat.of().formatHex(drawn);
        put(CALL_PATH, path);
        return path;
    }

    String parameterKey() {
        return get(PARAMETER_KEY);
    }

    void parameterKey(String key) {
        put(PARAMETER_KEY, key);
    }

    /// The ACS has asked for a restart that is about to happen.
    void rebooting(String commandKey) {
        put(REBOOT, "=" + commandKey);
    }

    /// The CommandKey of the restart that the ACS has asked for, once.
    Optional<String> rebooted() {
        String key = get(REBOOT);
        put(REBOOT, "");
        return key.isEmpty() ? Optional.empty() : Optional.of(key.substring(1));
    }

    /// What the ACS has told the device to do with files, until the ACS has heard what became of it.
    ///
    /// @throws UncheckedIOException where what was kept is none
    synchronized List<TransferOrder> orders() {
        List<TransferOrder> orders = new ArrayList<>();
        for (String name : new TreeSet<>(settings.stringPropertyNames())) {
            Matcher order = ORDER.matcher(name);
            if (order.matches()) {
                orders.add(read(order.group(1) == null ? TransferOrder.FIRMWARE : Long.parseLong(order.group(1))));
            }
        }
        return orders;
    }

    /// One of them.
    synchronized Optional<TransferOrder> order(long id) {
        return settings.containsKey(place(id) + "url") ? Optional.of(read(id)) : Optional.empty();
    }

    private TransferOrder read(long id) {
        try {
            return TransferOrder.read(id, name -> get(place(id) + name));
        } catch (NumberFormatException | DateTimeParseException broken) {
            throw new UncheckedIOException(
                    new IOException(SETTINGS + " cannot be read, delete it to go on: " + broken.getMessage(), broken));
        }
    }

    private static String place(long id) {
        return id == TransferOrder.FIRMWARE ? "firmware." : "transfer." + id + ".";
    }

    /// Keeps how it stands with one.
    synchronized void order(TransferOrder order) {
        order.words().forEach((name, word) -> settings.setProperty(place(order.id()) + name, word));
        store();
    }

    /// The ACS is to be told of its end, and that is kept elsewhere.
    synchronized void settled(TransferOrder order) {
        settings.keySet().removeIf(name -> name.toString().startsWith(place(order.id())));
        store();
    }

    synchronized Map<String, Notification> watched() {
        Map<String, Notification> watched = new HashMap<>();
        for (String name : settings.stringPropertyNames()) {
            if (name.startsWith(WATCHED)) {
                WORDS.forEach((notification, word) -> {
                    if (word.equals(settings.getProperty(name))) {
                        watched.put(name.substring(WATCHED.length()), notification);
                    }
                });
            }
        }
        return watched;
    }

    synchronized void watched(Map<String, Notification> all) {
        settings.keySet().removeIf(name -> name.toString().startsWith(WATCHED));
        all.forEach((path, notification) -> settings.setProperty(WATCHED + path, WORDS.get(notification)));
        store();
    }

    /// As from the factory.
    synchronized void forget() {
        settings.clear();
        store();
        modules.forget();
        outbox(Contents.NOTHING);
    }

    void outbox(Contents contents) {
        Properties words = new Properties();
        words.setProperty("retries", String.valueOf(contents.retryCount()));
        events("", contents.events(), words);
        SoapWriter writer = new SoapWriter(WritingQuirks.NONE);
        for (int i = 0; i < contents.reports().size(); i++) {
            Report report = contents.reports().get(i);
            Envelope envelope = new Envelope(CwmpVersion.V1_4.namespace(), SoapHeader.EMPTY, report.request());
            words.setProperty("report." + i, new String(writer.write(envelope), StandardCharsets.UTF_8));
            events("report." + i + ".", report.events(), words);
        }
        try {
            outboxFile.store(words, "what this device has to tell its ACS");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void events(String place, List<EventStruct> events, Properties words) {
        for (int i = 0; i < events.size(); i++) {
            words.setProperty(place + "event." + i, events.get(i).eventCode().text());
            words.setProperty(place + "key." + i, events.get(i).commandKey());
        }
    }

    /// @throws IOException where it cannot be read; its text says what to do
    Contents outbox() throws IOException {
        Properties words = outboxFile.load();
        List<Report> reports = new ArrayList<>();
        SoapReader reader = new SoapReader(ReadingQuirks.NONE);
        try {
            for (int i = 0; words.containsKey("report." + i); i++) {
                Envelope envelope =
                        reader.read(words.getProperty("report." + i, "").getBytes(StandardCharsets.UTF_8));
                if (!(envelope.body() instanceof CpeRequest<?> request)) {
                    throw new IOException(OUTBOX + " holds what is no report: delete it to go on");
                }
                reports.add(new Report(request, events("report." + i + ".", words)));
            }
            return new Contents(events("", words), reports, Long.parseLong(words.getProperty("retries", "0")));
        } catch (MalformedSoapException | NumberFormatException broken) {
            throw new IOException(OUTBOX + " cannot be read, delete it to go on: " + broken.getMessage(), broken);
        }
    }

    private static List<EventStruct> events(String place, Properties words) {
        List<EventStruct> events = new ArrayList<>();
        for (int i = 0; words.containsKey(place + "event." + i); i++) {
            events.add(new EventStruct(
                    EventCode.of(words.getProperty(place + "event." + i, "")),
                    words.getProperty(place + "key." + i, "")));
        }
        return events;
    }
}
