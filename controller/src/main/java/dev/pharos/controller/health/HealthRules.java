// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.health;

import dev.pharos.controller.health.Health.Reason;
import dev.pharos.controller.store.DeviceStatus;
import dev.pharos.controller.store.TwinValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What takes how much from the health of a device. What it does not say takes nothing.
public final class HealthRules {
    static final int OFFLINE = 50;
    static final int ERROR = 30;
    static final int NO_LINE = 25;
    static final int NO_PPP = 20;
    static final int RADIO_DOWN = 10;
    static final int ALARM = 10;
    static final int START = 10;
    static final int LOSS = 5;
    static final int MEMORY = 10;
    static final int PROCESSOR = 5;
    static final int WEAK_CLIENTS = 5;
    static final int MOST_WEAK = 10;

    /// What several of the same take at most.
    private static final int MOST_ALARMS = 30;

    private static final int MOST_STARTS = 30;
    private static final int MOST_LOSSES = 20;
    private static final int MOST_RADIOS = 20;

    /// In a day; an update of the firmware is one.
    private static final int STARTS_ALLOWED = 1;

    private static final int LOSSES_ALLOWED = 2;

    /// Of all memory.
    private static final double LEAST_MEMORY = 0.1;

    private static final double BUSY_PERCENT = 90;

    /// Beneath it a client is heard weakly.
    private static final double WEAK_DBM = -75;

    private static final Pattern LINE = Pattern.compile(
            "Device\\.(Optical\\.Interface|DSL\\.Line|Cellular\\.Interface|Ethernet\\.Interface)\\.[0-9]+\\.");
    private static final Pattern PPP = Pattern.compile("Device\\.PPP\\.Interface\\.[0-9]+\\.");
    private static final Pattern RADIO = Pattern.compile("Device\\.WiFi\\.Radio\\.[0-9]+\\.");
    private static final Pattern CLIENT =
            Pattern.compile("Device\\.WiFi\\.AccessPoint\\.[0-9]+\\.AssociatedDevice\\.[0-9]+\\.");
    private static final String MEMORY_STATUS = "Device.DeviceInfo.MemoryStatus.";
    private static final String CPU_USAGE = "Device.DeviceInfo.ProcessStatus.CPUUsage";

    private final HealthFacts facts;
    private final Map<String, TwinValue> values = new HashMap<>();
    private final List<Reason> reasons = new ArrayList<>();

    private HealthRules(HealthFacts facts) {
        this.facts = facts;
        for (TwinValue value : facts.values()) {
            if (!value.secured()) {
                values.put(value.path(), value);
            }
        }
    }

    public static Health judge(HealthFacts facts) {
        HealthRules rules = new HealthRules(facts);
        rules.connection();
        rules.happenings();
        rules.line();
        rules.sessions();
        rules.radios();
        rules.clients();
        rules.resources();
        rules.reasons.sort(Comparator.comparingInt(Reason::points).reversed());
        return new Health(rules.reasons);
    }

    private void connection() {
        DeviceStatus status = facts.device().status();
        String why = facts.device().statusReason();
        if (status == DeviceStatus.OFFLINE) {
            add(OFFLINE, "it is not connected" + (why.isEmpty() ? "" : ": " + why));
        } else if (status == DeviceStatus.ERROR) {
            add(ERROR, why.isEmpty() ? "it answers what cannot be worked with" : why);
        }
    }

    private void add(int points, String text) {
        reasons.add(new Reason(points, text, "", Optional.of(facts.device().lastSeen())));
    }

    private void happenings() {
        int starts = facts.starts();
        if (starts > STARTS_ALLOWED) {
            counted(
                    several(starts - STARTS_ALLOWED, START, MOST_STARTS),
                    "it has started " + starts + " times in a day");
        }
        int losses = facts.losses();
        if (losses > LOSSES_ALLOWED) {
            counted(
                    several(losses - LOSSES_ALLOWED, LOSS, MOST_LOSSES),
                    "its connection was lost " + losses + " times in a day");
        }
        int alarms = facts.alarms();
        if (alarms > 0) {
            counted(
                    several(alarms, ALARM, MOST_ALARMS),
                    alarms == 1 ? "an alarm is open" : alarms + " alarms are open");
        }
    }

    private static int several(int count, int each, int most) {
        return Math.min(count, most / each) * each;
    }

    private void counted(int points, String text) {
        reasons.add(new Reason(points, text, "", Optional.empty()));
    }

    /// One that is up is enough: a second is there for when the first is not.
    private void line() {
        List<String> lines = rows(LINE)
                // a port is a line only where it says so
                .filter(row -> !row.startsWith("Device.Ethernet.") || isTrue(row + "Upstream"))
                .filter(this::isOn)
                .filter(row -> values.containsKey(row + "Status"))
                .toList();
        if (!lines.isEmpty() && lines.stream().noneMatch(this::isUp)) {
            String path = lines.getFirst() + "Status";
            read(NO_LINE, "its line is not up: " + path + " is " + text(path), path);
        }
    }

    private void sessions() {
        List<String> ppp = rows(PPP)
                .filter(this::isOn)
                .filter(row -> values.containsKey(row + "ConnectionStatus"))
                .toList();
        if (!ppp.isEmpty()
                && ppp.stream().noneMatch(row -> text(row + "ConnectionStatus").equals("Connected"))) {
            String path = ppp.getFirst() + "ConnectionStatus";
            read(NO_PPP, "PPP is " + text(path) + ", not Connected", path);
        }
    }

    private void radios() {
        int left = MOST_RADIOS;
        for (String row : rows(RADIO).toList()) {
            String path = row + "Status";
            if (isOn(row) && values.containsKey(path) && !isUp(row) && left > 0) {
                read(RADIO_DOWN, "a radio is switched on and " + text(path) + ", not Up", path);
                left -= RADIO_DOWN;
            }
        }
    }

    private void clients() {
        List<String> heard = rows(CLIENT)
                .filter(row -> !values.containsKey(row + "Active") || isTrue(row + "Active"))
                .filter(row -> signal(row).isPresent())
                .toList();
        List<String> weak = heard.stream()
                .filter(row -> signal(row).getAsDouble() < WEAK_DBM)
                .toList();
        if (!weak.isEmpty()) {
            read(
                    weak.size() * 2 >= heard.size() ? MOST_WEAK : WEAK_CLIENTS,
                    "of " + heard.size() + " Wi-Fi clients " + weak.size() + " are heard below " + (int) WEAK_DBM
                            + " dBm",
                    weak.getFirst() + "SignalStrength");
        }
    }

    /// Devices say 0 where they do not know.
    private OptionalDouble signal(String row) {
        OptionalDouble said = number(row + "SignalStrength");
        return said.isPresent() && said.getAsDouble() < 0 ? said : OptionalDouble.empty();
    }

    private void resources() {
        OptionalDouble free = number(MEMORY_STATUS + "Free");
        OptionalDouble total = number(MEMORY_STATUS + "Total");
        if (free.isPresent() && total.isPresent() && total.getAsDouble() > 0) {
            double share = free.getAsDouble() / total.getAsDouble();
            if (share < LEAST_MEMORY) {
                read(MEMORY, (int) (share * 100) + " % of its memory is free", MEMORY_STATUS + "Free");
            }
        }
        OptionalDouble busy = number(CPU_USAGE);
        if (busy.isPresent() && busy.getAsDouble() >= BUSY_PERCENT) {
            read(PROCESSOR, "its processor is busy for " + (int) busy.getAsDouble() + " %", CPU_USAGE);
        }
    }

    private void read(int points, String text, String path) {
        reasons.add(new Reason(
                points, text, path, Optional.ofNullable(values.get(path)).map(TwinValue::time)));
    }

    /// The rows of which something is known, in the order of their paths.
    private Stream<String> rows(Pattern table) {
        return values.keySet().stream()
                .map(path -> path.substring(0, path.lastIndexOf('.') + 1))
                .filter(row -> table.matcher(row).matches())
                .distinct()
                .sorted();
    }

    /// One that does not say counts as switched on.
    private boolean isOn(String row) {
        return !values.containsKey(row + "Enable") || isTrue(row + "Enable");
    }

    private boolean isUp(String row) {
        return text(row + "Status").equals("Up");
    }

    private boolean isTrue(String path) {
        String said = text(path);
        return said.equals("true") || said.equals("1");
    }

    private String text(String path) {
        TwinValue value = values.get(path);
        return value == null ? "" : value.value();
    }

    private OptionalDouble number(String path) {
        String said = text(path);
        return said.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?")
                ? OptionalDouble.of(Double.parseDouble(said))
                : OptionalDouble.empty();
    }
}
