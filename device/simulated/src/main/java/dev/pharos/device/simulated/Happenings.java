// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The small things that happen in a home by themselves, one step at a time.
final class Happenings {
    private static final int COMING_OR_GOING = 8;
    private static final int WARMER_OR_COLDER = 3;
    private static final int BETTER_CHANNEL = 40;

    private final Activity activity;
    private final HomeClients clients;

    Happenings(Activity activity, HomeClients clients) {
        this.activity = activity;
        this.clients = clients;
    }

    /// @return whether somebody came or went, so that interfaces and rows must follow
    boolean step(Transaction transaction, Dice dice, Instant now) {
        drift(transaction, dice);
        if (dice.roll("temperature", WARMER_OR_COLDER) == 0) {
            temperature(transaction, dice, now);
        }
        for (ObjectInstance radio : radios(transaction.snapshot())) {
            if (dice.roll(radio.path(), BETTER_CHANNEL) == 0) {
                betterChannel(transaction, radio, dice, now);
            }
        }
        if (dice.roll("trigger", COMING_OR_GOING) == 0) {
            pullTrigger(transaction, dice, now);
        }
        boolean moved = dice.roll("movement", COMING_OR_GOING) == 0;
        if (moved) {
            clients.flip(dice);
        }
        return moved;
    }

    /// One station is heard better or worse than before.
    private static void drift(Transaction transaction, Dice dice) {
        List<ObjectInstance> stations = new ArrayList<>();
        transaction.snapshot().object(Paths.WIFI).stream()
                .flatMap(wifi -> wifi.rows("AccessPoint").stream())
                .forEach(point -> stations.addAll(point.rows("AssociatedDevice")));
        if (stations.isEmpty()) {
            return;
        }
        ObjectInstance station = stations.get(dice.roll("station", stations.size()));
        int before = number(station, "SignalStrength");
        int after = Math.clamp(before + dice.roll("drift", 7) - 3, -85, -35);
        if (after != before) {
            HomeClients.signal(transaction, station.path(), after, number(station, "MaxSupportedDataDownlinkRate"));
        }
    }

    private static void temperature(Transaction transaction, Dice dice, Instant now) {
        List<ObjectInstance> sensors = transaction
                .snapshot()
                .object(Paths.SENSORS)
                .map(status -> status.rows("TemperatureSensor"))
                .orElse(List.of());
        if (sensors.isEmpty()) {
            return;
        }
        ObjectInstance sensor = sensors.get(dice.roll("sensor", sensors.size()));
        if (!sensor.value("Status").equals(Optional.of("Enabled"))) {
            return;
        }
        int value = Math.clamp(number(sensor, "Value") + dice.roll("degrees", 3) - 1, 40, 85);
        String path = sensor.path();
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        transaction.set(path + "Value", String.valueOf(value));
        if (value > number(sensor, "MaxValue")) {
            transaction.set(path + "MaxValue", String.valueOf(value));
            transaction.set(path + "MaxTime", time);
        }
        if (value < number(sensor, "MinValue")) {
            transaction.set(path + "MinValue", String.valueOf(value));
            transaction.set(path + "MinTime", time);
        }
        if (value >= number(sensor, "HighAlarmValue")) {
            transaction.set(path + "HighAlarmTime", time);
        }
        if (value <= number(sensor, "LowAlarmValue")) {
            transaction.set(path + "LowAlarmTime", time);
        }
    }

    /// A device at home talks to somebody outside, for whom ports are opened.
    private static void pullTrigger(Transaction transaction, Dice dice, Instant now) {
        List<ObjectInstance> triggers =
                transaction
                        .snapshot()
                        .object("Device.NAT.")
                        .map(nat -> nat.rows("PortTrigger"))
                        .orElse(List.of())
                        .stream()
                        .filter(trigger -> trigger.value("Status").equals(Optional.of("Enabled")))
                        .toList();
        if (!triggers.isEmpty()) {
            String trigger = triggers.get(dice.roll("which", triggers.size())).path();
            transaction.set(
                    trigger + "ActivationDate",
                    now.truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }

    private void betterChannel(Transaction transaction, ObjectInstance radio, Dice dice, Instant now) {
        boolean automatic = radio.value("AutoChannelEnable").equals(Optional.of("true"))
                && radio.value("Enable").equals(Optional.of("true"));
        List<String> channels =
                List.of(radio.value("PossibleChannels").orElse("").split(","));
        String channel = channels.get(dice.roll("channel", channels.size()));
        if (automatic && !channel.equals(radio.value("Channel").orElse(""))) {
            transaction.set(radio.path() + "Channel", channel);
            changedChannel(transaction, radio, "Auto_Refresh", "AutoRefreshChannelChangeCount", now);
        }
    }

    /// Notes why a radio is on another channel than before.
    void changedChannel(Transaction transaction, ObjectInstance radio, String reason, String counter, Instant now) {
        String stats = radio.path() + "Stats.";
        transaction.set(radio.path() + "ChannelLastSelectionReason", reason);
        increment(transaction, stats + counter);
        increment(transaction, stats + "TotalChannelChangeCount");
        activity.touch(radio.path() + "Channel", now);
    }

    static void increment(Transaction transaction, String path) {
        long before = Long.parseLong(transaction.snapshot().value(path).orElse("0"));
        transaction.set(path, String.valueOf(before + 1 & 0xFFFFFFFFL));
    }

    private static List<ObjectInstance> radios(Snapshot snapshot) {
        return snapshot.object(Paths.WIFI).map(wifi -> wifi.rows("Radio")).orElse(List.of());
    }

    private static int number(ObjectInstance object, String parameter) {
        return Integer.parseInt(object.value(parameter).orElse("0"));
    }
}
